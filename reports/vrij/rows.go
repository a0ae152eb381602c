// Package vrij is what lies in the folder vrij of a run: the aggregates that the disclosure gate let through, as rows of a struct per file.
// What writes these files and what reads them share it. Nothing here is about one household, and no table says more than its file: what may
// not be shown is empty, and a table that was refused has no rows and says so in verslag.
package vrij

// Words that stand in a key in place of one value.
const (
	Alle         = "alle"         // the total of a dimension
	Geen         = "geen"         // fraudefuik: households without any cocktail
	NietGenoemd  = "niet_genoemd" // hindernis: the party is not named
	Vol          = "vol"          // the cocktail is whole; in pad_stap the end of the last step
	Dreigend     = "dreigend"     // one ingredient is missing, and known to be absent
	Onbekend     = "onbekend"     // what is missing is not covered; of a path: its order was not seen
	Ntb          = "niet_te_beoordelen"
	Nee          = "nee"
	AlVol        = "al_vol" // of a path: whole when the months began
	Overig       = "overig" // of paths, the rest; of costs, households without the cocktail
	Met          = "met"    // with a claim
	Zonder       = "zonder" // without
	Vergroofd    = "vergroofd"
	Geweigerd    = "geweigerd"
	StandVrij    = "vrij"
	BronHeel     = "heel"
	BronDeels    = "deels"
	NietGedekt   = "niet_gedekt"
	KoppeltNiet  = "koppelt_niet"
	NietGeleverd = "niet_geleverd"
)

// Cocktail is a row of cocktail: how the households of a place stand for a cocktail on a day.
type Cocktail struct {
	Dag         int32  `parquet:"dag,date"`
	IsP         bool   `parquet:"is_p"`
	Kwartaal    *int32 `parquet:"kwartaal,optional,date"` // its first day; empty when the day ends no quarter
	Cocktail    string `parquet:"cocktail_id"`
	Gemeente    string `parquet:"gemeentecode"` // or Alle
	Wijk        string `parquet:"wijkcode"`     // or Alle; empty text where none was delivered
	Oordeel     string `parquet:"oordeel"`
	Huishoudens *int64 `parquet:"huishoudens,optional"`
}

// CocktailType is a row of cocktail_type: the same on the peildatum, by type of household.
type CocktailType struct {
	Cocktail    string `parquet:"cocktail_id"`
	Type        string `parquet:"typhh"` // of CBS, or Alle
	Oordeel     string `parquet:"oordeel"`
	Huishoudens *int64 `parquet:"huishoudens,optional"`
}

// CocktailKosten is a row of cocktail_kosten: what households with the cocktail cost, and the others.
type CocktailKosten struct {
	Cocktail    string `parquet:"cocktail_id"`
	Deel        string `parquet:"deel"` // Vol, Overig or Alle
	Huishoudens *int64 `parquet:"huishoudens,optional"`
	KostenCt    *int64 `parquet:"kosten_ct,optional"`
	GemiddeldCt *int64 `parquet:"gemiddeld_ct,optional"`
}

// Combinatie is a row of combinatie: ingredients that show together on the peildatum.
type Combinatie struct {
	Combinatie    string   `parquet:"combinatie"` // joined by +
	NIngredienten int64    `parquet:"n_ingredienten"`
	Cocktail      string   `parquet:"cocktail_id"` // empty text: nobody named it
	Huishoudens   *int64   `parquet:"huishoudens,optional"`
	Verwacht      *int64   `parquet:"verwacht,optional"`
	Lift          *float64 `parquet:"lift,optional"`
	LiftLaag      *float64 `parquet:"lift_laag,optional"`
	LiftHoog      *float64 `parquet:"lift_hoog,optional"`
}

// Overgang is a row of overgang: one ingredient showed before another.
type Overgang struct {
	Van              string   `parquet:"van_ingredient"`
	Naar             string   `parquet:"naar_ingredient"`
	Huishoudens      *int64   `parquet:"huishoudens,optional"`
	Omgekeerd        *int64   `parquet:"omgekeerd,optional"`
	Gelijk           *int64   `parquet:"gelijk,optional"`
	NietTeBeoordelen *int64   `parquet:"niet_te_beoordelen,optional"`
	Mediaan          *float64 `parquet:"mediaan_dagen,optional"`
	P25              *float64 `parquet:"p25_dagen,optional"`
	P75              *float64 `parquet:"p75_dagen,optional"`
}

// Pad is a row of pad: a way into a cocktail.
type Pad struct {
	Cocktail    string   `parquet:"cocktail_id"`
	Pad         string   `parquet:"pad"` // joined by >, those of one day by +; or AlVol, Onbekend, Overig
	Huishoudens *int64   `parquet:"huishoudens,optional"`
	Mediaan     *float64 `parquet:"mediaan_dagen,optional"`
}

// PadStap is a row of pad_stap: a step of such a way.
type PadStap struct {
	Cocktail string   `parquet:"cocktail_id"`
	Pad      string   `parquet:"pad"`
	Stap     int64    `parquet:"stap"`
	Van      string   `parquet:"van_ingredient"`
	Naar     string   `parquet:"naar_ingredient"` // Vol at the end
	Mediaan  *float64 `parquet:"mediaan_dagen,optional"`
}

