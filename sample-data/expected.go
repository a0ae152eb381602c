package sampledata

import (
	"bytes"
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v3"
)

//go:embed verwacht.yaml
var expectedYAML []byte

// Expected is what a run over the set must give, computed without stapel: by hand for the hand-made households and the
// plans (the arithmetic stands in the comments of verwacht.yaml), by a slow calculator for the totals. The references in
// pipeline/reference hold all of it. Field names follow the marts; money is in eurocents, dates are JJJJ-MM-DD, intervals half-open.
type Expected struct {
	Peildatum string         `yaml:"peildatum"`
	Cases     []Case         `yaml:"gevallen"`
	Plans     []PlanExpected `yaml:"plannen"`
	PlanTotal PlanTotals     `yaml:"plan_totaal"`
	Totals    Totals         `yaml:"totalen"`
}

// Case is one hand-made household, found by PersonPS, one of its members. A nil field is not stated.
type Case struct {
	Name     string `yaml:"naam"`
	Sentence string `yaml:"zin"`
	PersonPS string `yaml:"persoon_ps"`
	// Shown is false for a household that is left out because a member is excluded; Known is false for a person who
	// belongs to no household on the peildatum.
	Shown *bool `yaml:"getoond"`
	Known *bool `yaml:"huishouden_bekend"`

	Persons      *int    `yaml:"personen"`
	Adults       *int    `yaml:"volwassenen"`
	Children     *int    `yaml:"kinderen"` // with the attached ones
	Attached     *int    `yaml:"aangehechte_kinderen"`
	Gemeente     *string `yaml:"gemeentecode"`
	T0           *int64  `yaml:"kosten_t0_ct"`
	T1           *int64  `yaml:"kosten_t1_ct"`
	T2           *int64  `yaml:"kosten_t2_ct"`
	Wmo          *int64  `yaml:"kosten_wmo_ct"` // this and the next three: T0
	Jeugd        *int64  `yaml:"kosten_jeugd_ct"`
	Participatie *int64  `yaml:"kosten_participatie_ct"`
	Zvw          *int64  `yaml:"kosten_zvw_ct"`
	// PricedLike names the case whose geprijsd_schuldhulp_ct is the same, but for a cent: partners share a traject. The
	// amount itself follows from prices.yaml.
	PricedLike *string `yaml:"geprijsd_gelijk_aan"`
	Domains    *int    `yaml:"domeinen"`
	Provisions *int    `yaml:"voorzieningen"`
	Providers  *int    `yaml:"aanbieders"`
	Eligible   *bool   `yaml:"in_aanmerking"`
	WhyNot     *string `yaml:"reden_niet"`
	InPlan     *bool   `yaml:"in_maatwerk"`
	Reported   *bool   `yaml:"veldmelding"`
	ZvwCovered *string `yaml:"zvw_gedekt"`
	// Cocktails lists every episode of the household, ordered by cocktail_id and van; nil: not stated, empty: none.
	Cocktails *[]Episode `yaml:"cocktails"`
}

// Episode is one row of the mart cocktail.
type Episode struct {
	Cocktail string   `yaml:"cocktail_id"`
	From     string   `yaml:"van"`
	To       string   `yaml:"tot"`
	Status   string   `yaml:"status"`
	Active   bool     `yaml:"actief"`
	Missing  []string `yaml:"ontbrekend"` // sorted; with (zwak aanwezig) where that is so
	Order    []string `yaml:"volgorde"`
}

// PlanExpected is one row of the mart plan; empty dates and nil amounts are NULL.
type PlanExpected struct {
	Number    string   `yaml:"casusnummer"`
	Status    string   `yaml:"status"`
	Approvals int      `yaml:"akkoorden"`
	Days      *int     `yaml:"dagen_tot_akkoord"`
	Now       *int64   `yaml:"huidig_ct"`
	Threatens *int64   `yaml:"dreigend_ct"`
	Tailored  *int64   `yaml:"maatwerk_ct"`
	Saving    *int64   `yaml:"besparing_verwacht_ct"`
	Findings  []string `yaml:"bevindingen"`
}

// PlanTotals are sums and counts over the plans.
type PlanTotals struct {
	Plans           int            `yaml:"plannen"`
	WithAnalysis    int            `yaml:"plannen_met_kba"`
	ByStatus        map[string]int `yaml:"plannen_status"`
	Now             int64          `yaml:"huidig_alle_ct"` // of the plans with an analysis
	Threatens       int64          `yaml:"dreigend_alle_ct"`
	Tailored        int64          `yaml:"maatwerk_alle_ct"`
	Saving          int64          `yaml:"besparing_alle_ct"`
	MeanSaving      int64          `yaml:"gemiddelde_besparing_alle_ct"`
	CarriedOut      int            `yaml:"uitgevoerd_met_kba"` // uitvoering or gereed, with an analysis
	CarriedThreaten int64          `yaml:"dreigend_uitgevoerd_ct"`
	CarriedTailored int64          `yaml:"maatwerk_uitgevoerd_ct"`
	CarriedSaving   int64          `yaml:"besparing_uitgevoerd_ct"`
	CarriedMean     int64          `yaml:"gemiddelde_besparing_uitgevoerd_ct"`
	NoApproval      int            `yaml:"akkoord_ontbreekt"`
	LateApproval    int            `yaml:"akkoord_na_datum"`
	MedianDays      int            `yaml:"mediaan_dagen"`           // Kaplan-Meier
	WithinTwoMonths float64        `yaml:"aandeel_binnen_61_dagen"` // 1 - S(61)
}

