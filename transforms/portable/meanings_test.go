package portable

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestMeanings: what both engines read, and mean otherwise, is refused; what they mean alike is not.
func TestMeanings(t *testing.T) {
	const (
		days    = "'day' only"
		start   = "begins at a number from 1"
		sums    = "a sum of products"
		amounts = "an amount times another"
		rest    = "a remainder"
	)
	for sql, want := range map[string]string{
		"select date_diff('day', a, b), date_diff (\n  'day' , a, date_diff('day', a, b)) from t": "",
		"select date_diff('month', a, b) from t":                                                  days,
		"select date_diff('day', a, b), date_diff('week', a, b) from t":                           days,
		"select date_diff(a, b, c) from t":                                                        days,
		"select date_diff('days', a, b) from t":                                                   days,
		"select 'date_diff(''month'', ', b -- date_diff('month', a, b)\nfrom t":                   "",

		"select substr(a, 1), substr(a, 12, 3), substr(a, 1, length(b) + 1) from t": "",
		"select substr(a, 0) from t":                  start,
		"select substr(a, -2) from t":                 start,
		"select substr(a, b) from t":                  start,
		"select substr(a, 1 - 1) from t":              start,
		"select substr(a, 1, length(b) - 1) from t":   start,
		"select substr(substr(a, 0, 3), 1, 2) from t": start,

		"select concat(a, b), greatest(a, b, c, d), least(a, (b)) from t":         "",
		"select concat(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) from t":    "",
		"select concat(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q) from t": "concat takes 2 to 16",
		"select concat(a) from t":                         "concat takes 2 to 16",
		"select greatest(a, b, c, d, e) from t":           "greatest takes 2 to 4",
		"select least(a, least(b, c, d, e, f)) from t":    "least takes 2 to 4",
		"select greatest(coalesce(a, b, c, d, 'e')) as x": "greatest takes 2 to 4",

		"select a % 7, a % nullif(b, 0), a % 010 from t where b like '%x'": "",
		"select a % b from t":       rest,
		"select a % 0 from t":       rest,
		"select a % (b + 1) from t": rest,

		"select count(*), t.*, a * b from t join (select distinct * from u) on true":                               "",
		"select sum(a), sum(2 * a), sum(-1 * a_ct), sum(a) * b from t":                                             "",
		"select sum(cast(a as decimal(38, 0)) * b), sum(2 * cast(a - b * 3 as decimal(38, 0)) * b * c) from t":     "",
		"select sum(case when a > b then cast(a as decimal(38, 0)) * (b + 1) else 0 end) over (order by a) from t": "",
		"select sum(a * b) from t": sums,
		"select sum(case when a > b then c\n  * case when b > 0 then b end end)":     sums,
		"select sum(cast(a * b as decimal(38, 0))) from t":                           sums, // the product is too large before it is cast
		"select sum(cast(a as double) * b) from t":                                   sums, // a sum of these depends on their order
		"select sum(a * b * cast(c as decimal(38, 0))) from t":                       sums,
		"select sum(cast(a as decimal(38, 0)) * (b * c)) from t":                     sums,
		"select sum(cast(a as bigint) * b), cast(c as decimal(38, 0)) from t":        sums,
		"select coalesce(sum(a + (n.n - r) * b), 0), count(*) from t":                sums,
		"select sum(a) from t where x in (select sum(a * b) over (order by a) as x)": sums,

		"select 100 * a_ct, a_ct * 1000, -9999 * (a_ct - b_ct), sign(a_ct) * abs(b_ct), a * 1000000 from t":                           "",
		"select cast(a_ct as decimal(38, 0)) * 1000000, cast(b as double) * a_ct, a * cast(b.ct as double), act * b, ct_a * b from t": "",
		"select a_ct * 10000 from t":                                 amounts,
		"select a.ct * p.ppm from t":                                 amounts,
		"select b * a_ct from t":                                     amounts,
		"select 2 * abs(a_ct - b * c_ct) from t":                     amounts,
		"select 2 * a_ct * b from t":                                 amounts,
		"select (b + 1) * sum(abs(r.a_ct)) from t":                   amounts,
		"select cast(a as bigint) * case when b > 0 then b_ct end b": amounts,
	} {
		got := strings.Join(meanings(sql), "; ")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q; want something about %q", sql, got, want)
		}
	}
}

// TestAnyText: a text that is no SELECT is looked through to its end.
func TestAnyText(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"sum", "(", ")", "*", "%", ",", " ", "\n", "case", "end", "a_ct", "2", "-", "'", "''", ".", "date_diff(", "'day'", "substr(",
		"concat(", "decimal(38, 0)", "--", "select", "é", "over (", "/"})
	rapid.Check(t, func(t *rapid.T) {
		Problems(strings.Join(rapid.SliceOfN(pieces, 0, 30).Draw(t, "text"), ""))
	})
}
