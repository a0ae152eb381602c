package mart

// The marts that more than one package or test reads, with the types of their rows. These hold the columns that are used, in the order of
// the mart. Amounts are eurocents; a pointer is a column that may be empty. What a column means, its header says.
var (
	Households    = Of[Huishouden]("huishouden")
	Costs         = Of[Kosten]("kosten")
	Ranking       = Of[Ranglijst]("ranglijst")
	Episodes      = Of[Cocktail]("cocktail")
	Evidence      = Of[Bewijs]("cocktail_bewijs")
	Chances       = Of[DreigingKans]("dreiging_kans")
	NearMisses    = Of[Preventief]("preventief")
	CocktailNames = Of[CocktailNaam]("cocktail_naam")
	Verdicts      = Of[CocktailOordeel]("cocktail_oordeel")
	Plans         = Of[Plan]("plan")
	PlanTotals    = Of[PlanTotaal]("plan_totaal")
	Control       = Of[Controle]("controle")
	Ledger        = Of[Aansluiting]("aansluiting")
	Explanations  = Of[Verklaring]("aansluiting_verklaring")
	Waterfall     = Of[Waterval]("waterval")
	Coverage      = Of[Dekking]("dekking")
	Concentration = Of[Concentratie]("concentratie")
	Deliveries    = Of[Levering]("levering")
	Quarantine    = Of[Quarantaine]("quarantaine")
	Excluded      = Of[Uitgesloten]("uitgesloten")
	Findings      = Of[Bevinding]("bevinding")
	ExpectedCells = Of[VerwachtCel]("verwacht_cel")
	Bands         = Of[Ijking]("ijking")
	Measures      = Of[IjkingMaat]("ijking_maat")
	Fairness      = Of[Eerlijkheid]("eerlijkheid")
	Stacking      = Of[Stapeling]("stapeling")
	Reference     = Of[ZvwReferentie]("zvw_referentie")
	Maturity      = Of[RijpheidKind]("rijpheid_kind")
)

// Huishouden is a row of mart huishouden: a household at the peildatum.
type Huishouden struct {
	ID          string `parquet:"huishouden_id,optional"`
	Gemeente    string `parquet:"gemeentecode,optional"`
	Wijk        string `parquet:"wijkcode,optional"`
	Type        string `parquet:"typhh,optional"`
	Personen    int64  `parquet:"personen,optional"`
	Volwassenen int64  `parquet:"volwassenen,optional"`
	Kinderen    int64  `parquet:"kinderen,optional"`
	Aangehecht  int64  `parquet:"aangehechte_kinderen,optional"`
	Jongste     int64  `parquet:"jongste_geboortejaar,optional"`
}

// Kosten is a row of mart kosten: the cents of a household (or `onbekend`) in a window.
type Kosten struct {
	Huishouden string `parquet:"huishouden_id,optional"`
	Venster    string `parquet:"venster,optional"`
	Domein     string `parquet:"domein,optional"`
	Betaler    string `parquet:"betaler,optional"`
	Grondslag  string `parquet:"grondslag,optional"`
	BedragCt   int64  `parquet:"bedrag_ct,optional"`
	Regels     int64  `parquet:"regels,optional"`
}

