package functions

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"stapel/transforms/effect"
	"stapel/transforms/typed"
)

// What models about the effect of maatwerk read, as package effect has it.

type effectSettings struct {
	MinMonths         int64   `parquet:"min_maanden"`
	Ratio             int64   `parquet:"verhouding"`
	Caliper           float64 `parquet:"caliper"`
	MinSets           int64   `parquet:"min_sets"`
	MinCohort         int64   `parquet:"min_cohort"`
	PlaceboDraws      int64   `parquet:"placebo_trekkingen"`
	PlaceboCandidates int64   `parquet:"placebo_max_kandidaten"`
	PlaceboMaxShare   float64 `parquet:"placebo_max_aandeel"`
	PeakMaxShare      float64 `parquet:"piek_max_aandeel"`
	CapPercentile     int64   `parquet:"kap_percentiel"`
	BootstrapDraws    int64   `parquet:"bootstrap_trekkingen"`
	BandDraws         int64   `parquet:"band_trekkingen"`
	Seed              string  `parquet:"zaad"`
	Reduction1        int64   `parquet:"korting_laag_procent"`
	Reduction2        int64   `parquet:"korting_midden_procent"`
	Reduction3        int64   `parquet:"korting_hoog_procent"`
}

func (p effectSettings) settings() effect.Settings {
	set := effect.Defaults()
	set.LeastMonths, set.Controls, set.Caliper = int(p.MinMonths), int(p.Ratio), p.Caliper
	set.LeastSets, set.LeastCohort, set.Draws = int(p.MinSets), int(p.MinCohort), int(p.PlaceboDraws)
	set.PoolMost, set.PlaceboShare, set.PeakShare, set.CapShare = int(p.PlaceboCandidates), p.PlaceboMaxShare, p.PeakMaxShare, float64(p.CapPercentile)/100
	set.BootDraws, set.Seed = int(p.BootstrapDraws), p.Seed
	set.Shares = []float64{float64(p.Reduction1) / 100, float64(p.Reduction2) / 100, float64(p.Reduction3) / 100}
	return set
}

type effectPlanRow struct {
	Case      string `parquet:"casusnummer"`
	Household *int64 `parquet:"huishouden,optional"`
	Origin    string `parquet:"herkomst"`
	Reported  int32  `parquet:"aanmelding,date"`
	Started   *int32 `parquet:"start,optional,date"`
	Reason    string `parquet:"reden"`
}

// Reasons of effect_plan with which a plan counts by the clock of its report, though its start is not followed.
const notStarted, startUnknown = "niet_gestart", "start_onbekend"

// excludedPlans says, for who reads a mart, why effect_plan leaves a plan out.
var excludedPlans = map[string]string{
	"na_peildatum":     "aangemeld na de peildatum",
	"geen_huishouden":  "geen huishouden in de maand van de aanmelding",
	"uitgesloten":      "mag niet worden getoond, of woont buiten de run",
	"tweede_plan":      "het huishouden had al een plan",
	"voor_meetperiode": "het jaar ervoor is niet helemaal gedekt",
}

func (r effectPlanRow) plan() effect.Plan {
	p := effect.Plan{Case: r.Case, Origin: r.Origin, Reported: effectMonth(&r.Reported), Excluded: r.Reason}
	if says, known := excludedPlans[r.Reason]; known {
		p.Excluded = says
	}
	if r.Household != nil {
		p.Household = *r.Household
	}
	switch r.Reason {
	case "":
		p.Started = effectMonth(r.Started)
	case notStarted, startUnknown:
		p.Excluded = ""
	}
	return p
}

