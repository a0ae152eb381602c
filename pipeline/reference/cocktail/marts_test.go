package cocktail

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
	"stapel/pipeline/reference/run"
)

type signalRow struct {
	Household  string  `parquet:"huishouden_id"`
	Person     string  `parquet:"persoon_id"`
	Ingredient string  `parquet:"ingredient"`
	From       int32   `parquet:"van,date"`
	To         int32   `parquet:"tot,date"`
	Strength   string  `parquet:"sterkte"`
	Kind       *string `parquet:"bron_kind,optional"`
	File       *string `parquet:"bron_bestand,optional"`
	Line       *int64  `parquet:"bron_regel,optional"`
}

type episodeRow struct {
	Household string `parquet:"huishouden_id"`
	Cocktail  string `parquet:"cocktail_id"`
	From      int32  `parquet:"van,date"`
	To        int32  `parquet:"tot,date"`
	Status    string `parquet:"status"`
	Active    bool   `parquet:"actief"`
	Missing   string `parquet:"ontbrekend"`
	Order     string `parquet:"volgorde"`
}

type evidenceRow struct {
	Household  string  `parquet:"huishouden_id"`
	Cocktail   string  `parquet:"cocktail_id"`
	From       int32   `parquet:"van,date"`
	Nr         int64   `parquet:"volgnr"`
	Ingredient string  `parquet:"ingredient"`
	Strength   string  `parquet:"sterkte"`
	Kind       *string `parquet:"bron_kind,optional"`
	File       *string `parquet:"bron_bestand,optional"`
	Line       *int64  `parquet:"bron_regel,optional"`
}

type threatRow struct {
	Cocktail string   `parquet:"cocktail_id"`
	Missing  string   `parquet:"ontbrekend"`
	Then     int64    `parquet:"huishoudens_toen"`
	Unseen   int64    `parquet:"niet_te_zien"`
	Followed int64    `parquet:"gevolgd"`
	Full     int64    `parquet:"vol"`
	Share    *float64 `parquet:"aandeel,optional"`
	Low      *float64 `parquet:"ondergrens,optional"`
	Now      int64    `parquet:"huishoudens_nu"`
}

type verdictRow struct {
	Cocktail   string `parquet:"cocktail_id"`
	Households int64  `parquet:"huishoudens"`
	Full       int64  `parquet:"vol"`
	Threatened int64  `parquet:"dreigend"`
	Unknown    int64  `parquet:"onbekend"`
	CannotTell int64  `parquet:"niet_te_beoordelen"`
	None       int64  `parquet:"nee"`
}

type preventiveRow struct {
	Nr        int64  `parquet:"volgnr"`
	Household string `parquet:"huishouden_id"`
	Cocktail  string `parquet:"cocktail_id"`
	From      int32  `parquet:"van,date"`
	Missing   string `parquet:"ontbrekend"`
	Order     string `parquet:"volgorde"`
	Ct        int64  `parquet:"kosten_t0_ct"`
}