// Ranglijst is a row of mart ranglijst: a household by cost in T0, dearest first.
type Ranglijst struct {
	Rang              int64    `parquet:"rang,optional"`
	Huishouden        string   `parquet:"huishouden_id,optional"`
	T0Ct              int64    `parquet:"kosten_t0_ct,optional"`
	T1Ct              int64    `parquet:"kosten_t1_ct,optional"`
	T2Ct              int64    `parquet:"kosten_t2_ct,optional"`
	WmoCt             int64    `parquet:"kosten_wmo_ct,optional"`
	JeugdCt           int64    `parquet:"kosten_jeugd_ct,optional"`
	ParticipatieCt    int64    `parquet:"kosten_participatie_ct,optional"`
	ZvwCt             int64    `parquet:"kosten_zvw_ct,optional"`
	GeprijsdSchuldCt  int64    `parquet:"geprijsd_schuldhulp_ct,optional"`
	GeprijsdT0Ct      int64    `parquet:"geprijsd_t0_ct,optional"`
	Domeinen          int64    `parquet:"domeinen,optional"`
	Voorzieningen     int64    `parquet:"voorzieningen,optional"`
	Aanbieders        int64    `parquet:"aanbieders,optional"`
	JarenBovenDrempel int64    `parquet:"jaren_boven_drempel,optional"`
	VerwachtCt        *int64   `parquet:"verwacht_volgend_jaar_ct,optional"`
	AandeelZvw        *float64 `parquet:"aandeel_zvw,optional"`
	ZvwGedekt         string   `parquet:"zvw_gedekt,optional"`
	CumAandeel        *float64 `parquet:"cum_aandeel,optional"`
	Cocktails         string   `parquet:"cocktails,optional"`
	Veldmelding       bool     `parquet:"veldmelding,optional"`
	InMaatwerk        bool     `parquet:"in_maatwerk,optional"`
	InAanmerking      bool     `parquet:"in_aanmerking,optional"`
	RedenNiet         string   `parquet:"reden_niet,optional"`
}

// Cocktail is a row of mart cocktail: an episode of a household.
type Cocktail struct {
	Huishouden string `parquet:"huishouden_id,optional"`
	Cocktail   string `parquet:"cocktail_id,optional"`
	Van        Date   `parquet:"van,optional,date"`
	Tot        Date   `parquet:"tot,optional,date"`
	Status     string `parquet:"status,optional"`
	Actief     bool   `parquet:"actief,optional"`
	Ontbrekend string `parquet:"ontbrekend,optional"`
	Volgorde   string `parquet:"volgorde,optional"`
	T0Ct       int64  `parquet:"kosten_t0_ct,optional"`
}

// Bewijs is a row of mart cocktail_bewijs: a source line behind an episode.
type Bewijs struct {
	Huishouden  string `parquet:"huishouden_id,optional"`
	Cocktail    string `parquet:"cocktail_id,optional"`
	Van         Date   `parquet:"van,optional,date"`
	Ingredient  string `parquet:"ingredient,optional"`
	Sterkte     string `parquet:"sterkte,optional"`
	BronKind    string `parquet:"bron_kind,optional"`
	BronBestand string `parquet:"bron_bestand,optional"`
	BronRegel   *int64 `parquet:"bron_regel,optional"`
}

// DreigingKans is a row of mart dreiging_kans: how often a near miss became the whole cocktail within a year.
type DreigingKans struct {
	Cocktail   string   `parquet:"cocktail_id,optional"`
	Ontbrekend string   `parquet:"ontbrekend,optional"`
	Toen       int64    `parquet:"huishoudens_toen,optional"`
	NietTeZien int64    `parquet:"niet_te_zien,optional"`
	Gevolgd    int64    `parquet:"gevolgd,optional"`
	Vol        int64    `parquet:"vol,optional"`
	Aandeel    *float64 `parquet:"aandeel,optional"`
	Ondergrens *float64 `parquet:"ondergrens,optional"`
	Bovengrens *float64 `parquet:"bovengrens,optional"`
	Nu         int64    `parquet:"huishoudens_nu,optional"`
}

// Preventief is a row of mart preventief: a near miss at P.
type Preventief struct {
	Volgnr     int64  `parquet:"volgnr,optional"`
	Huishouden string `parquet:"huishouden_id,optional"`
	Cocktail   string `parquet:"cocktail_id,optional"`
	Van        Date   `parquet:"van,optional,date"`
	Ontbrekend string `parquet:"ontbrekend,optional"`
	T0Ct       int64  `parquet:"kosten_t0_ct,optional"`
	Cocktails  string `parquet:"cocktails,optional"`
	InMaatwerk bool   `parquet:"in_maatwerk,optional"`
	Gevolgd    int64  `parquet:"gevolgd,optional"`
	Vol        int64  `parquet:"vol,optional"`
}

