package pipeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stapel/transforms"
)

// A mistake is a wrong formula in a model: the text of its SELECT is another in one place. The models after it, up to what the check
// reads, are computed of what it then gives, so that all tables agree with each other and are all wrong. A check that has the
// formula of the model finds nothing in them.
type mistake struct {
	model, was, is string
	then           []string // in order
}

var mistakes = map[string][]mistake{
	"ranglijst_reden": {
		{"rang_kosten", "count(distinct case when t0_ct > 0 then domein end)", "count(distinct case when t0_ct > 500000 then domein end)", ranking},
		{"rang_toets", "s.status not in ('afgewezen', 'ingetrokken')", "s.status in ('uitvoering', 'gereed')", ranking[1:]},
		{"rang_kosten", "domein = 'zvw' then t0_ct", "domein = 'zvw' then t1_ct", ranking},
		// who is attached is a child of the household (rules 27)
		{"huishouden_stand", "cast(sum(case when minderjarig then 1 else 0 end) as bigint) as kinderen",
			"cast(sum(case when minderjarig and not aangehecht then 1 else 0 end) as bigint) as kinderen", append([]string{"huishouden"}, ranking...)},
		// rules 22: an adult from the 18th birthday, not of the year in which it falls
		{"feit_toen", "r.meerderjarig > r.peildatum as minderjarig", "year(r.meerderjarig) >= year(r.peildatum) as minderjarig",
			append([]string{"lid_toen", "lid", "huishouden_stand", "huishouden"}, ranking...)},
	},
	"ranglijst_bereik": {
		{"rang_kosten", "then t2_ct else 0 end) as bigint) as t2_ct", "then t1_ct else 0 end) as bigint) as t2_ct", ranking},
		{"rang", "rows between unbounded preceding and current row", "rows between unbounded preceding and 1 following", ranking[2:]},
	},
	"concentratie_is_ranglijst": {
		{"concentratie", "cast(n.n + 1 - 2 * r.rang as", "cast(n.n - 2 * r.rang as", nil},
		{"concentratie", "cast(t.n as double) * t.positief_ct", "cast(t.n - 1 as double) * t.positief_ct", nil},
		{"rang", "row_number() over (order by s.t0_ct desc", "row_number() over (order by s.t1_ct desc", append(ranking[2:3:3], "concentratie")},
	},
	"kosten_is_regels": {
		// the boundary between two windows a day later: the parts still add up to the whole
		{"kosten_deel", "date_diff('day', k.van, p.t1_van)", "date_diff('day', k.van, plus_dagen(p.t1_van, 1))",
			[]string{"kosten_persoon", "kosten_breed", "kosten"}},
		{"kosten_persoon", "persoon, huishouden, kind", "persoon, case when domein = 'wmo' then cast(-1 as bigint) else huishouden end as huishouden, kind",
			[]string{"kosten_breed", "kosten"}},
	},
	"controle_is_ranglijst": {
		{"rang_kosten", "then t1_ct else 0 end) as bigint) as t1_ct", "then t0_ct else 0 end) as bigint) as t1_ct", append(ranking[:3:3], "controle_stap", "controle")},
	},
	"stapeling_telt_op": {
		{"stapeling_eenheid", "count(distinct sleutel) as n, count(distinct wet) as wetten from lopend group by moment, huishouden",
			"count(sleutel) as n, count(distinct wet) as wetten from lopend group by moment, huishouden", []string{"stapeling"}},
		{"stapeling", "cast(1000 * personen as double)", "cast(100 * personen as double)", nil},
	},
}

// ranking are the models from what a household costs to the mart.
var ranking = []string{"rang_toets", "rang", "ranglijst"}

// planted is what has to stand before a check's query for the mistake to be in what it reads.
func (m mistake) planted(t *testing.T, models map[string]*transforms.Model) string {
	t.Helper()
	var with []string
	for i, name := range append([]string{m.model}, m.then...) {
		model := models[name]
		if model == nil {
			t.Fatalf("there is no model %s", name)
		}
		sql := model.SQL
		if i == 0 {
			if strings.Count(sql, m.was) == 0 {
				t.Fatalf("model %s does not say %q: plant the mistake elsewhere", name, m.was)
			}
			sql = strings.Replace(sql, m.was, m.is, 1)
		}
		with = append(with, fmt.Sprintf("%s as (%s)", name, asText(model, sql)))
	}
	return "with " + strings.Join(with, ", ") + " "
}

// asText is a mart's query with keys as text, as it is published.
func asText(m *transforms.Model, sql string) string {
	if !m.Published() {
		return sql
	}
	var list []string
	for _, c := range m.Columns {
		switch c.Type {
		case transforms.Huishouden:
			list = append(list, fmt.Sprintf("case when %[1]s is not null then id_tekst('h', %[1]s) end as %[1]s", c.Name))
		case transforms.Persoon:
			list = append(list, fmt.Sprintf("case when %[1]s is not null then id_tekst('p', %[1]s) end as %[1]s", c.Name))
		default:
			list = append(list, c.Name)
		}
	}
	return fmt.Sprintf("select %s from (%s) as m", strings.Join(list, ", "), sql)
}

// TestMistakesAreForChecks: a mistake is planted for a check that there is, and comes to what it reads.
func TestMistakesAreForChecks(t *testing.T) {
	models := byName(t)
	for name, list := range mistakes {
		check := models[name]
		if check == nil || check.Layer != transforms.Checks {
			t.Errorf("there is no check %s", name)
			continue
		}
		for _, m := range list {
			chain := append([]string{m.model}, m.then...)
			if !slices.Contains(check.Reads, chain[len(chain)-1]) {
				t.Errorf("check %s does not read %s", name, chain[len(chain)-1])
			}
			m.planted(t, models)
		}
	}
}
