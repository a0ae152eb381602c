package estimator

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stapel/pipeline/dutch"
	"stapel/pipeline/exit"
)

// write puts data and a spec into a folder.
func write(t *testing.T, name, csv, spec string) Options {
	t.Helper()
	dir := t.TempDir()
	opt := Options{Name: name, CSV: filepath.Join(dir, "data.csv"), Spec: filepath.Join(dir, "spec.yaml")}
	for file, text := range map[string]string{opt.CSV: csv, opt.Spec: spec} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return opt
}

const (
	kmSpec    = "kolommen: {tijd: t, gebeurtenis: e}\n"
	secret    = "geheim"
	ladder    = "kolommen: {oorsprong: o, ouderdom: k, bedrag: b}\n"
	panelSpec = "kolommen: {eenheid: u, periode: p, uitkomst: y, eerste: f}\n"
	meanSpec  = "kolommen: {eerste: x}\nopties: {"
	maxSpec   = "kolommen: {schatting: s, covariantie: [v, w]}\n"
)

// TestRefuses: every mistake is one of the caller, named by line and column where it has one, without what a cell holds, and said in Dutch but for
// the spec.
func TestRefuses(t *testing.T) {
	for _, c := range []struct {
		name, estimator, csv, spec string
		want                       []string
		english                    bool
	}{
		{"no estimator", "gokken", "t;e\n1;ja\n", kmSpec, []string{"no estimator gokken", "kaplan_meier"}, false},
		{"spec of another", "gini", "b\n1\n", "schatter: theil\nkolommen: {bedrag: b}\n", []string{"spec.yaml is for estimator theil"}, false},
		{"a key too many", "gini", "b\n1\n", "kolommen: {bedrag: b, loon: c}\n", []string{"spec.yaml:1: unknown key loon"}, true},
		{"no text", "gini", "b\n1\n", "kolommen: {bedrag: [b]}\n", []string{"spec.yaml:1: ", "wrong type"}, true},
		{"an empty spec", "gini", "b\n1\n", "", []string{"spec.yaml:1: the file is empty"}, true},
		{"another separator", "gini", "b\n1\n", "csv: {scheiding: '|'}\nkolommen: {bedrag: b}\n", []string{"scheiding"}, false},
		{"another decimal", "gini", "b\n1\n", "csv: {decimaal: ';'}\nkolommen: {bedrag: b}\n", []string{"decimaal"}, false},
		{"one sign for both", "gini", "b\n1\n", "csv: {scheiding: ',', decimaal: ','}\nkolommen: {bedrag: b}\n", []string{"decimaal"}, false},
		{"no rows", "gini", "b\n", "kolommen: {bedrag: b}\n", []string{"data.csv: there are no rows"}, false},
		{"nothing at all", "gini", "", "kolommen: {bedrag: b}\n", []string{"data.csv: there are no rows"}, false},
		{"no UTF-8", "gini", "b\n1\n\xe9\n", "kolommen: {bedrag: b}\n", []string{"data.csv: line 3: not UTF-8"}, false},
		{"two of a name", "gini", "b;b\n1;2\n", "kolommen: {bedrag: b}\n", []string{"column 2 has the name of column 1"}, false},
		{"a row too short", "gini", "b;c\n1;2\n3\n", "kolommen: {bedrag: b}\n", []string{"line 3: 1 cells under 2 columns"}, false},
		{"quotes", "gini", "b;c\n1;\"" + secret + "\n", "kolommen: {bedrag: b}\n", []string{"the quotes do not fit"}, false},
		{"no such column", "gini", "b\n1\n", "kolommen: {bedrag: loon}\n", []string{"data.csv: there is no column loon"}, false},
		{"no column named", "gini", "b\n1\n", "opties: {kleine_steekproef: true}\n", []string{"no column was named for bedrag"}, false},
		{"an empty cell", "gini", "b;c\n1;2\n \t;3\n", "kolommen: {bedrag: b}\n", []string{"line 3: column b: the cell is empty"}, false},
		{"no number", "gini", "b\n1\n" + secret + "\n", "kolommen: {bedrag: b}\n", []string{"line 3: column b: this is no number"}, false},
		{"a point", "gini", "b\n1.5\n", "kolommen: {bedrag: b}\n", []string{"line 2: column b: this is no number"}, false},
		{"thousands", "gini", "b\n1.500,5\n", "kolommen: {bedrag: b}\n", []string{"line 2: column b: this is no number"}, false},
		{"NaN", "gini", "b\nNaN\n", "kolommen: {bedrag: b}\n", []string{"this is no number"}, false},
		{"without end", "gini", "b\n1e999\n", "kolommen: {bedrag: b}\n", []string{"this number is too large"}, false},
		{"a line break in a cell", "gini", "c;b\n\"x\ny\";1\nz;" + secret + "\n", "kolommen: {bedrag: b}\n", []string{"line 4: column b"}, false},
		{"no whole number", "kwantiel", "w\n1,5\n", "kolommen: {waarde: w}\n", []string{"line 2: column w: this is no whole number"}, false},
		{"below 0", "poisson", "n\n-1\n", "kolommen: {aantal: n}\n", []string{"line 2: column n: this number is too small"}, false},
		{"neither yes nor no", "kaplan_meier", "t;e\n1;" + secret + "\n", kmSpec, []string{"line 2: column e: use ja or nee"}, false},
		{"more than there are", "aandeel", "k;n\n3;2\n", "kolommen: {aantal: k, van: n}\n", []string{"line 2: more than there are"}, false},
		{"confidence", "poisson", "n\n1\n", "kolommen: {aantal: n}\nopties: {betrouwbaarheid: 95}\n", []string{"betrouwbaarheid: between 0 and 1"}, false},
		{"confidence of survival", "kaplan_meier", "t;e\n1;ja\n", kmSpec + "opties: {betrouwbaarheid: 95}\n", []string{"confidence outside (0, 1): 95"}, false},
		{"scale", "kaplan_meier", "t;e\n1;ja\n", kmSpec + "opties: {schaal: logit}\n", []string{"no scale"}, false},
		{"nobody", "kaplan_meier", "t;e\n-1;ja\n", kmSpec, []string{"nobody was followed: 1 times, 1 below 0"}, false},
		{"variance", "cumulatieve_incidentie", "t;o\n1;x\n", "kolommen: {tijd: t, oorzaak: o}\nopties: {variantie: jackknife}\n", []string{"no variance"}, false},
		{"one group", "log_rank", "t;e;g\n1;ja;a\n2;ja;a\n", "kolommen: {tijd: t, gebeurtenis: e, groep: g}\n", []string{"nothing to compare: 1 groups"}, false},
		{"amounts below 0", "gini", "b\n1\n-1\n5\n", "kolommen: {bedrag: b}\n", []string{"amounts below 0: 1 of 3"}, false},
		{"a total of 0", "top_aandeel", "b\n0\n", "kolommen: {bedrag: b}\n", []string{"the total of 1 is not above 0"}, false},
		{"a part of nothing", "top_aandeel", "b\n1\n", "kolommen: {bedrag: b}\nopties: {delen: [0]}\n", []string{"part outside (0, 1]: 0"}, false},
		{"L of 0", "theil", "b\n1\n0\n", "kolommen: {bedrag: b}\nopties: {maat: l}\n", []string{"amounts that are not above 0: 1 of 2"}, false},
		{"no such Theil", "theil", "b\n1\n", "kolommen: {bedrag: b}\nopties: {maat: x}\n", []string{"maat: t or l"}, false},
		{"no aversion", "atkinson", "b\n1\n", "kolommen: {bedrag: b}\n", []string{"aversion to inequality not above 0: 0"}, false},
		{"p above 1", "holm", "p\n1,5\n", "kolommen: {p: p}\n", []string{"p: from 0 to 1"}, false},
		{"fewer tested than there are", "holm", "p\n0,5\n0,5\n", "kolommen: {p: p}\nopties: {getoetst: 1}\n", []string{"getoetst"}, false},
		{"a part above 1", "kwantiel", "w\n1\n", "kolommen: {waarde: w}\nopties: {delen: [1.5]}\n", []string{"delen: from 0 to 1"}, false},
		{"expected 0", "poisson", "n;m\n1;0\n", "kolommen: {aantal: n, verwacht: m}\n", []string{"verwacht: above 0"}, false},
		{"one difference", "kleinst_aantoonbaar", "d\n1\n", "kolommen: {verschil: d}\n", []string{"at least two rows"}, false},
		{"an effect below 0", "kleinst_aantoonbaar", "d\n1\n2\n", "kolommen: {verschil: d}\nopties: {effect: -1}\n", []string{"effect"}, false},
		{"a gap in a triangle", "chain_ladder", "o;k;b\na;0;1\na;2;1\n", ladder, []string{"every age from 0"}, false},
		{"an age twice", "chain_ladder", "o;k;b\na;0;1\na;0;1\n", ladder, []string{"every age from 0"}, false},
		{"an origin of nothing", "chain_ladder", "o;k;b\na;0;1\na;1;1\nb;0;0\n", ladder, []string{"come to nothing"}, false},
		{"no such tail", "chain_ladder", "o;k;b\na;0;1\n", ladder + "opties: {staart: lang}\n", []string{"staart: geen or halfjaren"}, false},
		{"no covariance named", "max_t", "s\n1\n", "kolommen: {schatting: s}\n", []string{"no column was named for covariantie"}, false},
		{"columns of a covariance", "max_t", "s;v;w\n1;1;0\n", maxSpec, []string{"2 columns of 1 estimates"}, false},
		{"not symmetric", "max_t", "s;v;w\n1;1;0\n2;1;1\n", maxSpec, []string{"not symmetric"}, false},
		{"no such side", "max_t", "s;v;w\n1;1;0\n2;0;1\n", maxSpec + "opties: {kant: links}\n", []string{"kant: beide, lager or hoger"}, false},
		{"too many directions", "max_t", "s;v;w\n1;1;0\n2;0;1\n", maxSpec + "opties: {richtingen: 99999999}\n", []string{"richtingen"}, false},
		{"a column twice", "ols", "y;x\n1;1\n", "kolommen: {uitkomst: y, kenmerken: [x, x]}\n", []string{"column x was named twice for kenmerken"}, false},
		{"a weight below 0", "ols", "y;w\n1;1\n2;-1\n", "kolommen: {uitkomst: y, gewicht: w}\n", []string{"line 3: column w: this number is too small"}, false},
		{"collinear", "ols", "y;x;z\n1;1;2\n2;2;4\n4;3;6\n7;5;10\n", "kolommen: {uitkomst: y, kenmerken: [x, z]}\n", []string{"coefficient of z: collinear"}, false},
		{"collinear within units", "vaste_effecten", "u;y;x;z\na;1;1;5\na;2;3;5\nb;3;2;6\nb;1;4;6\n", "kolommen: {eenheid: u, uitkomst: y, kenmerken: [x, z]}\n",
			[]string{"coefficient of z: collinear"}, false},
		{"no such error", "ols", "y\n1\n2\n", "kolommen: {uitkomst: y}\nopties: {fout: HC4}\n", []string{"fout: klassiek, HC0"}, false},
		{"clusters and another error", "ols", "y;g\n1;a\n2;b\n", "kolommen: {uitkomst: y, cluster: [g]}\nopties: {fout: HC1}\n", []string{"fout: cluster"}, false},
		{"error by cluster without one", "ols", "y\n1\n2\n", "kolommen: {uitkomst: y}\nopties: {fout: cluster}\n", []string{"fout: klassiek"}, false},
		{"options without a cluster", "ols", "y\n1\n2\n", "kolommen: {uitkomst: y}\nopties: {minste_clusters: 5}\n", []string{"these want a column"}, false},
		{"three ways", "ols", "y;g\n1;a\n2;b\n", "kolommen: {uitkomst: y, cluster: [g, g, g]}\n", []string{"one column or two"}, false},
		{"two clusters", "ols", "y;g\n1;a\n2;b\n", "kolommen: {uitkomst: y, cluster: [g]}\n", []string{"fewer than 10 clusters: 2"}, false},
		{"no such factor", "lin", "y;b;g\n1;1;a\n2;0;b\n", "kolommen: {uitkomst: y, behandeld: b, cluster: g}\nopties: {factor: klein}\n", []string{"stata, kleinste"}, false},
		{"fewer rows than coefficients", "ols", "y;x\n1;1\n", "kolommen: {uitkomst: y, kenmerken: [x]}\n", []string{"too few units: 1 for 2"}, false},
		{"a unit alone on its line", "ols", "y;x\n1;1\n2;0\n4;0\n", "kolommen: {uitkomst: y, kenmerken: [x]}\nopties: {fout: HC3}\n",
			[]string{"a unit determines its own fit"}, false},
		{"no covariate", "vaste_effecten", "u;y\na;1\na;2\n", "kolommen: {eenheid: u, uitkomst: y}\n", []string{"fixed effects without a covariate"}, false},
		{"nobody twice", "vaste_effecten", "u;y;x\na;1;1\nb;2;3\n", "kolommen: {eenheid: u, uitkomst: y, kenmerken: [x]}\n", []string{"seen twice"}, false},
		{"nested without clusters", "vaste_effecten", "u;y;x\na;1;1\na;2;3\n", "kolommen: {eenheid: u, uitkomst: y, kenmerken: [x]}\nopties: {geneste_tellen: true}\n",
			[]string{"this wants a column"}, false},
		{"separated", "logit", "y;x\n0;1\n0;2\n1;3\n1;4\n", "kolommen: {uitkomst: y, kenmerken: [x]}\n", []string{"separate the outcomes completely"}, false},
		{"separated in part", "logit", "y;x\n0;1\n0;2\n1;2\n1;4\n", "kolommen: {uitkomst: y, kenmerken: [x]}\n", []string{"separate the outcomes in part"}, false},
		{"nobody treated", "did", "v;n;b\n1;2;0\n", "kolommen: {voor: v, na: n, behandeld: b}\n", []string{"no comparison: 0 treated and 1 controls"}, false},
		{"sets and weights", "did", "v;n;b;s;w\n1;2;0;a;1\n", "kolommen: {voor: v, na: n, behandeld: b, set: s, gewicht: w}\n", []string{"sets go with neither"}, false},
		{"sets of one side", "did", "v;n;b;s\n1;2;0;a\n1;2;1;a\n1;2;1;b\n", "kolommen: {voor: v, na: n, behandeld: b, set: s}\nopties: {minste_sets: 2}\n",
			[]string{"no comparison: set 1 has 1 treated and 0 controls"}, false},
		{"few sets", "did", "v;n;b;s\n1;2;0;a\n1;2;1;a\n", "kolommen: {voor: v, na: n, behandeld: b, set: s}\n", []string{"fewer than 10 sets: 1"}, false},
		{"least of sets without", "did", "v;n;b\n1;2;0\n", "kolommen: {voor: v, na: n, behandeld: b}\nopties: {minste_sets: 2}\n", []string{"column for set"}, false},
		{"a period twice", "gestaffeld", "u;p;y;f\na;1;1;0\na;1;2;0\n", panelSpec, []string{"line 3: column u: this unit has this period twice"}, false},
		{"a period missing", "gestaffeld", "u;p;y;f\na;1;1;0\na;2;2;0\nb;1;1;2\n", panelSpec, []string{"line 4: column u: this unit has no row"}, false},
		{"two first periods", "gestaffeld", "u;p;y;f\na;1;1;0\na;2;2;2\n", panelSpec, []string{"line 3: column f: this differs"}, false},
		{"a covariate that moves", "gestaffeld", "u;p;y;f\na;1;1;2\na;2;2;2\n", strings.Replace(panelSpec, "}", ", kenmerken: [y]}", 1), []string{"column y: this differs"}, false},
		{"one period", "gestaffeld", "u;p;y;f\na;1;1;0\nb;1;2;0\n", panelSpec, []string{"1 periods"}, false},
		{"all treated before", "gestaffeld", "u;p;y;f\na;1;1;1\na;2;2;1\n", panelSpec, []string{"nobody is untreated"}, false},
		{"nobody never treated", "gestaffeld", "u;p;y;f\na;1;1;2\na;2;2;2\n", panelSpec, []string{"1 groups, 0 units never treated"}, false},
		{"no such control", "gestaffeld", "u;p;y;f\na;1;1;2\n", panelSpec + "opties: {controles: later}\n", []string{"nooit or nog_niet"}, false},
		{"no such method", "gestaffeld", "u;p;y;f\na;1;1;2\n", panelSpec + "opties: {methode: magie}\n", []string{"dubbel_robuust"}, false},
		{"no such weights", "gestaffeld", "u;p;y;f\na;1;1;2\n", panelSpec + "opties: {gewichten: webb}\n", []string{"rademacher or mammen"}, false},
		{"anticipation after", "gestaffeld", "u;p;y;f\na;1;1;2\n", panelSpec + "opties: {vooruit: -1}\n", []string{"0 or more"}, false},
		{"too many draws", "gestaffeld", "u;p;y;f\na;1;1;2\n", panelSpec + "opties: {trekkingen: 1000001}\n", []string{"or -1: none"}, false},
		{"nobody to match", "koppelen", "b;x\n1;1\n1;2\n", "kolommen: {behandeld: b, score: x}\nopties: {afstand: score}\n", []string{"2 treated, 0 candidates"}, false},
		{"nothing to match on", "koppelen", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b, score: x}\n", []string{"no covariates for distance"}, false},
		{"no score and no covariates", "koppelen", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b}\n", []string{"no column was named for kenmerken"}, false},
		{"a constant covariate", "koppelen", "b;x;z\n1;1;1\n0;2;1\n1;2;1\n0;4;1\n", "kolommen: {behandeld: b, score: x, kenmerken: [x, z]}\n", []string{"covariate 1 is constant"}, false},
		{"a window of one unit", "koppelen", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b, score: x}\nopties: {afstand: score}\n", []string{"a caliper within groups"}, false},
		{"no such distance", "koppelen", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b, score: x}\nopties: {afstand: ver}\n", []string{"rang_mahalanobis"}, false},
		{"caliper and none", "koppelen", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b, score: x}\nopties: {caliper: 1, geen_caliper: true}\n", []string{"one of the two"}, false},
		{"a caliper of 0", "koppelen", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b, score: x}\nopties: {caliper: 0}\n", []string{"caliper: above 0"}, false},
		{"score twice said", "koppelen", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b, score: x}\nopties: {score_als: kans}\n", []string{"a score that is estimated"}, false},
		{"no such scale", "balans", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b, kenmerken: [x]}\nopties: {schaal: groot}\n", []string{"gezamenlijk or behandeld"}, false},
		{"one bin", "balans", "b;x\n1;1\n0;2\n", "kolommen: {behandeld: b, kenmerken: [x]}\nopties: {bakken: 1}\n", []string{"from 2"}, false},
		{"nobody with weight", "balans", "b;x;w\n1;1;1\n0;2;0\n", "kolommen: {behandeld: b, kenmerken: [x], gewicht: w}\n", []string{"1 treated and 0 controls with weight"}, false},
		{"few rows", "bootstrap", "x\n1\n2\n", "kolommen: {waarde: x}\n", []string{"fewer than 10 clusters: 2"}, false},
		{"no such figure", "bootstrap", "x\n1\n2\n", "kolommen: {waarde: x}\nopties: {maat: modus}\n", []string{"mediaan"}, false},
		{"a second of a mean", "bootstrap", "x\n1\n2\n", "kolommen: {waarde: x, tweede: x}\n", []string{"this is of verhouding"}, false},
		{"sides of a mean", "bootstrap", "x\n1\n0\n", "kolommen: {waarde: x, behandeld: x}\n", []string{"this is of verschil"}, false},
		{"a ratio without its second", "bootstrap", "x\n1\n0\n", "kolommen: {waarde: x}\nopties: {maat: verhouding}\n", []string{"no column was named for tweede"}, false},
		{"a ratio to nothing", "bootstrap", "x;y\n1;1\n1;-1\n", "kolommen: {waarde: x, tweede: y}\nopties: {maat: verhouding, minste_clusters: 2}\n", []string{"a total of 0"}, false},
		{"a side without rows", "bootstrap", "x;b\n1;1\n2;1\n", "kolommen: {waarde: x, behandeld: b}\nopties: {maat: verschil, minste_clusters: 2}\n", []string{"an arm without units"}, false},
		{"no correlation", "bootstrap", "x;y\n1;1\n1;2\n", "kolommen: {waarde: x, tweede: y}\nopties: {maat: correlatie, minste_clusters: 2}\n", []string{"a value that does not vary"}, false},
		{"draws that fail", "bootstrap", "x\n1\n2\n", "kolommen: {waarde: x}\nopties: {minste_clusters: 2}\n", []string{"resamples, the first: a standard error of 0"}, false},
		{"too many samples", "bootstrap", "x\n" + strings.Repeat("1\n2\n", 10), "kolommen: {waarde: x}\nopties: {alle: true}\n", []string{"20 clusters have 6.89e+10 resamples"}, false},
		{"no draws", "bootstrap", "x\n1\n2\n", "kolommen: {waarde: x}\nopties: {trekkingen: -1}\n", []string{"trekkingen: from 1"}, false},
		{"least below 0", "bootstrap", "x\n1\n2\n", "kolommen: {waarde: x}\nopties: {minste_clusters: -1}\n", []string{"at least 2"}, false},
		{"nothing to test", "multiplier", "x\n1\n2\n", "kolommen: {waarden: []}\n", []string{"no column was named for waarden"}, false},
		{"no deviations", "multiplier", "x\n1\n1\n", "kolommen: {waarden: [x]}\nopties: {minste_clusters: 2}\n", []string{"figure 0 has no influence"}, false},
		{"all of Webb's", "multiplier", "x\n1\n2\n", "kolommen: {waarden: [x]}\nopties: {minste_clusters: 2, alle: true, gewichten: webb}\n", []string{"no enumeration"}, false},
		{"no such sign", "multiplier", "x\n1\n2\n", "kolommen: {waarden: [x]}\nopties: {gewichten: normaal}\n", []string{"mammen or webb"}, false},
		{"a stratum of one side", "randomisatie", "y;b;s\n1;1;a\n2;0;a\n2;0;b\n", "kolommen: {uitkomst: y, behandeld: b, stratum: s}\n", []string{"stratum 1 has 0 treated"}, false},
		{"outcomes alike", "randomisatie", "y;b\n1;1\n1;0\n", "kolommen: {uitkomst: y, behandeld: b}\n", []string{"outcomes do not vary"}, false},
		{"no such statistic", "randomisatie", "y;b\n1;1\n1;0\n", "kolommen: {uitkomst: y, behandeld: b}\nopties: {maat: rang}\n", []string{"verschil or gestudentiseerd"}, false},
		{"too many to go over", "randomisatie", "y;b\n1;1\n1;0\n", "kolommen: {uitkomst: y, behandeld: b}\nopties: {hoogstens_alle: 99999999}\n", []string{"or -1: never"}, false},
		{"no cutoff", "regressie_naar_het_midden", "x;y\n1;2\n2;3\n", "kolommen: {eerste: x, tweede: y}\n", []string{"grens: this form needs it"}, false},
		{"nobody beyond", "regressie_naar_het_midden", "x\n1\n2\n", meanSpec + "vorm: dichtheid, grens: 9, foutvariantie: 1}\n", []string{"nobody is selected: of 2"}, false},
		{"a measurement that does not vary", "regressie_naar_het_midden", "x\n1\n1\n", meanSpec + "vorm: dichtheid, grens: 0, foutvariantie: 1}\n", []string{"does not vary"}, false},
		{"pairs that do not vary", "regressie_naar_het_midden", "x;y\n1;2\n1;3\n", "kolommen: {eerste: x, tweede: y}\nopties: {grens: 0}\n", []string{"does not vary"}, false},
		{"no error variance", "regressie_naar_het_midden", "x\n1\n2\n", meanSpec + "vorm: dichtheid, grens: 1}\n", []string{"foutvariantie: this form needs it"}, false},
		{"options of another form", "regressie_naar_het_midden", "x\n1\n2\n", meanSpec + "grens: 1, naaste: 5}\n", []string{"of the form rechtstreeks"}, false},
		{"a cutoff of no use", "regressie_naar_het_midden", "x\n1\n2\n", meanSpec + "vorm: rechtstreeks, grens: 5}\n", []string{"of the forms normaal"}, false},
		{"an error of no use", "regressie_naar_het_midden", "x\n1\n2\n", meanSpec + "grens: 1, foutvariantie: 5}\n", []string{"of the form dichtheid"}, false},
		{"nearest of bands", "regressie_naar_het_midden", "x\n1\n2\n", meanSpec + "vorm: rechtstreeks, naaste: 5, banden: [1, 2]}\n", []string{"minste_in_band of banden"}, false},
		{"bands that fall", "regressie_naar_het_midden", "x;y;s\n1;2;0\n2;3;1\n", "kolommen: {eerste: x, tweede: y, geselecteerd: s}\nopties: {vorm: rechtstreeks, banden: [2, 1]}\n",
			[]string{"bands [2 1]"}, false},
		{"nobody near", "regressie_naar_het_midden", "x;y;s\n1;2;0\n2;3;1\n", "kolommen: {eerste: x, tweede: y, geselecteerd: s}\nopties: {vorm: rechtstreeks}\n",
			[]string{"none of 1 selected"}, false},
		{"nobody selected", "regressie_naar_het_midden", "x;y;s\n1;2;0\n", "kolommen: {eerste: x, tweede: y, geselecteerd: s}\nopties: {vorm: rechtstreeks}\n",
			[]string{"0 selected"}, false},
		{"no such form", "regressie_naar_het_midden", "x\n1\n2\n", meanSpec + "vorm: schuin}\n", []string{"normaal, dichtheid or rechtstreeks"}, false},
		{"a second of no use", "regressie_naar_het_midden", "x\n1\n2\n", "kolommen: {eerste: x, tweede: x}\nopties: {vorm: dichtheid, grens: 1, foutvariantie: 1}\n",
			[]string{"no use for a second"}, false},
	} {
		_, err := Run(write(t, c.estimator, c.csv, c.spec))
		var e *exit.Error
		if !errors.As(err, &e) || e.Code != exit.Usage {
			t.Errorf("%s: %v is no misuse", c.name, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v does not say %q", c.name, err, want)
			}
		}
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v shows what a cell holds", c.name, err)
		}
		if c.english {
			continue
		}
		for _, text := range []string{e.Err.Error(), e.Remedy} {
			if _, ok := dutch.Say(text); !ok && text != "" {
				t.Errorf("%s: no Dutch for %q", c.name, text)
			}
		}
	}
	large := write(t, "gini", "b\n1\n", strings.Repeat("#\n", 1<<22))
	for want, opt := range map[string]Options{"needs data and a spec": {Name: "gini"}, "no file there": {Name: "gini", CSV: "weg.csv", Spec: "weg.yaml"},
		"it is larger than": large, "no file": {Name: "gini", CSV: t.TempDir(), Spec: large.CSV}} {
		var e *exit.Error
		_, err := Run(opt)
		if !errors.As(err, &e) || e.Code != exit.Usage || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v", opt, err)
			continue
		}
		if _, ok := dutch.Say(e.Err.Error()); !ok {
			t.Errorf("no Dutch for %v", e.Err)
		}
	}
}