// CocktailNaam is a row of the configuration table cocktail_naam.
type CocktailNaam struct {
	Cocktail     string `parquet:"cocktail_id,optional"`
	Naam         string `parquet:"naam,optional"`
	Ingredienten string `parquet:"ingredienten,optional"`
}

// Plan is a row of mart plan: a maatwerkplan.
type Plan struct {
	Casus           string `parquet:"casusnummer,optional"`
	Status          string `parquet:"status,optional"`
	Aanmelding      Date   `parquet:"datum_aanmelding,optional,date"`
	Akkoord         *Date  `parquet:"datum_akkoord,optional,date"`
	Akkoorden       int64  `parquet:"akkoorden,optional"`
	DagenTotAkkoord *int64 `parquet:"dagen_tot_akkoord,optional"`
	HuidigCt        *int64 `parquet:"huidig_ct,optional"`
	DreigendCt      *int64 `parquet:"dreigend_ct,optional"`
	MaatwerkCt      *int64 `parquet:"maatwerk_ct,optional"`
	BesparingCt     *int64 `parquet:"besparing_verwacht_ct,optional"`
	Bevindingen     string `parquet:"bevindingen,optional"`
}

// PlanTotaal is a row of mart plan_totaal: one figure with its denominator, and an interval where it is an estimate.
type PlanTotaal struct {
	Meting   string   `parquet:"meting,optional"`
	WaardeCt *int64   `parquet:"waarde_ct,optional"`
	Waarde   *float64 `parquet:"waarde,optional"`
	Noemer   int64    `parquet:"noemer,optional"`
	Eenheid  string   `parquet:"eenheid,optional"`
	Laag     *float64 `parquet:"ci_laag,optional"`
	Hoog     *float64 `parquet:"ci_hoog,optional"`
}

// Controle is a row of mart controle: a step of the chain from delivery to report.
type Controle struct {
	Kind          string `parquet:"kind,optional"`
	Stap          string `parquet:"stap,optional"`
	Regels        *int64 `parquet:"regels,optional"`
	BedragCt      int64  `parquet:"bedrag_ct,optional"`
	VerschilRegel int64  `parquet:"verschil_regels,optional"`
	VerschilCt    int64  `parquet:"verschil_ct,optional"`
}

// Aansluiting is a row of mart aansluiting: ledger beside extract. Amounts that nobody delivered are nil.
type Aansluiting struct {
	Feed         string `parquet:"feed,optional"`
	Gemeente     string `parquet:"gemeentecode,optional"`
	Jaar         int64  `parquet:"jaar,optional"`
	Bron         string `parquet:"bron,optional"`
	GrootboekCt  *int64 `parquet:"grootboek_ct,optional"`
	ExtractCt    *int64 `parquet:"extract_ct,optional"`
	VerschilCt   *int64 `parquet:"verschil_ct,optional"`
	Verklaringen int64  `parquet:"verklaringen,optional"`
	VerklaardCt  int64  `parquet:"verklaard_ct,optional"`
	OpenCt       *int64 `parquet:"onverklaard_ct,optional"`
	Oordeel      string `parquet:"oordeel,optional"`
}

// Verklaring is a row of mart aansluiting_verklaring.
type Verklaring struct {
	Bestand     string `parquet:"bestand,optional"`
	Regel       int64  `parquet:"regel,optional"`
	Feed        string `parquet:"feed,optional"`
	Gemeente    string `parquet:"gemeentecode,optional"`
	Jaar        int64  `parquet:"jaar,optional"`
	Reden       string `parquet:"reden,optional"`
	BedragCt    int64  `parquet:"bedrag_ct,optional"`
	Bron        string `parquet:"bron,optional"`
	Toelichting string `parquet:"toelichting,optional"`
}

// Waterval is a row of mart waterval: a stand or a stap between ledger and ranking.
type Waterval struct {
	Kind     string `parquet:"kind,optional"`
	Volgnr   int64  `parquet:"volgnr,optional"`
	Stap     string `parquet:"stap,optional"`
	Soort    string `parquet:"soort,optional"`
	BedragCt int64  `parquet:"bedrag_ct,optional"`
}

