package patronen

import "stapel/reports/mart"

// The marts of the chapter, with all their columns: files show them all.
var (
	setRows      = mart.Of[Set]("patroon")
	orderRows    = mart.Of[Order]("overgang")
	pathRows     = mart.Of[Path]("pad")
	stepRows     = mart.Of[Step]("pad_stap")
	quarterRows  = mart.Of[Quarter]("trend")
	areaRows     = mart.Of[Area]("trend_gebied")
	groupRows    = mart.Of[Group]("cocktail_groep")
	obstacleRows = mart.Of[Obstacle]("hindernis")
	claimRows    = mart.Of[Claim]("fraudefuik")
)

// Set is a row of mart patroon: ingredients that show together, beside what chance would give. Cost is in eurocents.
type Set struct {
	Combinatie  string   `parquet:"combinatie,optional"`
	N           int64    `parquet:"n_ingredienten,optional"`
	Basis       bool     `parquet:"basis,optional"`
	Cocktail    string   `parquet:"cocktail_id,optional"`
	Huishoudens int64    `parquet:"huishoudens,optional"`
	Ntb         int64    `parquet:"niet_te_beoordelen,optional"`
	Beoordeeld  int64    `parquet:"beoordeeld,optional"`
	Waargenomen int64    `parquet:"waargenomen,optional"`
	Aandeel     *float64 `parquet:"aandeel,optional"`
	Verwacht    *float64 `parquet:"verwacht_huishoudens,optional"`
	Lift        *float64 `parquet:"lift,optional"`
	LiftLaag    *float64 `parquet:"lift_laag,optional"`
	LiftHoog    *float64 `parquet:"lift_hoog,optional"`
	P           *float64 `parquet:"p_waarde,optional"`
	Q           *float64 `parquet:"q_waarde,optional"`
	Rang        *int64   `parquet:"rang,optional"`
	KostenCt    int64    `parquet:"kosten_t0_ct,optional"`
	GemiddeldCt *int64   `parquet:"gemiddeld_ct,optional"`
}

// Order is a row of mart overgang: what showed before what.
type Order struct {
	Van         string   `parquet:"van_ingredient,optional"`
	Naar        string   `parquet:"naar_ingredient,optional"`
	Huishoudens int64    `parquet:"huishoudens,optional"`
	Mediaan     *float64 `parquet:"mediaan_dagen,optional"`
	P25         *float64 `parquet:"p25_dagen,optional"`
	P75         *float64 `parquet:"p75_dagen,optional"`
	Omgekeerd   int64    `parquet:"omgekeerd,optional"`
	Gelijk      int64    `parquet:"gelijk,optional"`
	Ntb         int64    `parquet:"niet_te_beoordelen,optional"`
	Aandeel     *float64 `parquet:"aandeel,optional"`
	Ondergrens  *float64 `parquet:"ondergrens,optional"`
	Bovengrens  *float64 `parquet:"bovengrens,optional"`
	P           *float64 `parquet:"p_waarde,optional"`
}

// Path is a row of mart pad: a way into a cocktail.
type Path struct {
	Cocktail    string   `parquet:"cocktail_id,optional"`
	Pad         string   `parquet:"pad,optional"`
	Huishoudens int64    `parquet:"huishoudens,optional"`
	Mediaan     *float64 `parquet:"mediaan_dagen,optional"`
	P25         *float64 `parquet:"p25_dagen,optional"`
	P75         *float64 `parquet:"p75_dagen,optional"`
}

// Step is a row of mart pad_stap: a step of a way.
type Step struct {
	Cocktail    string   `parquet:"cocktail_id,optional"`
	Pad         string   `parquet:"pad,optional"`
	Stap        int64    `parquet:"stap,optional"`
	Van         string   `parquet:"van_ingredient,optional"`
	Naar        string   `parquet:"naar_ingredient,optional"`
	Huishoudens int64    `parquet:"huishoudens,optional"`
	Mediaan     *float64 `parquet:"mediaan_dagen,optional"`
	P25         *float64 `parquet:"p25_dagen,optional"`
	P75         *float64 `parquet:"p75_dagen,optional"`
}

// Stand is how households stand for a cocktail; the first is the sum of the others.
type Stand struct {
	Huishoudens int64 `parquet:"huishoudens,optional"`
	Vol         int64 `parquet:"vol,optional"`
	Dreigend    int64 `parquet:"dreigend,optional"`
	Onbekend    int64 `parquet:"onbekend,optional"`
	Ntb         int64 `parquet:"niet_te_beoordelen,optional"`
	Nee         int64 `parquet:"nee,optional"`
}

// Quarter is a row of mart trend.
type Quarter struct {
	Kwartaal mart.Date `parquet:"kwartaal,optional,date"`
	Cocktail string    `parquet:"cocktail_id,optional"`
	Stand
}

// Area is a row of mart trend_gebied.
type Area struct {
	Kwartaal mart.Date `parquet:"kwartaal,optional,date"`
	Cocktail string    `parquet:"cocktail_id,optional"`
	Gemeente string    `parquet:"gemeentecode,optional"`
	Wijk     string    `parquet:"wijkcode,optional"`
	Stand
}

// Group is a row of mart cocktail_groep: a type of household, a gemeente or a wijk on the peildatum. Cost is in eurocents.
type Group struct {
	Cocktail string `parquet:"cocktail_id,optional"`
	Kenmerk  string `parquet:"kenmerk,optional"`
	Groep    string `parquet:"groep,optional"`
	Stand
	VolCt    int64 `parquet:"kosten_vol_ct,optional"`
	OverigCt int64 `parquet:"kosten_overig_ct,optional"`
}

// Obstacle is a row of mart hindernis: what stands in the way of plans, and who decides.
type Obstacle struct {
	Hindernis   string   `parquet:"hindernis,optional"`
	Partij      string   `parquet:"partij,optional"`
	Plannen     int64    `parquet:"plannen,optional"`
	Afwijzingen int64    `parquet:"afwijzingen,optional"`
	Aanvullen   int64    `parquet:"aanvullen,optional"`
	Mediaan     *float64 `parquet:"mediaan_dagen,optional"`
}

// Claim is a row of mart fraudefuik: claims of the gemeente beside a cocktail. What is left to pay is in eurocents.
type Claim struct {
	Groep       string   `parquet:"groep,optional"`
	Huishoudens int64    `parquet:"huishoudens,optional"`
	Met         int64    `parquet:"met_vordering,optional"`
	Zonder      int64    `parquet:"zonder_vordering,optional"`
	Ntb         int64    `parquet:"niet_te_beoordelen,optional"`
	Aandeel     *float64 `parquet:"aandeel,optional"`
	Vorderingen int64    `parquet:"vorderingen,optional"`
	OpenCt      int64    `parquet:"open_ct,optional"`
}
