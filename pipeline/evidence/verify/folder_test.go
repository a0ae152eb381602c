package verify_test

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/access"
	"stapel/pipeline/analyseplan"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/lake"
	"stapel/pipeline/mus"
	"stapel/pipeline/sample"
	"stapel/pipeline/selection"
	"stapel/pipeline/testrun"
	sampledata "stapel/sample-data"
)

// The rules of the test's own configuration, by which its households can be chosen.
const ownSelection = `threshold_eur: 100000
aantal: 2
eligibility:
  min_adults: 0
  min_children: 0
  min_domains: 0
  at_threshold: false
  max_zvw_percent: 100
  no_plan: false
  not_institutional: false
`

// folder is a data folder that has everything that verify looks at, with a configuration of its own.
type folder struct {
	data, dir string // of the configuration
	first     string // id of the run as far as the marts, which nobody signed
	id        string // of the signed run, which is the latest
	known     verify.Known
	cfg       *config.Config // as the folder of the configuration is, but for TestDoings
}

// root is where theFolder lies, "" when no test asked for it.
var root string

// theFolder is made once: who changes something in it puts it back.
var theFolder = sync.OnceValues(func() (*folder, error) {
	var err error
	if root, err = os.MkdirTemp("", "stapel-verify-"); err != nil {
		return nil, err
	}
	f := &folder{data: filepath.Join(root, "data"), dir: filepath.Join(root, "config")}
	return f, f.make()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if root != "" {
		os.RemoveAll(root)
	}
	os.Exit(code)
}

func shared(t *testing.T) *folder {
	t.Helper()
	f, err := theFolder()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *folder) load(set map[string]any) (*config.Config, error) {
	all := map[string]any{configtest.Exclusions: false, "run.peildatum": "2025-12-31", "engine.threads": 1}
	maps.Copy(all, set)
	return config.Load(config.Options{Dir: f.dir, Set: all})
}

func openDuck(*config.Config) engine.Open { return duckdb.Opener(0, 1) }

// extract puts an extract in the inbox, packed when its name says so, with a note.
func (f *folder) extract(name, text, note string) error {
	file := filepath.Join(f.data, "inbox", name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	if note != "" {
		if err := os.WriteFile(file+".levering.yaml", []byte(note), 0o600); err != nil {
			return err
		}
	}
	if !strings.HasSuffix(name, ".gz") {
		return os.WriteFile(file, []byte(text), 0o600)
	}
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	z := gzip.NewWriter(out)
	if _, err := io.WriteString(z, text); err != nil {
		return err
	}
	return z.Close()
}

// deliver fills the inbox: three households, an extract that is packed, a line that is quarantined, a file that is delivered twice and one that is refused.
func (f *folder) deliver() error {
	homes := "persoon_ps;huishouden_ps;gemeentecode;begindatum;geboortejaar;typhh;plhh\n"
	cost := "persoon_ps;gemeentecode;referentie_nummer;product_categorie;product_begin;product_eind;bedrag_ct;debet_credit;aanbieder_agb\n"
	for i := range 3 {
		homes += fmt.Sprintf("v1_%032x;v1_%032x;0855;2020-01-01;1980;1;2\n", 0xa1+i, 0xb1+i)
		cost += fmt.Sprintf("v1_%032x;0855;R%d;02;2025-06-01;2025-06-30;%d;D;01234567\n", 0xa1+i, i, 300000*(i+1))
	}
	note := func(id string) string {
		return "levering_id: " + id + "\ngegevensleverancier: proef\ngemeentecode: [GM0855]\nperiode_van: 2023-01-01\nperiode_tot: 2025-12-31\naangemaakt: 2026-01-10\n"
	}
	bad := cost + "v1_000000000000000000000000000000a1;0855;R9;02;2025-06-01;2025-06-30;geen getal;D;01234567\n"
	for _, x := range [][3]string{{"huishouden/h.csv", homes, note("h-1")}, {"wmo_declaratie/w.csv.gz", bad, note("w-1")}, {"wmo_declaratie/weer.csv", bad, note("w-2")},
		{"jeugd_declaratie/j.csv", "geen;kolommen\n1;2\n", note("j-1")}} {
		if err := f.extract(x[0], x[1], x[2]); err != nil {
			return err
		}
	}
	return nil
}

func (f *folder) make() error {
	ctx := context.Background()
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(f.dir, "selection.yaml"), []byte(ownSelection), 0o600); err != nil {
		return err
	}
	if err := f.deliver(); err != nil {
		return err
	}
	// a plan that was frozen and a draw that was made before the peildatum, so that the runs have them
	expected := int64(100000)
	plan := analyseplan.Plan{Way: "rang", Households: 10, Listed: 20, Months: 12, ExpectedCt: &expected, Start: "2025-09", Overlap: 100}
	if _, _, err := analyseplan.Freeze(f.data, plan, analyseplan.Basis{Peildatum: "2025-01-31"}, "2025-06-01T12:00:00Z", "proef"); err != nil {
		return err
	}
	cfg, err := f.load(nil)
	if err != nil {
		return err
	}
	f.cfg = cfg
	opt := testrun.Options(f.data, cfg)
	first, err := pipeline.Run(ctx, opt)
	if err != nil {
		return err
	}
	key := filepath.Join(root, "ondertekensleutel")
	if _, err := attest.NewKey(attest.KeyOptions{Data: f.data, File: key}); err != nil {
		return err
	}
	if opt.Signer, err = attest.ReadSigner(key, f.data); err != nil {
		return err
	}
	opt.Until = ""
	r, err := pipeline.Run(ctx, opt)
	if err != nil {
		return err
	}
	f.first, f.id = first.RunID, r.RunID
	if _, err := attest.MakeReceipt(f.data); err != nil {
		return err
	}
	return f.afterwards(ctx, cfg)
}

// afterwards is what people do with a run: look, choose, draw lots, take dossiers along, draw a sample.
func (f *folder) afterwards(ctx context.Context, cfg *config.Config) error {
	l := &lake.Lake{Root: f.data}
	why, err := access.Because("een test", "x")
	if err != nil {
		return err
	}
	for range 4 {
		if err := why.Log(f.data, access.Look{What: "explain", Run: f.id}); err != nil {
			return err
		}
	}
	for _, o := range []selection.Options{{N: 1, Manier: "rang"}, {N: 1, Manier: "loting"}, {N: 1, Manier: "loting", Draw: "loting-001", Seed: "4 17 23"}} {
		o.Data, o.Config, o.Engine, o.Keep, o.Why = f.data, cfg, openDuck(cfg), true, "een test"
		if _, err := selection.Select(ctx, o); err != nil {
			return fmt.Errorf("select %s: %w", o.Manier, err)
		}
	}
	_, err = sample.Take(ctx, sample.Options{Data: f.data, Why: "een test", Tolerable: "10%", Expected: "0", Load: f.load, Engine: openDuck,
		Plan: mus.Plan{Confidence: 0.95, Method: mus.Interval, Model: mus.Poisson, Seed: "4 17 23"}})
	if err != nil {
		return fmt.Errorf("sample: %w", err)
	}
	for _, page := range []string{l.Run(f.id).File("reports/analist/veranderd.html"), filepath.Join(l.Run(f.id).Dossiers(), "h-0000000000000000.html")} {
		if err := os.MkdirAll(filepath.Dir(page), 0o700); err != nil {
			return err
		}
		if err := lake.WriteFile(page, []byte("<p>een pagina</p>\n")); err != nil {
			return err
		}
		if err := l.Attach(page); err != nil {
			return err
		}
	}
	return nil
}

// verified verifies every run.
func (f *folder) verified(t *testing.T) *verify.Result {
	t.Helper()
	return f.verifiedWith(t, func(map[string]any) (*config.Config, error) { return f.cfg, nil })
}

func (f *folder) verifiedWith(t *testing.T, load func(map[string]any) (*config.Config, error)) *verify.Result {
	t.Helper()
	r, err := verify.Run(t.Context(), verify.Options{Data: f.data, All: true, Secret: sampledata.DemoKey[:], Load: load, Known: &f.known})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// at is the full name of a file below the data folder.
func (f *folder) at(file string) string { return filepath.Join(f.data, filepath.FromSlash(file)) }

// files are all files, below the data folder.
func (f *folder) files(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(f.data, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".lock" {
			return err
		}
		rel, err := filepath.Rel(f.data, p)
		files = append(files, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// whole is a hash over every name, mode and byte of a folder.
func whole(t *testing.T, folder string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(folder, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(h, p, st.Mode())
		if d.IsDir() {
			return nil
		}
		data, err := os.ReadFile(p)
		h.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// TestFolder: the folder has everything, and verifying it finds nothing and changes nothing.
func TestFolder(t *testing.T) {
	f := shared(t)
	before := whole(t, f.data)
	r := f.verified(t)
	for _, x := range r.Findings {
		if !x.Remark {
			t.Error(x)
		}
	}
	if whole(t, f.data) != before {
		t.Error("verifying changed something")
	}
	all := strings.Join(f.files(t), "\n")
	for _, want := range []string{"/vrij/", "/reports/analist/csv/", ".xlsx", "/reports/accountant/steekproef-", "/dossiers/", "/selecties/", "lotingen/loting-001.parquet", "analyseplannen/",
		"quarantine/", "ondertekening/ontvangst/", "manifest.dsse.json", "publicaties.jsonl", "lake/persoon/", "inzage.jsonl.stand"} {
		if !strings.Contains(all, want) {
			t.Errorf("the folder has no %s", want)
		}
	}
	if len(r.Runs) != 2 || len(r.Runs[1].Identities) < 10 || r.LogLines < 10 {
		t.Errorf("%+v", r.Runs)
	}
}