// compareThreats holds the marts dreiging_kans and preventief to the reference's episodes: counts, who is on the list, and its order.
func compareThreats(t interface {
	Helper()
	Fatal(...any)
}, marts string, want Result, peildatum string) string {
	t.Helper()
	groups, err1 := run.Read[threatRow](marts, "dreiging_kans")
	list, err2 := run.Read[preventiveRow](marts, "preventief")
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	var got []Threat
	bounds := map[[2]string]threatRow{}
	for _, r := range groups {
		got = append(got, Threat{r.Cocktail, r.Missing, r.Then, r.Unseen, r.Followed, r.Full, r.Now})
		bounds[[2]string{r.Cocktail, r.Missing}] = r
	}
	out := differences("dreiging_kans", got, Threats(slices.Concat(want.Episodes, want.Hidden), peildatum))
	type listed struct{ household, cocktail, from, missing, order string }
	var shown, active []listed
	for i, r := range list {
		shown = append(shown, listed{r.Household, r.Cocktail, day(r.From).String(), r.Missing, r.Order})
		if r.Nr != int64(i+1) {
			out = append(out, fmt.Sprintf("preventief: row %d has number %d", i+1, r.Nr))
		}
	}
	for _, e := range want.Episodes {
		if e.Active && e.Status == "dreigend" {
			active = append(active, listed{e.Household, e.Cocktail, e.From, e.Missing, e.Order})
		}
	}
	out = append(out, differences("preventief", shown, active)...)
	rank := func(r preventiveRow) (low, share float64) {
		g := bounds[[2]string{r.Cocktail, r.Missing}]
		if g.Low == nil {
			return -1, -1
		}
		return *g.Low, *g.Share
	}
	if !slices.IsSortedFunc(list, func(a, b preventiveRow) int {
		aLow, aShare := rank(a)
		bLow, bShare := rank(b)
		return cmp.Or(cmp.Compare(bLow, aLow), cmp.Compare(bShare, aShare), cmp.Compare(b.Ct, a.Ct), cmp.Compare(a.Household, b.Household),
			cmp.Compare(a.Cocktail, b.Cocktail))
	}) {
		out = append(out, "preventief: not in order")
	}
	return strings.Join(out, "\n")
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// fromMarts reads what the pipeline made of it.
func fromMarts(t testing.TB, marts string) (out Result) {
	t.Helper()
	signals, err1 := run.Read[signalRow](marts, "signaal")
	episodes, err2 := run.Read[episodeRow](marts, "cocktail")
	evidence, err3 := run.Read[evidenceRow](marts, "cocktail_bewijs")
	houses, err4 := run.Read[struct {
		ID string `parquet:"huishouden_id"`
	}](marts, "ranglijst")
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			t.Fatal(err)
		}
	}
	out.Houses = len(houses)
	verdicts, err := run.Read[verdictRow](marts, "cocktail_oordeel")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range verdicts {
		out.Verdicts = append(out.Verdicts, Verdict(r))
	}
	for _, r := range signals {
		out.Signals = append(out.Signals, Signal{r.Household, r.Person, r.Ingredient, day(r.From).String(), day(r.To).String(), r.Strength,
			value(r.Kind), value(r.File), value(r.Line)})
	}
	for _, r := range episodes {
		out.Episodes = append(out.Episodes, Episode{r.Household, r.Cocktail, day(r.From).String(), day(r.To).String(), r.Status, r.Active,
			r.Missing, r.Order})
	}
	for _, r := range evidence {
		out.Evidence = append(out.Evidence, Evidence{r.Household, r.Cocktail, day(r.From).String(), r.Nr, r.Ingredient, r.Strength,
			value(r.Kind), value(r.File), value(r.Line)})
	}
	return out
}

// differences compares rows in whatever order and says which only one side has, the first few.
func differences[R comparable](name string, got, want []R) (out []string) {
	count := map[R]int{}
	for _, r := range got {
		count[r]++
	}
	for _, r := range want {
		count[r]--
	}
	for r, n := range count {
		switch {
		case n > 0:
			out = append(out, fmt.Sprintf("%s: only the models: %+v", name, r))
		case n < 0:
			out = append(out, fmt.Sprintf("%s: only the reference: %+v", name, r))
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(a[strings.Index(a, "{"):], b[strings.Index(b, "{"):]), cmp.Compare(a, b))
	})
	if n := len(out); n > 12 {
		out = append(out[:12], fmt.Sprintf("%s: and %d more", name, n-12))
	}
	return out
}

func compare(got, want Result) string {
	out := differences("signaal", got.Signals, want.Signals)
	out = append(out, differences("cocktail", got.Episodes, want.Episodes)...)
	out = append(out, differences("cocktail_bewijs", got.Evidence, want.Evidence)...)
	out = append(out, differences("cocktail_oordeel", got.Verdicts, want.Verdicts)...)
	if got.Houses != want.Houses {
		out = append(out, fmt.Sprintf("%d households shown, the reference shows %d", got.Houses, want.Houses))
	}
	return strings.Join(out, "\n")
}

// peopleOf are the people of a set that was written or read.
func peopleOf(t testing.TB, cfg *config.Config, set extract.Set) *people.People {
	t.Helper()
	w, err := lines.New(set, cfg, run.Secret)
	if err != nil {
		t.Fatal(err)
	}
	return people.New(w)
}

// houseOf is the id of a household by its pseudonym.
func houseOf(p *people.People, ps string) string { return "h-" + p.Key("huishouden", ps) }
