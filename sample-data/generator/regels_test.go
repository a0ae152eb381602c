package generator

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"stapel/config"
)

// said is what the test reads of a delivery note.
type said struct {
	Supplier  string    `yaml:"gegevensleverancier"`
	Gemeenten []string  `yaml:"gemeentecode"`
	From      time.Time `yaml:"periode_van"`
	To        time.Time `yaml:"periode_tot"`
	Made      time.Time `yaml:"aangemaakt"`
}

// notesOf reads the notes of a kind by the name of their extract.
func notesOf(t *testing.T, dir, kind string) map[string]said {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "inbox", kind, "*.levering.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no notes (%v)", kind, err)
	}
	out := map[string]said{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var n said
		if err := yaml.Unmarshal(text, &n); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[strings.TrimSuffix(filepath.Base(name), ".levering.yaml")] = n
	}
	return out
}

func asDay(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestNoFaults: without hostile a set has none of what suppliers do wrong (rules 61-71): no note covers a day after it was made,
// no two deliveries without reference numbers cover the same month, claims are not equal, not too long and not outside a life, and
// a benefit has one line a person.
func TestNoFaults(t *testing.T) {
	dir := small(t, Options{Households: 6000, Months: 36, Seed: 31, Effect: 3000})
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	born, died := map[string]time.Time{}, map[string]time.Time{}
	newest := map[string]string{}
	for _, r := range readKind(t, dir, "huishouden") {
		ps := r["persoon_ps"]
		if r["begindatum"] < newest[ps] {
			continue
		}
		newest[ps] = r["begindatum"]
		born[ps] = time.Date(number(t, r["geboortejaar"]), time.Month(number(t, r["geboortemaand"])), 1, 0, 0, 0, 0, time.UTC)
		delete(died, ps)
		if r["reden_einde"] == "overleden" {
			died[ps] = asDay(t, r["einddatum"])
		}
	}
	for _, k := range kinds {
		if k.rhythm == truth {
			continue
		}
		c := cfg.Contracts[k.name]
		notes := notesOf(t, dir, k.name)
		for name, n := range notes {
			if n.To.After(n.Made) {
				t.Errorf("%s: covers days after it was made", name)
			}
			for other, m := range notes {
				if c.Replaces != config.ReplacesNone || c.Period == nil || len(c.Reference) > 0 || name >= other || n.From.IsZero() || m.From.IsZero() {
					continue
				}
				if !n.From.After(m.To) && !m.From.After(n.To) {
					t.Errorf("%s and %s cover the same days", name, other)
				}
			}
		}
		if c.Money == nil || c.Period == nil {
			continue
		}
		seen := map[string]bool{}
		var all, twice, outside, ct int64
		for _, r := range readKind(t, dir, k.name) {
			text := r["bedrag_ct"] + r["uitgenut_ct"] + strings.ReplaceAll(r["bedrag_eur"]+r["betaalbaar_gesteld_eur"], ",", "")
			ct = int64(number(t, text))
			all += ct
			made := notes[r["bestand"]].Made
			var from, to time.Time
			if c.Period.Column == "jaarmaand" {
				from = asDay(t, r["jaarmaand"]+"-01")
				to = from.AddDate(0, 1, -1)
			} else {
				from = asDay(t, r[c.Period.Column])
				if to = from; c.Period.End != "" {
					to = asDay(t, r[c.Period.End])
				}
			}
			if days := int(to.Sub(from).Hours()/24) + 1; to.After(made) || c.Period.MaxDays > 0 && days > c.Period.MaxDays {
				t.Fatalf("%s: a line of %s to %s in a delivery made on %s", r["bestand"], from.Format(time.DateOnly), to.Format(time.DateOnly), made.Format(time.DateOnly))
			}
			ps := r["persoon_ps"]
			if gone, dead := died[ps]; ps != "" && (from.Before(born[ps]) || dead && to.After(gone.AddDate(0, 0, 31))) {
				outside += ct
			}
			if len(c.Reference) > 0 && k.name != "participatie_uitkering" {
				continue
			}
			key := strings.Join([]string{r["bestand"], ps, r["jaarmaand"], r["gemeentecode"], r["registratienummer"], r["statistiekcode"], r["cluster_bijz_bijstand"]}, " ")
			if k.name != "participatie_uitkering" {
				file := r["bestand"]
				delete(r, "bestand")
				key = lineOf(k.header, r)
				r["bestand"] = file
			}
			if seen[key] {
				twice += ct
			}
			seen[key] = true
		}
		// two halves of a year's medicines may fall on one day, which is no fault; a run stops at a fiftieth
		if twice > 0 && (k.name != "zvw_declaratie" || twice*1000 > all) || outside > 0 {
			t.Errorf("%s: of %d ct %d in lines that are there twice, %d outside a life", k.name, all, twice, outside)
		}
	}
}

// lineOf is a line of a kind without its file.
func lineOf(header string, r map[string]string) string {
	var cells []string
	for name := range strings.SplitSeq(header, ";") {
		cells = append(cells, r[name])
	}
	return strings.Join(cells, ";")
}
