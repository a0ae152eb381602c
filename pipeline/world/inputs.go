package world

import (
	"fmt"

	"stapel/config"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// An Input is a table that Go makes for the models: configuration, time, and what is known of the deliveries.
type Input struct {
	transforms.Input
	write func(file string) error
}

// Table makes an input of rows; the columns are the fields of T by their parquet tags. A type that is no row is a mistake in this package,
// and panics.
func Table[T any](name string, rows []T) Input {
	columns, err := transforms.ColumnsOf[T]()
	if err != nil {
		panic(fmt.Sprintf("input %s: %v", name, err))
	}
	return Input{transforms.Input{Name: name, Columns: columns}, func(file string) error { return typed.Write(file, rows) }}
}

type parameterRow struct {
	Peildatum         int32  `parquet:"peildatum,date"`
	Tot               int32  `parquet:"tot,date"`
	T0Van             int32  `parquet:"t0_van,date"`
	T1Van             int32  `parquet:"t1_van,date"`
	T2Van             int32  `parquet:"t2_van,date"`
	T3Van             int32  `parquet:"t3_van,date"`
	Peilmaand         int32  `parquet:"peilmaand,date"`
	HalfjaarVan       int32  `parquet:"halfjaar_van,date"`
	SignaalVan        int32  `parquet:"signaal_van,date"`
	AttachMinors      bool   `parquet:"attach_minors"`
	DrempelCt         int64  `parquet:"drempel_ct"`
	SelectieAantal    int64  `parquet:"selectie_aantal"`
	MinVolwassenen    int64  `parquet:"min_volwassenen"`
	MinKinderen       int64  `parquet:"min_kinderen"`
	MinDomeinen       int64  `parquet:"min_domeinen"`
	EisDrempel        bool   `parquet:"eis_drempel"`
	MaxZvwProcent     int64  `parquet:"max_zvw_procent"`
	EisGeenPlan       bool   `parquet:"eis_geen_plan"`
	EisGeenInstelling bool   `parquet:"eis_geen_instelling"`
	MaxHerhaaldPpm    int64  `parquet:"max_herhaald_ppm"`
	ZvwDekking        string `parquet:"zvw_dekking"`
	AlleMaanden       int64  `parquet:"alle_maanden"`    // sets of months, as bits of kalender: T0 to T2,
	SignaalMaanden    int64  `parquet:"signaal_maanden"` // the 24 to P,
	T0Maanden         int64  `parquet:"t0_maanden"`      // and T0

	MaxGelijkPpm           int64 `parquet:"max_gelijk_ppm"`
	MaxBuitenLevenPpm      int64 `parquet:"max_buiten_leven_ppm"`
	MaxHuishoudenPersonen  int64 `parquet:"max_huishouden_personen"`
	MaxVerblijvenJaar      int64 `parquet:"max_verblijven_jaar"`
	AlleenGekozenGemeenten bool  `parquet:"alleen_gekozen_gemeenten"` // run.gemeenten is set (rules 75)
}

// kindFeitRow is what the contract of a kind says that models about all kinds alike need.
type kindFeitRow struct {
	Kind             string `parquet:"kind"`
	Persoon          bool   `parquet:"persoon"`           // a line is about a person
	Gemeente         bool   `parquet:"gemeente"`          // a line has a gemeentecode
	Geld             bool   `parquet:"geld"`              // a line has an amount
	Periode          bool   `parquet:"periode"`           // a line has a place in time
	Optellend        bool   `parquet:"optellend"`         // deliveries add up, unless a supplier delivers periods anew
	Referentie       bool   `parquet:"referentie"`        // columns identify a line at its supplier
	VeelLeveranciers bool   `parquet:"veel_leveranciers"` // each replaces its own lines only (rules 71)
	MaxDagen         int64  `parquet:"max_dagen"`         // days a cost line may last; 0: no limit
	MinKoppelPpm     int64  `parquet:"min_koppel_ppm"`    // least share of persons in huishouden (rules 63)
}

// kostenKindRow is a kind whose lines are cost, and a domein that they are cost of.
type kostenKindRow struct {
	Kind      string `parquet:"kind"`
	Domein    string `parquet:"domein"`
	Betaler   string `parquet:"betaler"`
	Grondslag string `parquet:"grondslag"`
	Per       string `parquet:"per"`       // regel, uitkering or traject
	Verplicht bool   `parquet:"verplicht"` // a run needs it
}

// gemeenteRow is a gemeente of the run.
type gemeenteRow struct {
	Gemeentecode string `parquet:"gemeentecode"`
	Opgeheven    bool   `parquet:"opgeheven"` // nobody lives there on the last day that huishouden covers (rules 68)
}

// peilRow is a day on which households are looked at: nr 0 at P, 1 and 2 the ends of T1 and T2, 3 the end of T3.
type peilRow struct {
	Nr        int64 `parquet:"nr"`
	Peildatum int32 `parquet:"peildatum,date"`
	Van       int32 `parquet:"van,date"` // first day of the year that ends on it
	Tot       int32 `parquet:"tot,date"`
	Gedekt    bool  `parquet:"gedekt"` // every required feed of costs covers that year for every gemeente
}

type kalenderRow struct {
	Maand int32 `parquet:"maand,date"`
	Tot   int32 `parquet:"tot,date"`
	Bit   int64 `parquet:"bit"`        // a set of months is the sum of their bits
	Vorig int64 `parquet:"vorige_bit"` // of the month before; 0 for the first
}

// boekjaarRow is a calendar year in which a day can lie (decision 0023).
type boekjaarRow struct {
	Jaar int64 `parquet:"jaar"`
	Van  int32 `parquet:"van,date"`
	Tot  int32 `parquet:"tot,date"`
}

type leveringRow struct {
	Levering            int64  `parquet:"levering"`
	Kind                string `parquet:"kind"`
	Bestand             string `parquet:"bestand"`
	Volgnr              int64  `parquet:"volgnr"`
	HeeftNote           bool   `parquet:"heeft_note"`
	Optellend           bool   `parquet:"optellend"` // what it covers is added to what others cover: nothing is replaced
	Vervangt            bool   `parquet:"vervangt"`  // or takes the place of older lines
	Gegevensleverancier string `parquet:"gegevensleverancier"`
	Aangemaakt          *int32 `parquet:"aangemaakt,optional,date"`      // of the first delivery of these bytes that says it
	NieuwstGemaakt      *int32 `parquet:"nieuwst_gemaakt,optional,date"` // of the newest
	GemaaktNr           int64  `parquet:"gemaakt_nr"`                    // order of the moments at which deliveries were made; 0: not said
}

type leveringDekkingRow struct {
	Levering            int64  `parquet:"levering"`
	Kind                string `parquet:"kind"`
	Volgnr              int64  `parquet:"volgnr"`
	Gegevensleverancier string `parquet:"gegevensleverancier"`
	Gemeentecode        string `parquet:"gemeentecode"`
	Van                 int32  `parquet:"van,date"`
	Tot                 int32  `parquet:"tot,date"`
	Vervangt            bool   `parquet:"vervangt"`       // its supplier delivers periods anew: older lines in them are replaced
	MaandVan            int32  `parquet:"maand_van,date"` // first day of the first month of which it covers a day
	MaandTot            int32  `parquet:"maand_tot,date"` // first day after the last
	Aangemaakt          *int32 `parquet:"aangemaakt,optional,date"`
}

type ontvangstRow struct {
	Kind     string `parquet:"kind"`
	Eerste   *int32 `parquet:"eerste,optional,date"`
	Laatste  *int32 `parquet:"laatste,optional,date"`
	Geleverd int64  `parquet:"geleverd"` // months with a delivery
	Bekend   bool   `parquet:"bekend"`   // something says what the kind covers
	Maanden  int64  `parquet:"maanden"`  // covered for all gemeenten of the run, as bits of kalender
	Kosten   bool   `parquet:"kosten"`   // its lines are declared cost
}

type dekkingMaandRow struct {
	Kind         string `parquet:"kind"`
	Gemeentecode string `parquet:"gemeentecode"`
	Maand        int32  `parquet:"maand,date"`
	Gedekt       string `parquet:"gedekt"`
}

type dekkingMaskerRow struct {
	Kind         string `parquet:"kind"`
	Gemeentecode string `parquet:"gemeentecode"`
	Maanden      int64  `parquet:"maanden"`
}

type dekkingKindRow struct {
	Kind   string `parquet:"kind"`
	Bekend bool   `parquet:"bekend"`
}

type openTotRow struct {
	Kind         string `parquet:"kind"`
	Gemeentecode string `parquet:"gemeentecode"`
	Tot          int32  `parquet:"tot,date"`
}

type leveringUzoviRow struct {
	Kind     string `parquet:"kind"`
	Levering int64  `parquet:"levering"`
	Uzovi    string `parquet:"uzovi"`
}

type prijsRow struct {
	Kind    string `parquet:"kind"`
	Jaar    int64  `parquet:"jaar"`
	PrijsCt int64  `parquet:"prijs_ct"`
	Dagen   int64  `parquet:"dagen"`
}

// zvwNormRow is the reference cost of a sex and age class, in eurocents an insured year.
type zvwNormRow struct {
	Geslacht    string `parquet:"geslacht"` // COD046
	LeeftijdVan int64  `parquet:"leeftijd_van"`
	LeeftijdTot int64  `parquet:"leeftijd_tot"` // exclusive
	Klasse      string `parquet:"klasse"`
	NormCt      int64  `parquet:"norm_ct"`
	VerhoogdCt  int64  `parquet:"verhoogd_ct"`
}

type ingredientRow struct {
	Ingredient string `parquet:"ingredient"`
	Label      string `parquet:"label"`
	Bekend     string `parquet:"bekend"`
	Bit        int64  `parquet:"bit"`
	Minimum    string `parquet:"minimum"` // the strongest that a cocktail asks
	Basis      bool   `parquet:"basis"`   // a cocktail asks it
}

type ingredientDekkingRow struct {
	Ingredient string `parquet:"ingredient"`
	Kind       string `parquet:"kind"`
}

type cocktailLijstRow struct {
	CocktailID   string `parquet:"cocktail_id"`
	Naam         string `parquet:"naam"`
	Ingredienten string `parquet:"ingredienten"`
}

type cocktailIngredientRow struct {
	CocktailID string `parquet:"cocktail_id"`
	Ingredient string `parquet:"ingredient"`
	Minimum    string `parquet:"minimum"`
	Voorwaarde bool   `parquet:"voorwaarde"`
	Bit        int64  `parquet:"bit"`    // of the ingredient
	Plaats     int64  `parquet:"plaats"` // a power of 16, for each ingredient of a cocktail another
}

type codeIngredientRow struct {
	Kind         string `parquet:"kind"`
	Kolom        string `parquet:"kolom"`
	Code         string `parquet:"code"`
	Ingredient   string `parquet:"ingredient"`
	Sterkte      string `parquet:"sterkte"`
	EventDagen   int64  `parquet:"event_dagen"`
	PeriodeDagen int64  `parquet:"periode_dagen"`
}

type leveringTotaalRow struct {
	Kind                string  `parquet:"kind"`
	Bestand             string  `parquet:"bestand"`
	Sha256              *string `parquet:"sha256,optional"`
	LeveringID          *string `parquet:"levering_id,optional"`
	Gegevensleverancier *string `parquet:"gegevensleverancier,optional"`
	Aangemaakt          *string `parquet:"aangemaakt,optional"`
	PeriodeVan          *int32  `parquet:"periode_van,optional,date"`
	PeriodeTot          *int32  `parquet:"periode_tot,optional,date"`
	Status              string  `parquet:"status"`
	Regels              int64   `parquet:"regels"`
	Geaccepteerd        int64   `parquet:"geaccepteerd"`
	Quarantaine         int64   `parquet:"quarantaine"`
	BedragCt            *int64  `parquet:"bedrag_ct,optional"`
	QuarantaineCt       int64   `parquet:"quarantaine_ct"`
	Reden               *string `parquet:"reden,optional"`
}

type quarantaineRow struct {
	Kind        string `parquet:"kind"`
	Bestand     string `parquet:"bestand"`
	RegelCode   string `parquet:"regel_code"`
	Kolom       string `parquet:"kolom"`
	Regels      int64  `parquet:"regels"`
	EersteRegel int64  `parquet:"eerste_regel"`
	Reden       string `parquet:"reden"`
}

type leveringBevindingRow struct {
	Kind        string `parquet:"kind"`
	Bestand     string `parquet:"bestand"`
	RegelCode   string `parquet:"regel_code"`
	Regels      *int64 `parquet:"regels,optional"`
	BedragCt    *int64 `parquet:"bedrag_ct,optional"`
	Toelichting string `parquet:"toelichting"`
}

// Inputs makes every table that models read and that is not in the lake, each in a total order.
func (w *World) Inputs() []Input {
	return []Input{
		Table("parameter", []parameterRow{w.parameter()}),
		Table("peil", w.moments()),
		Table("kalender", w.calendar()),
		Table("boekjaar", bookYears()),
		Table("levering_stand", w.deliveries()),
		Table("levering_dekking", w.coverageRows()),
		Table("levering_totaal", w.totals()),
		Table("quarantaine_telling", w.quarantine()),
		Table("levering_bevinding", w.findings()),
		Table("ontvangst", w.receipts()),
		Table("dekking_maand", w.coveredMonths()),
		Table("dekking_masker", w.coveredSets()),
		Table("dekking_kind", w.coveredKinds()),
		Table("open_tot", w.openEnds()),
		Table("levering_uzovi", w.insurers()),
		Table("kind_feit", w.kindFacts()),
		Table("gemeente_run", w.ownGemeenten()),
		Table("kosten_kind", w.costKinds()),
		Table("prijs", w.prices()),
		Table("zvw_norm", w.healthNorms()),
		Table("ingredient", w.ingredients()),
		Table("ingredient_dekking", w.ingredientCoverage()),
		Table("cocktail_lijst", w.cocktails()),
		Table("cocktail_ingredient", w.cocktailIngredients()),
		Table("code_ingredient", w.codes()),
		Table("code_kolom", transforms.CodeColumns()),
		Table("effect_parameter", []effectParameterRow{w.effectParameter()}),
		Table("effect_kalender", w.effectCalendar()),
		Table("effect_dekking", w.effectCover()),
		Table("effect_kind", w.effectKinds()),
		Table("loting_lijst", w.lots),
		Table("analyseplan", w.frozen),
	}
}

// Write puts the table into a new Parquet file.
func (in Input) Write(file string) error {
	if err := in.write(file); err != nil {
		return fmt.Errorf("table %s: %w", in.Name, err)
	}
	return nil
}

// Tables are the names and columns of the inputs.
func Tables(cfg *config.Config) (tables []transforms.Input) {
	for _, in := range (&World{Cfg: cfg}).Inputs() {
		tables = append(tables, in.Input)
	}
	return tables
}