// Totals are over the whole set.
type Totals struct {
	Households int         `yaml:"huishoudens"`     // on the peildatum
	Ranked     int         `yaml:"ranglijst"`       // of which shown
	T0         int64       `yaml:"kosten_t0_ct"`    // sum of the ranking
	T1         int64       `yaml:"kosten_t1_ct"`    //
	T2         int64       `yaml:"kosten_t2_ct"`    //
	Threshold  int         `yaml:"boven_drempel"`   // households shown at or above 100.000
	Unknown    [3]int64    `yaml:"onbekend_ct"`     // cents of persons without a household, T0 T1 T2
	NotShown   [3]int64    `yaml:"niet_getoond_ct"` // cents of households left out, T0 T1 T2
	Cells      []CellTotal `yaml:"cellen"`          // households at the end of T1, with their cost in T0
	Bands      []BandTotal `yaml:"terugtoets"`      // households at the end of T2, with their cost in T1 and T2
	Stacking   StackTotal  `yaml:"stapeling"`       // over the half year to P
	Insured    []CareTotal `yaml:"verzekerd"`       // health care in T0, by sex
	Files      []FileTotal `yaml:"bestanden"`
	Kinds      []KindTotal `yaml:"soorten"`
}

// CellTotal are the households of a year before that were alike: cost band, years of the two before at or above half the
// threshold, someone under 18. Cells without households are left out.
type CellTotal struct {
	Band       string `yaml:"band"`
	Years      int    `yaml:"jaren"`
	Kids       string `yaml:"kinderen"` // ja or nee
	Households int    `yaml:"huishoudens"`
	NextCt     int64  `yaml:"volgend_ct"`
}

// BandTotal are the households of a cost band at the end of T2.
type BandTotal struct {
	Band       string `yaml:"band"`
	Households int    `yaml:"huishoudens"`
	YearCt     int64  `yaml:"jaar_ct"`
	NextCt     int64  `yaml:"volgend_ct"`
}

// StackTotal counts provisions of Wmo, Jeugdwet and Participatiewet over the half year to P, in households shown.
type StackTotal struct {
	Inhabitants   int `yaml:"inwoners"`
	Households    int `yaml:"huishoudens_twee_of_meer"`
	HouseholdLaws int `yaml:"huishoudens_meer_wetten"`
	Persons       int `yaml:"personen_twee_of_meer"`
	PersonLaws    int `yaml:"personen_meer_wetten"`
}

// CareTotal is health care in T0 of persons of a sex on the days they were insured with an insurer that delivers.
type CareTotal struct {
	Sex     string `yaml:"geslacht"`
	Persons int    `yaml:"personen"`
	Days    int64  `yaml:"dagen"`
	CostCt  int64  `yaml:"kosten_ct"`
}

// FileTotal is what becomes of the lines of one file. Delivered = quarantined + duplicate + replaced + accepted.
type FileTotal struct {
	Name        string `yaml:"bestand"` // inbox-relative
	Delivered   int    `yaml:"geleverd"`
	Quarantined int    `yaml:"quarantaine"`
	Duplicate   int    `yaml:"dubbel"`
	Replaced    int    `yaml:"vervangen"`
	Accepted    int    `yaml:"geaccepteerd"`
}

// KindTotal is what becomes of the accepted lines of a kind, and of their cents.
type KindTotal struct {
	Kind     string `yaml:"kind"`
	Excluded int    `yaml:"uitgesloten"` // lines that only other lines make wrong
	Repeated int    `yaml:"herhaald"`    // lines of a benefit after the first
	Older    int    `yaml:"ouder"`       // lines of an allocation that a newer line of it overtakes
	// Counted cents, nil for kinds without money. A benefit counts once, so its excluded lines have no amount of their own.
	ExcludedCt *int64 `yaml:"uitgesloten_ct"`
	UsedCt     *int64 `yaml:"gebruikt_ct"`
	// WindowsCt is the part of UsedCt in T0..T2.
	WindowsCt *int64 `yaml:"in_vensters_ct"`
}

// Verwacht reads the embedded expectations. An error means that the file in this package is wrong.
func Verwacht() (*Expected, error) {
	var e Expected
	dec := yaml.NewDecoder(bytes.NewReader(expectedYAML))
	dec.KnownFields(true)
	if err := dec.Decode(&e); err != nil {
		return nil, fmt.Errorf("verwacht.yaml: %w", err)
	}
	return &e, nil
}