// Dekking is a row of mart dekking: whether a kind covers a gemeente in a month.
type Dekking struct {
	Kind          string `parquet:"kind,optional"`
	Gemeente      string `parquet:"gemeentecode,optional"`
	Maand         Date   `parquet:"maand,optional,date"`
	Gedekt        string `parquet:"gedekt,optional"`
	NieuwsteRegel *Date  `parquet:"nieuwste_regel,optional,date"`
}

// Concentratie is a row of mart concentratie; waarde is a fraction.
type Concentratie struct {
	Maat   string   `parquet:"maat,optional"`
	Waarde *float64 `parquet:"waarde,optional"`
}

// Levering is a row of mart levering: a delivered file and what became of it.
type Levering struct {
	Kind         string `parquet:"kind,optional"`
	Bestand      string `parquet:"bestand,optional"`
	Leverancier  string `parquet:"gegevensleverancier,optional"`
	PeriodeVan   *Date  `parquet:"periode_van,optional,date"`
	PeriodeTot   *Date  `parquet:"periode_tot,optional,date"`
	Status       string `parquet:"status,optional"`
	Regels       int64  `parquet:"regels,optional"`
	Geaccepteerd int64  `parquet:"geaccepteerd,optional"`
	Quarantaine  int64  `parquet:"quarantaine,optional"`
	BedragCt     *int64 `parquet:"bedrag_ct,optional"`
	Reden        string `parquet:"reden,optional"`
}

// Quarantaine is a row of mart quarantaine: lines of a file that broke a rule.
type Quarantaine struct {
	Kind        string `parquet:"kind,optional"`
	Bestand     string `parquet:"bestand,optional"`
	RegelCode   string `parquet:"regel_code,optional"`
	Kolom       string `parquet:"kolom,optional"`
	Regels      int64  `parquet:"regels,optional"`
	EersteRegel int64  `parquet:"eerste_regel,optional"`
	Reden       string `parquet:"reden,optional"`
}

// Uitgesloten is a row of mart uitgesloten: an accepted line that other lines made invalid.
type Uitgesloten struct {
	Kind      string `parquet:"kind,optional"`
	Bestand   string `parquet:"bestand,optional"`
	RegelCode string `parquet:"regel_code,optional"`
	BedragCt  *int64 `parquet:"bedrag_ct,optional"`
}

// Bevinding is a row of mart bevinding.
type Bevinding struct {
	Onderwerp   string `parquet:"onderwerp,optional"`
	Sleutel     string `parquet:"sleutel,optional"`
	RegelCode   string `parquet:"regel_code,optional"`
	Ernst       string `parquet:"ernst,optional"`
	Regels      *int64 `parquet:"regels,optional"`
	BedragCt    *int64 `parquet:"bedrag_ct,optional"`
	Toelichting string `parquet:"toelichting,optional"`
}

// CocktailOordeel is a row of mart cocktail_oordeel: how all households stand for a cocktail at the peildatum.
type CocktailOordeel struct {
	Cocktail         string `parquet:"cocktail_id,optional"`
	Huishoudens      int64  `parquet:"huishoudens,optional"`
	Vol              int64  `parquet:"vol,optional"`
	Dreigend         int64  `parquet:"dreigend,optional"`
	Onbekend         int64  `parquet:"onbekend,optional"`
	NietTeBeoordelen int64  `parquet:"niet_te_beoordelen,optional"`
	Nee              int64  `parquet:"nee,optional"`
}

// VerwachtCel is a row of mart verwacht_cel: a cell behind the expected cost.
type VerwachtCel struct {
	Band        string  `parquet:"band,optional"`
	Jaren       string  `parquet:"jaren,optional"`
	Kinderen    string  `parquet:"kinderen,optional"`
	Huishoudens int64   `parquet:"huishoudens,optional"`
	SomCt       int64   `parquet:"som_ct,optional"`
	Gewicht     float64 `parquet:"gewicht,optional"`
	VerwachtCt  int64   `parquet:"verwacht_ct,optional"`
}