// TestColumns: forms of a CSV that say the same, and rows that group and order do not change.
func TestColumns(t *testing.T) {
	want := ""
	for _, c := range []struct{ csv, spec string }{
		{"t;e;g\n1,5;ja;b\n2;nee;a\n3;ja;a\n", ""},
		{"t,e,g\n1.5,1,b\n2,0,a\n3,1,a\n", "csv: {scheiding: ',', decimaal: '.'}\n"},
		{"\ufefft;e;g\r\n+1,50;TRUE;b\r\n2e0;False;a\r\n 3 ;Ja;a\r\n", ""},
		{"x;g;e;t\n;\"b\";1;\"1,5\"\n;a;0;2\n;a;1;3", ""},
	} {
		doc, err := Run(write(t, "kaplan_meier", c.csv, c.spec+"kolommen: {tijd: t, gebeurtenis: e, groep: g}\n"))
		if err != nil {
			t.Errorf("%q: %v", c.csv, err)
			continue
		}
		if doc.Input.Rows != 3 || doc.Input.CSV != "data.csv" || len(doc.Input.CSVSha256) != 64 {
			t.Errorf("%+v", doc.Input)
		}
		doc.Input = Input{}
		if got := rendered(t, doc); want == "" {
			want = got
		} else if got != want {
			t.Errorf("%q comes to\n%s\nwant\n%s", c.csv, got, want)
		}
	}
	if strings.Index(want, `"groep": "a"`) > strings.Index(want, `"groep": "b"`) || strings.Contains(want, "NaN") {
		t.Error(want)
	}
}

// TestNamesAndDocs: names are words, and each says what it is.
func TestNamesAndDocs(t *testing.T) {
	if len(Names()) < 29 {
		t.Errorf("only %d estimators", len(Names()))
	}
	for _, name := range Names() {
		if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" || len(Doc(name)) < 20 || len(name) > 25 {
			t.Errorf("%s: %q", name, Doc(name))
		}
	}
}
