package effect

import "stapel/reports/mart"

// The marts of the chapter, with all their columns: files show them all.
var (
	effectRows   = mart.Of[Effect]("effect")
	monthRows    = mart.Of[Month]("effect_maand")
	balanceRows  = mart.Of[Balance]("balans")
	matrixRows   = mart.Of[Payment]("betaler_matrix")
	outcomeRows  = mart.Of[Outcome]("uitkomst")
	memberRows   = mart.Of[Member]("koppeling")
	claimRows    = mart.Of[Claim]("claim_toets")
	payerRows    = mart.Of[Payer]("plan_betaler")
	partRows     = mart.Of[Part]("plan_regel")
	waitRows     = mart.Of[Wait]("doorlooptijd")
	markRows     = mart.Of[Mark]("tevredenheid")
	expenseRows  = mart.Of[Expense]("uitgave")
	maturityRows = mart.Of[Maturity]("rijpheid_kind")
)

// Effect is a row of mart effect: what one estimator says of one part of cost. Amounts are eurocents a household a year, below zero when cost went down.
type Effect struct {
	Schatter   string   `parquet:"schatter,optional"`
	Herkomst   string   `parquet:"herkomst,optional"`
	Klok       string   `parquet:"klok,optional"`
	Uitkomst   string   `parquet:"uitkomst,optional"`
	Domein     string   `parquet:"domein,optional"`
	Betaler    string   `parquet:"betaler,optional"`
	Eenheid    string   `parquet:"eenheid,optional"`
	Behandeld  int64    `parquet:"n_behandeld,optional"`
	Sets       int64    `parquet:"n_sets,optional"`
	Vergelijk  int64    `parquet:"n_vergelijking,optional"`
	Ct         *int64   `parquet:"schatting_ct,optional"`
	SeCt       *int64   `parquet:"se_ct,optional"`
	LaagCt     *int64   `parquet:"ci_laag_ct,optional"`
	HoogCt     *int64   `parquet:"ci_hoog_ct,optional"`
	Waarde     *float64 `parquet:"waarde,optional"`
	WaardeLaag *float64 `parquet:"waarde_laag,optional"`
	WaardeHoog *float64 `parquet:"waarde_hoog,optional"`
	P          *float64 `parquet:"p_waarde,optional"`
	Maanden    int64    `parquet:"maanden,optional"`
	Meest      int64    `parquet:"maanden_meest,optional"`
	Oordeel    string   `parquet:"oordeel,optional"`
	Vooraf     string   `parquet:"analyseplan,optional"`
	Opmerking  string   `parquet:"opmerking,optional"`
}

// Month is a row of mart effect_maand: the difference with controls in one month around the plan.
type Month struct {
	Schatter  string `parquet:"schatter,optional"`
	Herkomst  string `parquet:"herkomst,optional"`
	Uitkomst  string `parquet:"uitkomst,optional"`
	Domein    string `parquet:"domein,optional"`
	Maand     int64  `parquet:"maand,optional"`
	Sets      int64  `parquet:"n_sets,optional"`
	Ct        *int64 `parquet:"schatting_ct,optional"`
	LaagCt    *int64 `parquet:"ci_laag_ct,optional"`
	HoogCt    *int64 `parquet:"ci_hoog_ct,optional"`
	Opmerking string `parquet:"opmerking,optional"`
}

// Balance is a row of mart balans: how alike the households with maatwerk and their controls were.
type Balance struct {
	Kenmerk    string   `parquet:"kenmerk,optional"`
	Voor       *float64 `parquet:"smd_voor,optional"`
	Na         *float64 `parquet:"smd_na,optional"`
	Variantie  *float64 `parquet:"variantie_verhouding,optional"`
	VerschilCt *int64   `parquet:"verschil_ct,optional"`
	Opmerking  string   `parquet:"opmerking,optional"`
}

// Payment is a row of mart betaler_matrix: what one payer saved, by who paid for maatwerk. Eurocents over all sets and 12 months; above zero is a saving.
type Payment struct {
	Kosten    string `parquet:"betaler_kosten,optional"`
	Baten     string `parquet:"betaler_baten,optional"`
	Ct        *int64 `parquet:"bedrag_ct,optional"`
	LaagCt    *int64 `parquet:"ci_laag_ct,optional"`
	HoogCt    *int64 `parquet:"ci_hoog_ct,optional"`
	Inbaar    *bool  `parquet:"inbaar,optional"`
	Opmerking string `parquet:"opmerking,optional"`
}

// Outcome is a row of mart uitkomst: something else than cost, before and after, of households with maatwerk and their controls.
type Outcome struct {
	Uitkomst       string   `parquet:"uitkomst,optional"`
	Herkomst       string   `parquet:"herkomst,optional"`
	Eenheid        string   `parquet:"eenheid,optional"`
	Sets           int64    `parquet:"n_sets,optional"`
	Vergelijk      int64    `parquet:"n_vergelijking,optional"`
	Voor           *float64 `parquet:"behandeld_voor,optional"`
	Na             *float64 `parquet:"behandeld_na,optional"`
	VergelijkVoor  *float64 `parquet:"vergelijking_voor,optional"`
	VergelijkingNa *float64 `parquet:"vergelijking_na,optional"`
	Verschil       *float64 `parquet:"verschil,optional"`
	Laag           *float64 `parquet:"ci_laag,optional"`
	Hoog           *float64 `parquet:"ci_hoog,optional"`
	P              *float64 `parquet:"p_waarde,optional"`
	Opmerking      string   `parquet:"opmerking,optional"`
}