// Ijking is a row of mart ijking: a cost band of the back-test, sums over its households.
type Ijking struct {
	Band        string `parquet:"band,optional"`
	N           int64  `parquet:"n,optional"`
	VerwachtCt  int64  `parquet:"verwacht_ct,optional"`
	WerkelijkCt int64  `parquet:"werkelijk_ct,optional"`
	VorigCt     int64  `parquet:"vorig_ct,optional"`
}

// IjkingMaat is a row of mart ijking_maat: the expected cost beside last year's cost, as an amount or a share.
type IjkingMaat struct {
	Maat       string   `parquet:"maat,optional"`
	N          int64    `parquet:"n,optional"`
	VerwachtCt *int64   `parquet:"verwacht_ct,optional"`
	VorigCt    *int64   `parquet:"vorig_ct,optional"`
	Verwacht   *float64 `parquet:"verwacht,optional"`
	Vorig      *float64 `parquet:"vorig,optional"`
	Beter      string   `parquet:"beter,optional"`
}

// Eerlijkheid is a row of mart eerlijkheid: a group of households.
type Eerlijkheid struct {
	Kenmerk      string `parquet:"kenmerk,optional"`
	Groep        string `parquet:"groep,optional"`
	Huishoudens  int64  `parquet:"huishoudens,optional"`
	InAanmerking int64  `parquet:"in_aanmerking,optional"`
	Geselecteerd int64  `parquet:"geselecteerd,optional"`
	Getoetst     int64  `parquet:"getoetst,optional"`
	VerwachtCt   int64  `parquet:"verwacht_ct,optional"`
	WerkelijkCt  int64  `parquet:"werkelijk_ct,optional"`
}

// Stapeling is a row of mart stapeling: households by number of provisions.
type Stapeling struct {
	Moment     string   `parquet:"moment,optional"`
	Gemeente   string   `parquet:"gemeentecode,optional"`
	Maat       string   `parquet:"maat,optional"`
	N          int64    `parquet:"huishoudens,optional"`
	Van        int64    `parquet:"van_huishoudens,optional"`
	Personen   int64    `parquet:"personen,optional"`
	Inwoners   int64    `parquet:"inwoners,optional"`
	Per100     *float64 `parquet:"per_100_huishoudens,optional"`
	PerDuizend *float64 `parquet:"per_1000_inwoners,optional"`
}

// ZvwReferentie is a row of mart zvw_referentie: cost of health care of a sex and age class beside the Netherlands.
type ZvwReferentie struct {
	Geslacht    string   `parquet:"geslacht,optional"`
	Klasse      string   `parquet:"leeftijdsklasse,optional"`
	Verzekerden int64    `parquet:"verzekerden,optional"`
	Dagen       int64    `parquet:"verzekerde_dagen,optional"`
	KostenCt    int64    `parquet:"kosten_ct,optional"`
	PerJaarCt   int64    `parquet:"kosten_per_jaar_ct,optional"`
	VerhoogdCt  int64    `parquet:"referentie_verhoogd_ct,optional"`
	Verhouding  *float64 `parquet:"verhouding,optional"`
}

// RijpheidKind is a row of mart rijpheid_kind: how much of T0 is mature for a kind of cost.
type RijpheidKind struct {
	Kind       string   `parquet:"kind,optional"`
	Maanden    int64    `parquet:"t0_maanden,optional"`
	Rijp       int64    `parquet:"t0_maanden_rijp,optional"`
	RijpTot    *Date    `parquet:"rijp_tot,optional,date"`
	Ontvangst  *Date    `parquet:"laatste_ontvangst,optional,date"`
	Aandeel    *float64 `parquet:"aandeel_binnen,optional"`
	Ondergrens *float64 `parquet:"ondergrens,optional"`
	Reden      string   `parquet:"reden,optional"`
}
