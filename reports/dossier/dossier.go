// Package dossier explains one household: it makes a picture of its persons, voorzieningen, signals, cocktails, costs and plan
// over the three years of a run, each bar with the line of an extract it comes from, and writes it for a terminal and as
// a page. It adds up what it is given and decides nothing: what is in or out was decided by the run.
package dossier

import (
	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/seen"
)

// Dossier is what is known of one household of a run. The tables of the run are mart rows; the rest was computed again from the
// same extracts with the same models, for this household alone.
type Dossier struct {
	Run        Run
	Huishouden mart.Huishouden
	Rang       mart.Ranglijst
	Rangen     int64 // rows of the ranking
	Kosten     []mart.Kosten
	Signalen   []Signaal
	Cocktails  []mart.Cocktail
	Bewijs     []mart.Bewijs
	Namen      []mart.CocktailNaam // all cocktails of the run

	Personen    []Persoon
	Verblijven  []Verblijf
	Regels      []Regel // of voorzieningen and costs
	Maanden     []Maand
	Dekking     []Dekking
	Bekend      []Bekend
	Plannen     []Plan
	Opmerkingen []Opmerking
	Koppeling   []seen.Link // kinds that cover nobody here, because their persons are not found
	Bronnen     seen.Sources
}

// Run is the run that is explained, with what of its configuration is needed to say why.
type Run struct {
	reports.Run
	MinDomeinen int64
	MaxZvw      int64 // percent

	// Ingredienten are those that a cocktail of the run asks, in the order to show.
	Ingredienten []string

	Soorten map[string]reports.Kostensoort // by kind

	// Code is the description of a code in a contract, "" when there is none.
	Code func(kind, kolom, code string) string
}

// Bron is a line of an extract.
type Bron struct {
	Kind    string `json:"kind,omitempty"` // empty: an absence, which has no line
	Bestand string `json:"bestand,omitempty"`
	Regel   int64  `json:"regel,omitempty"` // physical line, the header is 1
}

// The row types below name their columns as the queries of pipeline give them. Dates are half-open [van, tot); sets of months
// are bits, the first of the 36 lowest.

// Persoon is a member of the household at P.
type Persoon struct {
	ID          string    `parquet:"persoon_id,optional"`
	Geboren     mart.Date `parquet:"geboren,optional,date"` // without a month of birth: 1 January
	Minderjarig bool      `parquet:"minderjarig,optional"`
	Aangehecht  bool      `parquet:"aangehecht,optional"`
	Plhh        string    `parquet:"plhh,optional"`
	Ouder       bool      `parquet:"ouder,optional"` // a member names this person as parent
	Kind        string    `parquet:"bron_kind,optional"`
	Bestand     string    `parquet:"bron_bestand,optional"`
	Regel       int64     `parquet:"bron_regel,optional"`
}

// Verblijf is a spell: where a member lived, in this household or elsewhere.
type Verblijf struct {
	Persoon string    `parquet:"persoon_id,optional"`
	Van     mart.Date `parquet:"van,optional,date"`
	Tot     mart.Date `parquet:"tot,optional,date"`
	Hier    bool      `parquet:"hier,optional"`
	Typhh   string    `parquet:"typhh,optional"`
	Adres   string    `parquet:"functie_adres,optional"`
	Kind    string    `parquet:"bron_kind,optional"`
	Bestand string    `parquet:"bron_bestand,optional"`
	Regel   int64     `parquet:"bron_regel,optional"`
}