// Member is a row of mart koppeling: a household in a set.
type Member struct {
	Set        int64      `parquet:"set_id,optional"`
	Huishouden string     `parquet:"huishouden_id,optional"`
	Behandeld  bool       `parquet:"behandeld,optional"`
	Gewicht    float64    `parquet:"gewicht,optional"`
	T0         mart.Date  `parquet:"t0,optional,date"`
	Start      *mart.Date `parquet:"start,optional,date"`
	Tot        *mart.Date `parquet:"tot,optional,date"`
	Herkomst   string     `parquet:"herkomst,optional"`
	Casus      string     `parquet:"casusnummer,optional"`
}

// Claim is a row of mart claim_toets: a saving that somebody stated, beside what was found. Savings are above zero.
type Claim struct {
	ID         string `parquet:"claim_id,optional"`
	Tekst      string `parquet:"omschrijving,optional"`
	Huishouden int64  `parquet:"huishoudens,optional"`
	BeweerdCt  int64  `parquet:"beweerd_ct,optional"`
	VerwachtCt *int64 `parquet:"verwacht_ct,optional"`
	VoorNaCt   *int64 `parquet:"voor_na_ct,optional"`
	NettoCt    *int64 `parquet:"netto_ct,optional"`
	LaagCt     *int64 `parquet:"ci_laag_ct,optional"`
	HoogCt     *int64 `parquet:"ci_hoog_ct,optional"`
	Oordeel    string `parquet:"oordeel,optional"`
	Reden      string `parquet:"reden,optional"`
}

// Payer is a row of mart plan_betaler: the amounts of plans by who pays, in eurocents.
type Payer struct {
	Groep       string `parquet:"groep,optional"`
	Betaler     string `parquet:"betaler,optional"`
	HuidigCt    int64  `parquet:"huidig_ct,optional"`
	DreigendCt  int64  `parquet:"dreigend_ct,optional"`
	MaatwerkCt  int64  `parquet:"maatwerk_ct,optional"`
	BesparingCt int64  `parquet:"besparing_ct,optional"`
	InbaarCt    int64  `parquet:"inbaar_ct,optional"`
	Plannen     int64  `parquet:"plannen,optional"`
	Noemer      int64  `parquet:"noemer,optional"`
}

// Part is a row of mart plan_regel: an amount of one plan at one payer, in eurocents.
type Part struct {
	Casus        string `parquet:"casusnummer,optional"`
	Scenario     string `parquet:"scenario,optional"`
	Betaler      string `parquet:"betaler,optional"`
	BedragCt     int64  `parquet:"bedrag_ct,optional"`
	InbaarCt     int64  `parquet:"inbaar_ct,optional"`
	NietInbaarCt int64  `parquet:"niet_inbaar_ct,optional"`
	Regels       int64  `parquet:"regels,optional"`
}

// Wait is a row of mart doorlooptijd: how many plans wait for approval on a day after they were reported.
type Wait struct {
	Dagen        int64    `parquet:"dagen,optional"`
	AtRisk       int64    `parquet:"at_risk,optional"`
	Akkoord      int64    `parquet:"akkoord,optional"`
	Afgewezen    int64    `parquet:"afgewezen,optional"`
	Gecensureerd int64    `parquet:"gecensureerd,optional"`
	Open         float64  `parquet:"aandeel_open,optional"`
	Laag         *float64 `parquet:"ci_laag,optional"`
	Hoog         *float64 `parquet:"ci_hoog,optional"`
}

// Mark is a row of mart tevredenheid: the marks at one moment.
type Mark struct {
	Maand          int64    `parquet:"meetmoment_mnd,optional"`
	Gevraagd       int64    `parquet:"gevraagd,optional"`
	Beantwoord     int64    `parquet:"beantwoord,optional"`
	Gemiddelde     *float64 `parquet:"gemiddelde,optional"`
	GepaardN       *int64   `parquet:"gepaard_n,optional"`
	Verandering    *float64 `parquet:"gepaarde_verandering,optional"`
	Plannen        int64    `parquet:"plannen,optional"`
	PlanGevraagd   int64    `parquet:"plannen_gevraagd,optional"`
	PlanBeantwoord int64    `parquet:"plannen_beantwoord,optional"`
}

// Expense is a row of mart uitgave: what the programme spent in a year, in eurocents.
type Expense struct {
	Jaar           int64  `parquet:"jaar,optional"`
	Soort          string `parquet:"soort,optional"`
	BedragCt       int64  `parquet:"bedrag_ct,optional"`
	BegrootCt      *int64 `parquet:"begroot_ct,optional"`
	BegrootBesteed *int64 `parquet:"begroot_besteed_ct,optional"`
	VoorPlannenCt  int64  `parquet:"voor_plannen_ct,optional"`
	Regels         int64  `parquet:"regels,optional"`
	RegelsBegroot  int64  `parquet:"regels_begroot,optional"`
	Plannen        int64  `parquet:"plannen,optional"`
}

// Maturity is what the chapter uses of mart rijpheid_kind: which months of a kind of cost are complete.
type Maturity struct {
	Kind       string     `parquet:"kind,optional"`
	Maanden    int64      `parquet:"t0_maanden,optional"`
	Rijp       int64      `parquet:"t0_maanden_rijp,optional"`
	RijpTot    *mart.Date `parquet:"rijp_tot,optional,date"`
	Ontvangst  *mart.Date `parquet:"laatste_ontvangst,optional,date"`
	Aandeel    *float64   `parquet:"aandeel_binnen,optional"`
	Ondergrens *float64   `parquet:"ondergrens,optional"`
	Reden      string     `parquet:"reden,optional"`
}
