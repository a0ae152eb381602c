package estimator

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// at is the number, text or yes that a result has at a path of keys and places, divided by points.
func at(t *testing.T, result any, path string) any {
	t.Helper()
	text, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	for _, key := range strings.Split(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(in) {
				t.Fatalf("no place %s of %s", key, path)
			}
			v = in[i]
		default:
			t.Fatalf("nothing at %s of %s", key, path)
		}
	}
	return v
}

// exampleData is the CSV of an example.
func exampleData(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(examples + "/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const (
	schoolColumns = "kolommen: {uitkomst: uitgaven, kenmerken: [inkomen_10000, inkomen_kwadraat]}\nopties: {fout: "
	firmColumns   = "kolommen: {eenheid: bedrijf, uitkomst: investering, kenmerken: [waarde, kapitaal]"
	wijkColumns   = "kolommen: {eenheid: huishouden, periode: jaar, uitkomst: uitkomst, eerste: eerste, kenmerken: [a, b]"
	patch         = "kolommen: {waarde: y, tweede: z}\nopties: {maat: verhouding, alle: true, minste_clusters: 2}\n"
	mice          = "kolommen: {waarde: dagen}\nopties: {maat: gemiddelde, alle: true, minste_clusters: 2}\n"
	patchData     = "z;y\n8406;-1200\n2342;2601\n8187;-2705\n8459;1982\n4795;-1290\n3516;351\n4796;-638\n10238;-2719\n"
	law           = "lsat;gpa\n576;3,39\n635;3,30\n558;2,81\n578;3,03\n666;3,44\n580;3,07\n555;3,00\n661;3,43\n651;3,36\n605;3,13\n653;3,12\n575;2,74\n545;2,76\n572;2,88\n594;2,96\n"
	twoMice       = "dagen;behandeld\n94;ja\n197;ja\n16;ja\n38;ja\n99;ja\n141;ja\n23;ja\n52;nee\n104;nee\n146;nee\n10;nee\n50;nee\n31;nee\n40;nee\n27;nee\n46;nee\n"
	people        = "b;s;x;n\n1;1;0;v1\n1;1;4;v2\n1;1;0;v3\n1;2;0;v4\n0;1;1;c1\n0;1;0;c2\n"
)

// TestOptions: what each option comes to, held to what the tests of the package itself cite (transforms/estimate), or to what its comment says.
func TestOptions(t *testing.T) {
	schools, firms, wijken, lottery := exampleData(t, "ols"), exampleData(t, "vaste_effecten"), exampleData(t, "gestaffeld"), exampleData(t, "lin")
	sleep, maize := exampleData(t, "did"), exampleData(t, "multiplier")
	for _, c := range []struct {
		name, estimator, csv, spec string
		want                       map[string]any // numbers to the digits given, or as near as said
	}{
		{"classical", "ols", schools, schoolColumns + "klassiek}\n", map[string]any{"uitkomst.coefficienten.2.standaardfout": "519.077"}},
		{"no kind named", "ols", schools, "kolommen: {uitkomst: uitgaven, kenmerken: [inkomen_10000, inkomen_kwadraat]}\n",
			map[string]any{"uitkomst.coefficienten.2.standaardfout": "519.077", "opties.fout": "klassiek", "opties.minste_clusters": nil}},
		{"HC0", "ols", schools, schoolColumns + "HC0}\n", map[string]any{"uitkomst.coefficienten.2.standaardfout": "829.993"}},
		{"HC1", "ols", schools, schoolColumns + "HC1}\n", map[string]any{"uitkomst.coefficienten.2.standaardfout": "856.072"}},
		{"HC2", "ols", schools, schoolColumns + "HC2}\n", map[string]any{"uitkomst.coefficienten.2.standaardfout": "1250.147"}},
		{"by firm", "ols", firms, "kolommen: {uitkomst: investering, kenmerken: [waarde, kapitaal], cluster: [bedrijf]}\n",
			map[string]any{"uitkomst.coefficienten.0.standaardfout": "20.4252029285", "opties.factor": "stata", "opties.minste_clusters": 10.0, "opties.fout": "cluster"}},
		{"both, smallest", "ols", firms, "kolommen: {uitkomst: investering, kenmerken: [waarde, kapitaal], cluster: [jaar, bedrijf]}\nopties: {factor: kleinste}\n",
			map[string]any{"uitkomst.coefficienten.0.standaardfout": "19.5056077357", "uitkomst.clusters.0": 20.0, "uitkomst.vrijheidsgraden": 9.0}},
		{"firms alone", "vaste_effecten", firms, firmColumns + "}\n",
			map[string]any{"uitkomst.coefficienten.0.schatting": "0.11012", "uitkomst.coefficienten.1.standaardfout": "0.01735", "uitkomst.opgenomen": 10.0}},
		{"nested", "vaste_effecten", firms, firmColumns + ", cluster: [bedrijf]}\nopties: {geneste_tellen: true}\n",
			map[string]any{"uitkomst.coefficienten.0.standaardfout": "0.0155539403"}},
		{"pairs", "did", sleep, "kolommen: {voor: voor, na: na, behandeld: tweede_middel, set: patient}\n",
			map[string]any{"uitkomst.toetsingsgrootheid": "4.0621", "uitkomst.interval.laag": "0.7001142", "opties.minste_sets": 10.0, "uitkomst.sets": 10.0}},
		{"lots by cluster", "lin", lottery, "kolommen: {uitkomst: uitkomst, behandeld: geloot, kenmerken: [a, b], cluster: cluster}\n",
			map[string]any{"uitkomst.standaardfout": "6.04246007", "uitkomst.interval.laag": "17.04526489", "uitkomst.vrijheidsgraden": 14.0}},
		{"mean of mice", "bootstrap", exampleData(t, "bootstrap"), mice, map[string]any{"uitkomst.schatting": "86.86", "uitkomst.standaardfout": "23.36",
			"opties.trekkingen": nil, "uitkomst.herhalingen": 1716.0, "uitkomst.zonder_uitkomst": 7.0}},
		// the patch data of Efron and Tibshirani 1993, section 10.3, ratio -0.0713; error and bias of all samples but those of one patient
		// eight times, which have no error by formula, run over in Python
		{"ratio", "bootstrap", patchData, patch, map[string]any{"uitkomst.schatting": "-0.0713", "uitkomst.standaardfout": "0.1023133473",
			"uitkomst.vertekening": "0.0077604572", "uitkomst.standaardfout_formule": "0.0975726120", "uitkomst.zonder_uitkomst": 8.0}},
		// Efron and Tibshirani 1993, tables 2.1: 86.86 - 56.22; the formula is that of two means, without less one
		{"difference", "bootstrap", twoMice, "kolommen: {waarde: dagen, behandeld: behandeld}\nopties: {maat: verschil}\n",
			map[string]any{"uitkomst.schatting": "30.63", "uitkomst.standaardfout_formule": "26.90", "opties.trekkingen": 999.0, "opties.minste_clusters": 10.0}},
		// Efron and Tibshirani 1993, table 6.1: .132 in 3200 draws
		{"correlation", "bootstrap", law, "kolommen: {waarde: lsat, tweede: gpa}\nopties: {maat: correlatie, trekkingen: 3200, zaad: wet}\n",
			map[string]any{"uitkomst.schatting": "0.776", "uitkomst.standaardfout": [2]float64{0.132, 0.008}, "uitkomst.percentiel_t": nil, "uitkomst.p": nil}},
		{"a null", "bootstrap", exampleData(t, "bootstrap"), strings.Replace(mice, "alle", "nul: 86.857142857142857, alle", 1), map[string]any{"uitkomst.p": 1.0}},
		{"from the mean", "multiplier", exampleData(t, "bootstrap"), "kolommen: {waarden: [dagen]}\nopties: {alle: true, minste_clusters: 2}\n",
			map[string]any{"uitkomst.gemiddelden.0.standaardfout": "23.36", "uitkomst.vergeleken": 128.0}},
		{"drawn signs", "multiplier", maize, "kolommen: {waarden: [verschil], cluster: paar}\nopties: {onder_nul: true, gewichten: webb, zaad: a}\n",
			map[string]any{"opties.trekkingen": 999.0, "opties.gewichten": "webb", "uitkomst.clusters": 15.0}},
		{"studentised", "randomisatie", twoMice, "kolommen: {uitkomst: dagen, behandeld: behandeld}\nopties: {maat: gestudentiseerd}\n",
			map[string]any{"uitkomst.schatting": "30.63", "uitkomst.toewijzingen": 11440.0, "uitkomst.alle": true}},
		{"mice", "randomisatie", twoMice, "kolommen: {uitkomst: dagen, behandeld: behandeld}\n", map[string]any{"uitkomst.p_hoger": "0.1405594"}}, // 1608 of 11440
		{"drawn lots", "randomisatie", twoMice, "kolommen: {uitkomst: dagen, behandeld: behandeld}\nopties: {hoogstens_alle: -1, trekkingen: 99}\n",
			map[string]any{"uitkomst.vergeleken": 99.0, "uitkomst.alle": false}},
		// 4 / 10 of ten values beyond 7 have mean 9; the density at 7 is a mean of normals with SD 2
		{"density", "regressie_naar_het_midden", "x\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n",
			"kolommen: {eerste: x}\nopties: {vorm: dichtheid, grens: 7, foutvariantie: 4, bandbreedte: 2}\n",
			map[string]any{"uitkomst.verandering": "-1.2813337931", "uitkomst.eerste": 9.0, "uitkomst.aandeel": "0.3", "opties.onder": false}},
		{"bandwidth", "regressie_naar_het_midden", "x\n1\n2\n3\n4\n5\n", "kolommen: {eerste: x}\nopties: {vorm: dichtheid, grens: 3, foutvariantie: 1, onder: true}\n",
			map[string]any{"uitkomst.eerste": 1.5, "opties.onder": true, "opties.bandbreedte": "1.0314"}}, // 0,9 times an SD of 1,5811 (the quartiles lie wider) over 5^0,2
		// half of those at 20 or more went down by 5 and half by 7, those below did not change
		{"bands", "regressie_naar_het_midden", "x;y;s\n10;10;nee\n11;11;nee\n20;15;nee\n22;15;nee\n21;99;ja\n40;0;ja\n",
			"kolommen: {eerste: x, tweede: y, geselecteerd: s}\nopties: {vorm: rechtstreeks, banden: [0, 20, 30], minste_in_band: 2}\n",
			map[string]any{"uitkomst.verandering": -6.0, "uitkomst.vergeleken": 1.0, "uitkomst.buiten_bereik": 1.0, "uitkomst.onbehandeld": 2.0, "opties.naaste": nil,
				"opties.betrouwbaarheid": 0.95, "opties.grens": nil}},
		{"a line", "regressie_naar_het_midden", "x;y;s\n10;9;nee\n20;18;nee\n30;27;nee\n25;0;ja\n", // second = 0,9 first
			"kolommen: {eerste: x, tweede: y, geselecteerd: s}\nopties: {vorm: rechtstreeks}\n", map[string]any{"uitkomst.verandering": "-2.5000000", "opties.naaste": 100.0}},
		// v3 is likeliest by score and first takes c2, which is equal; v2 is too far from c1; v4 has nobody in its stratum
		{"matching", "koppelen", people, "kolommen: {behandeld: b, kenmerken: [x], score: x, stratum: s, naam: n}\nopties: {afstand: score, controles: 1, caliper: 1.1, spreiding: alle}\n",
			map[string]any{"uitkomst.gekoppeld": 2.0, "uitkomst.zonder_controle.1.behandeld": "v4", "uitkomst.zonder_controle.1.reden": "geen kandidaat in het stratum",
				"uitkomst.zonder_controle.0.behandeld": "v2", "uitkomst.zonder_controle.0.reden": "geen kandidaat binnen de caliper", "uitkomst.sets.0.behandeld": "v1",
				"uitkomst.sets.0.controles.0": "c2", "uitkomst.sets.1.controles.0": "c1", "opties.score_als": nil}},
		{"matching by default", "koppelen", "b;x\n1;1\n0;1\n1;3\n0;2\n1;2\n0;4\n", "kolommen: {behandeld: b, kenmerken: [x]}\n",
			map[string]any{"opties.afstand": "rang_mahalanobis", "opties.controles": 3.0, "opties.caliper": 0.2, "opties.spreiding": "binnen", "opties.score_als": "logit",
				"opties.schaal": "gezamenlijk", "opties.bakken": 20.0}},
		{"weighted balance", "balans", "b;x;w\n1;1;1\n1;3;1\n0;1;0\n0;4;2\n0;2;1\n", "kolommen: {behandeld: b, kenmerken: [x], gewicht: w}\n",
			map[string]any{"uitkomst.kenmerken.0.controles": "3.3333333", "uitkomst.controles.effectief_aantal": "1.8"}},
		{"regression, weights", "gestaffeld", wijken, wijkColumns + ", gewicht: gewicht}\nopties: {methode: regressie, trekkingen: -1}\n",
			map[string]any{"uitkomst.samenvattingen.alle.geheel.effect": "-22.63985608", "uitkomst.samenvattingen.alle.geheel.standaardfout": "1.77479092",
				"uitkomst.cellen.0.band": nil, "opties.zaad": nil, "opties.trekkingen": -1.0}},
		{"weighing, not yet", "gestaffeld", wijken, wijkColumns + ", gewicht: gewicht}\nopties: {methode: weging, controles: nog_niet, trekkingen: -1}\n",
			map[string]any{"uitkomst.samenvattingen.groep.geheel.effect": "-21.02824452", "uitkomst.samenvattingen.groep.geheel.standaardfout": "2.02279743"}},
		{"anticipation", "gestaffeld", wijken, wijkColumns + "}\nopties: {controles: nog_niet, vooruit: 1, trekkingen: -1}\n",
			map[string]any{"uitkomst.samenvattingen.tijd_sinds.geheel.effect": "-26.78313587", "uitkomst.samenvattingen.tijd_sinds.geheel.standaardfout": "1.83626392"}},
		{"one base", "gestaffeld", wijken, wijkColumns + "}\nopties: {een_basis: true, gewichten: mammen}\n",
			map[string]any{"uitkomst.samenvattingen.periode.geheel.standaardfout": "1.71571018", "opties.gewichten": "mammen", "opties.trekkingen": 999.0,
				"opties.minste_groep": 7.0, "opties.minste_clusters": nil}},
		{"small groups", "gestaffeld", wijken, wijkColumns + "}\nopties: {minste_groep: 30, trekkingen: -1}\n",
			map[string]any{"uitkomst.cellen.4.niet_geschat": "too few units: group 2024 has 26 units, fewer than 30", "uitkomst.cellen.4.effect": nil, "uitkomst.vooraf": nil,
				"uitkomst.samenvattingen.alle.geheel": nil}},
	} {
		doc, err := Run(write(t, c.estimator, c.csv, c.spec))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for path, want := range c.want {
			got := at(t, doc, path)
			if digits, ok := want.(string); ok {
				if v, isNumber := got.(float64); isNumber {
					_, decimals, _ := strings.Cut(digits, ".")
					got = strconv.FormatFloat(v, 'f', len(decimals), 64)
				}
			}
			if within, ok := want.([2]float64); ok {
				if v, isNumber := got.(float64); isNumber && math.Abs(v-within[0]) <= within[1] {
					got = want
				}
			}
			if got != want {
				t.Errorf("%s: %s is %v, want %v", c.name, path, got, want)
			}
		}
	}
}

// TestPanelOrder: rows of a panel may lie in any order.
func TestPanelOrder(t *testing.T) {
	text := exampleData(t, "gestaffeld")
	lines := strings.Split(strings.TrimSpace(text), "\n")
	slices.Reverse(lines[1:])
	var want any
	for i, csv := range []string{text, strings.Join(lines, "\n") + "\n"} {
		doc, err := Run(write(t, "gestaffeld", csv, wijkColumns+", cluster: wijk}\n"))
		if err != nil {
			t.Fatal(err)
		}
		got := at(t, doc, "uitkomst")
		if i == 0 {
			want = got
		} else if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

// TestNoNumber: numbers too large to reckon with are refused, and never come out as none; a perfect fit has no test.
func TestNoNumber(t *testing.T) {
	for _, c := range []struct{ estimator, csv, spec string }{
		{"did", "v;n;b\n0;1e308;1\n0;-1e308;1\n0;1e308;0\n1;-1e308;0\n", "kolommen: {voor: v, na: n, behandeld: b}\n"},
		{"ols", "y;x\n1e200;1\n-1e200;2\n3e200;5\n", "kolommen: {uitkomst: y, kenmerken: [x]}\n"},
	} {
		if doc, err := Run(write(t, c.estimator, c.csv, c.spec)); err == nil || !strings.Contains(err.Error(), "a result is no number") {
			t.Errorf("%s: %+v, %v", c.estimator, doc, err)
		}
	}
	e := estimatedBy(2, 0, 5, 0.95)
	if e.Statistic != nil || e.P != nil || *e.Interval.Low != 2 || *e.Interval.High != 2 {
		t.Errorf("%+v", e)
	}
	if e := estimatedBy(1, 1, math.Inf(1), 0.95); math.Abs(*e.P-0.3173105) > 1e-7 || math.Abs(*e.Interval.High-2.959964) > 1e-6 {
		t.Errorf("%+v", e)
	}
}