type effectStandRow struct {
	Month       int32  `parquet:"maand,date"`
	Household   int64  `parquet:"huishouden"`
	Formed      int32  `parquet:"vorm,date"`
	Case        string `parquet:"casusnummer"`
	Candidate   bool   `parquet:"kandidaat"`
	Draw        string `parquet:"draw_id"`
	Stratum     string `parquet:"stratum"`
	Drawn       *bool  `parquet:"getrokken,optional"`
	Children    bool   `parquet:"kinderen"`
	Region      string `parquet:"gemeentecode"`
	Persons     int64  `parquet:"personen"`
	Oldest      int64  `parquet:"oudste_leeftijd"`
	Ingredients int64  `parquet:"ingredienten"`
	OwnPlan     *int32 `parquet:"eerste_plan,optional,date"`
	Before2     *int64 `parquet:"voor2_ct,optional"`
	Before1     int64  `parquet:"voor1_ct"`
	Quarter     int64  `parquet:"kwartaal_ct"`
	Wmo         int64  `parquet:"wmo_ct"`
	Jeugd       int64  `parquet:"jeugd_ct"`
	Part        int64  `parquet:"participatie_ct"`
	Zvw         int64  `parquet:"zvw_ct"`
	Months      int64  `parquet:"voor1_maanden"`
}

// stand has the region by its number, which the caller keeps.
func (r *effectStandRow) stand(regions map[string]int) effect.Stand {
	if _, there := regions[r.Region]; !there {
		regions[r.Region] = len(regions)
	}
	s := effect.Stand{Household: r.Household, Month: effectMonth(&r.Month), Case: r.Case, Candidate: r.Candidate, Children: r.Children,
		Region: regions[r.Region], Persons: int(r.Persons),
		Oldest: int(r.Oldest), Ingredients: int(r.Ingredients), OwnPlan: effectMonth(r.OwnPlan), Known1: r.Months == windowMonths, Known2: r.Before2 != nil, Before1: r.Before1,
		Quarter: r.Quarter, Domains: [4]int64{r.Wmo, r.Jeugd, r.Part, r.Zvw}}
	if r.Before2 != nil {
		s.Before2 = *r.Before2
	}
	return s
}

// effectMonth is the month of its first day; nil is none.
func effectMonth(day *int32) effect.Month {
	if day == nil {
		return 0
	}
	d := time.Unix(int64(*day)*86400, 0).UTC()
	return effect.MonthOf(d.Year(), d.Month())
}

// effectDay is the first day of a month.
func effectDay(m effect.Month) int32 {
	return int32(time.Date(int(m)/12, time.Month(int(m)%12+1), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func effectDayOrNone(m effect.Month) *int32 {
	if m == 0 {
		return nil
	}
	day := effectDay(m)
	return &day
}

// effectMature is the last month that every kind that counts is mature in; 0 when one never is, or none counts.
func effectMature(rows []effectMaturityRow) (last effect.Month) {
	for _, r := range rows {
		switch m := effectMonth(r.MatureUntil); {
		case !r.Counts:
		case m == 0:
			return 0
		case last == 0 || m < last:
			last = m
		}
	}
	return last
}

// effectImmature are the kinds that count and of which no month is mature.
func effectImmature(rows []effectMaturityRow) (kinds []string) {
	for _, r := range rows {
		if r.Counts && r.MatureUntil == nil {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds
}

// eachStand reads the stands in their order.
func eachStand(rows iter.Seq2[effectStandRow, error], take func(effectStandRow, effect.Stand)) error {
	regions := map[string]int{}
	for row, err := range rows {
		if err != nil {
			return err
		}
		take(row, row.stand(regions))
	}
	return nil
}

func readPlans(ctx context.Context, table typed.Table[effectPlanRow]) ([]effect.Plan, error) {
	rows, err := table.All(ctx)
	out := make([]effect.Plan, len(rows))
	for k, r := range rows {
		out[k] = r.plan()
	}
	return out, err
}

// steps are what a household counts for, as text: month:weight, joined by |.
func stepsText(steps []effect.Step) string {
	var list []string
	for _, s := range steps {
		list = append(list, fmt.Sprintf("%d:%s", int(s.Month), strconv.FormatFloat(s.Weight, 'g', 10, 64)))
	}
	return strings.Join(list, "|")
}

func stepsOf(text string) (steps []effect.Step, err error) {
	if text == "" {
		return nil, nil
	}
	for _, part := range strings.Split(text, "|") {
		month, weight, _ := strings.Cut(part, ":")
		m, err1 := strconv.Atoi(month)
		w, err2 := strconv.ParseFloat(weight, 64)
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("column telt: %q is no month with what it counts for", part)
		}
		steps = append(steps, effect.Step{Month: effect.Month(m), Weight: w})
	}
	return steps, nil
}