// Bijna is a row of bijna: households that lack one ingredient, and how often that became the whole cocktail within a year.
type Bijna struct {
	Cocktail    string   `parquet:"cocktail_id"`
	Ontbrekend  string   `parquet:"ontbrekend"` // joined by |
	Huishoudens *int64   `parquet:"huishoudens,optional"`
	Gevolgd     *int64   `parquet:"gevolgd,optional"`
	Vol         *int64   `parquet:"vol,optional"`
	Aandeel     *float64 `parquet:"aandeel,optional"`
}

// Hindernis is a row of hindernis: what stands in the way of plans of the whole programme, and who says no.
type Hindernis struct {
	Hindernis   string   `parquet:"hindernis"` // or Alle
	Partij      string   `parquet:"partij"`    // or Alle, NietGenoemd
	Plannen     *int64   `parquet:"plannen,optional"`
	Afwijzingen *int64   `parquet:"afwijzingen,optional"`
	Mediaan     *float64 `parquet:"mediaan_dagen,optional"`
}

// Fraudefuik is a row of fraudefuik: households with a claim or a fine to pay.
type Fraudefuik struct {
	Groep       string `parquet:"groep"` // a cocktail, Geen or Alle
	Stand       string `parquet:"stand"` // Met, Zonder, Ntb or Alle
	Huishoudens *int64 `parquet:"huishoudens,optional"`
	OpenCt      *int64 `parquet:"open_ct,optional"` // of Met
}

// Effect is a row of effect: what one estimator says of the cost of plans of one origin, in eurocents a household a year; below zero is less cost.
type Effect struct {
	Schatter    string `parquet:"schatter"`
	Herkomst    string `parquet:"herkomst"` // data, veld, loting, or empty text where nobody said
	Huishoudens *int64 `parquet:"huishoudens,optional"`
	Ct          *int64 `parquet:"schatting_ct,optional"`
	LaagCt      *int64 `parquet:"ci_laag_ct,optional"`
	HoogCt      *int64 `parquet:"ci_hoog_ct,optional"`
	Maanden     *int64 `parquet:"maanden,optional"` // after the start, of the household with fewest
	Oordeel     string `parquet:"oordeel"`          // empty text: it does not decide
	Analyseplan string `parquet:"analyseplan"`      // of a verdict: by which plan, frozen beforehand, and what is not as in it
}

// EffectBetaler is a row of effect_betaler: the same for what one payer pays; intervals hold for all payers of an origin together.
type EffectBetaler struct {
	Herkomst string `parquet:"herkomst"`
	Betaler  string `parquet:"betaler"`
	Ct       *int64 `parquet:"schatting_ct,optional"`
	LaagCt   *int64 `parquet:"ci_laag_ct,optional"`
	HoogCt   *int64 `parquet:"ci_hoog_ct,optional"`
}

// Uitkomst is a row of uitkomst: what changed beside cost.
type Uitkomst struct {
	Uitkomst  string   `parquet:"uitkomst"`
	Herkomst  string   `parquet:"herkomst"`
	Eenheid   string   `parquet:"eenheid"`
	Schatting *float64 `parquet:"schatting,optional"`
	Laag      *float64 `parquet:"ci_laag,optional"`
	Hoog      *float64 `parquet:"ci_hoog,optional"`
}

// PlanTotaal is a row of plan_totaal: a figure over the plans of the whole programme.
type PlanTotaal struct {
	Meting   string   `parquet:"meting"`
	WaardeCt *int64   `parquet:"waarde_ct,optional"`
	Waarde   *float64 `parquet:"waarde,optional"`
	Noemer   *int64   `parquet:"noemer,optional"` // plans
	Eenheid  string   `parquet:"eenheid"`
}

// Tevredenheid is a row of tevredenheid: marks of persons in plans.
type Tevredenheid struct {
	Maand       int64    `parquet:"meetmoment_mnd"`
	Gevraagd    *int64   `parquet:"gevraagd,optional"`
	Beantwoord  *int64   `parquet:"beantwoord,optional"`
	Gemiddelde  *float64 `parquet:"gemiddelde,optional"`
	Verandering *float64 `parquet:"gepaarde_verandering,optional"`
}

// Claim is a row of claim: a saving that somebody stated, which is public, beside what was found.
type Claim struct {
	ID        string `parquet:"claim_id"`
	BeweerdCt int64  `parquet:"beweerd_ct"`
	NettoCt   *int64 `parquet:"netto_ct,optional"`
	LaagCt    *int64 `parquet:"ci_laag_ct,optional"`
	HoogCt    *int64 `parquet:"ci_hoog_ct,optional"`
	Oordeel   string `parquet:"oordeel"`
}

// Bron is a row of bron: how far a kind of extract can be relied on over the last 12 months.
type Bron struct {
	Kind  string `parquet:"kind"`
	Stand string `parquet:"stand"`
}

// Verslag is a row of verslag: what the gate did with a table.
type Verslag struct {
	Tabel     string `parquet:"tabel"`
	Cellen    int64  `parquet:"cellen"`
	Primair   int64  `parquet:"primair"`
	Secundair int64  `parquet:"secundair"`
	Reden     string `parquet:"geweigerd_reden"` // empty text: not refused
	Stand     string `parquet:"stand"`           // StandVrij, Vergroofd or Geweigerd
	Bewezen   bool   `parquet:"bewezen"`
}