// Regel is a line of an extract that shows a voorziening or costs something (model tijdlijn_voorziening).
type Regel struct {
	Persoon   string    `parquet:"persoon_id,optional"`
	Domein    string    `parquet:"domein,optional"`
	Soort     string    `parquet:"soort,optional"`
	Sleutel   string    `parquet:"sleutel,optional"` // joins lines, is not shown
	Code      string    `parquet:"code,optional"`
	Aanbieder string    `parquet:"aanbieder_agb,optional"`
	Van       mart.Date `parquet:"van,optional,date"`
	Tot       mart.Date `parquet:"tot,optional,date"`
	Open      bool      `parquet:"open,optional"`
	BedragCt  *int64    `parquet:"bedrag_ct,optional"`
	Kind      string    `parquet:"bron_kind,optional"`
	Bestand   string    `parquet:"bron_bestand,optional"`
	Regel     int64     `parquet:"bron_regel,optional"`
}

// Maand is the part of a cost line in a month (model kosten_maand).
type Maand struct {
	Maand     mart.Date `parquet:"maand,optional,date"`
	Domein    string    `parquet:"domein,optional"`
	Betaler   string    `parquet:"betaler,optional"`
	Grondslag string    `parquet:"grondslag,optional"`
	DeelCt    int64     `parquet:"deel_ct,optional"`
	Kind      string    `parquet:"bron_kind,optional"`
	Bestand   string    `parquet:"bron_bestand,optional"`
	Regel     int64     `parquet:"bron_regel,optional"`
}

// Dekking says in which months a kind covers a member (model tijdlijn_dekking).
type Dekking struct {
	Persoon string `parquet:"persoon_id,optional"`
	Kind    string `parquet:"kind,optional"`
	Maanden int64  `parquet:"maanden,optional"`
	Levend  int64  `parquet:"levend,optional"` // months that the person was born by
}

// Bekend says in which months of the last 24 the absence of an ingredient would be known (model ingredient_maand).
type Bekend struct {
	Ingredient string `parquet:"ingredient,optional"`
	Maanden    int64  `parquet:"maanden,optional"`
}

// Signaal is a row of mart signaal.
type Signaal struct {
	Persoon    string    `parquet:"persoon_id,optional"` // onbekend: of the household as a whole
	Ingredient string    `parquet:"ingredient,optional"`
	Van        mart.Date `parquet:"van,optional,date"`
	Tot        mart.Date `parquet:"tot,optional,date"`
	Sterkte    string    `parquet:"sterkte,optional"`
	Kind       string    `parquet:"bron_kind,optional"`
	Bestand    string    `parquet:"bron_bestand,optional"`
	Regel      *int64    `parquet:"bron_regel,optional"`
}

var _ = mart.Of[Signaal]("signaal")

// Plan is a row of mart plan with what only the extract has.
type Plan struct {
	Casus       string     `parquet:"casusnummer,optional"`
	Status      string     `parquet:"status,optional"`
	Aanmelding  *mart.Date `parquet:"datum_aanmelding,optional,date"`
	Akkoord     *mart.Date `parquet:"datum_akkoord,optional,date"`
	Start       *mart.Date `parquet:"datum_start,optional,date"`
	Gereed      *mart.Date `parquet:"datum_gereed,optional,date"`
	Akkoorden   int64      `parquet:"akkoorden,optional"`
	HuidigCt    *int64     `parquet:"huidig_ct,optional"`
	DreigendCt  *int64     `parquet:"dreigend_ct,optional"`
	MaatwerkCt  *int64     `parquet:"maatwerk_ct,optional"`
	BesparingCt *int64     `parquet:"besparing_verwacht_ct,optional"`
	Bevindingen string     `parquet:"bevindingen,optional"`
	Kind        string     `parquet:"bron_kind,optional"`
	Bestand     string     `parquet:"bron_bestand,optional"`
	Regel       int64      `parquet:"bron_regel,optional"`
}

// Opmerking is what the run found about a line of this household, or left out.
type Opmerking struct {
	Code        string `parquet:"regel_code,optional"`
	Toelichting string `parquet:"toelichting,optional"` // empty: the line counts for nothing, the code says why
	Kind        string `parquet:"bron_kind,optional"`
	Bestand     string `parquet:"bron_bestand,optional"`
	Regel       int64  `parquet:"bron_regel,optional"`
}
