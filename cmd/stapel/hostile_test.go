package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stapel/pipeline"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
)

const wonenHeader = "persoon_ps;gemeentecode;soort;datum\n"

// wonen is n good lines of wonen_signaal.
func wonen(n int) string {
	var b strings.Builder
	b.WriteString(wonenHeader)
	for i := range n {
		fmt.Fprintf(&b, "v1_%032x;0855;huurachterstand;2025-03-01\n", i)
	}
	return b.String()
}

func gz(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func utf16(text string, bom bool) string {
	var b []byte
	if bom {
		b = []byte{0xff, 0xfe}
	}
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return string(b)
}

// testInbox makes a data folder with a household, the persons of wonen, and the files given, and a key; it returns the flags that name them.
func testInbox(t *testing.T, files map[string]string) (data string, flags []string) {
	t.Helper()
	data = t.TempDir()
	put := func(name, text string) {
		file := filepath.Join(data, "inbox", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	home := "persoon_ps;huishouden_ps;gemeentecode;begindatum;geboortejaar;typhh;plhh\n" +
		"v1_000000000000000000000000000000a1;v1_000000000000000000000000000000b1;0855;2020-01-01;1980;1;2\n"
	for i := range 60 { // the persons of wonen live somewhere, each alone
		home += fmt.Sprintf("v1_%032x;v1_%032x;0855;2020-01-01;1980;1;2\n", i, 0xc0000+i)
	}
	put("huishouden/h.csv", home)
	for name, text := range files {
		put(name, text)
	}
	key := filepath.Join(t.TempDir(), "sleutel")
	if code, _, errs := stapel(t, t.Context(), "key", "new", "--key-file", key); code != exit.Done {
		t.Fatal(errs)
	}
	return data, []string{"--data", data, "--key-file", key, "--peildatum", "2025-12-31"}
}

// TestHostileInbox: every kind of bad file has its outcome, does not stop the others, crashes nothing, and leaves no value
// of its cells in anything that is printed or kept. docs/extracts.md lists the outcomes.
func TestHostileInbox(t *testing.T) {
	const secret = "GEHEIMEWAARDE"
	bad := "v1_000000000000000000000000000000ff;0855;" + secret + ";2025-01-01\n"
	refused := map[string][2]string{ // name -> content, code
		"codering-laat.csv":   {wonen(20000) + "v1_000000000000000000000000000000ff;0855;S\xdaDWEST " + secret + ";2025-01-01\n", "UTF-8"},
		"nul.csv":             {wonen(3) + "v1_0000000000000000000000000000\x00" + secret + ";0855;opvang;2025-01-01\n", "NUL"},
		"utf16.csv":           {utf16(wonen(3), true), "UTF-16"},
		"utf16-zonder.csv":    {utf16(wonen(3), false), ":1:"},
		"lange-regel.csv":     {wonen(3) + strings.Repeat("x", 100<<20), "lang"},
		"gz-afgekapt.csv.gz":  {gz(t, wonen(5000))[:3000], "gz"},
		"gz-bom.csv.gz":       {gz(t, wonenHeader+strings.Repeat(" ;;; \n", 20<<20)), "max_gzip_ratio"},
		"gz-geen.csv.gz":      {wonen(3), "gz"},
		"dubbele-kop.csv":     {strings.Replace(wonen(3), "soort;datum", "soort;soort;datum", 1), "soort"},
		"kolom-weg.csv":       {strings.Replace(wonen(3), ";datum", "", 1), "datum"},
		"kolom-vreemd.csv":    {strings.Replace(wonen(3), ";datum", ";datum;bijzonderheden", 1), "bijzonderheden"},
		"nationaliteit.csv":   {strings.Replace(wonen(3), ";datum", ";datum;nationaliteit", 1), "nationaliteit"},
		"leeg.csv":            {"", "leeg"},
		"bsn.csv":             {wonen(3) + "123456782;0855;opvang;2025-01-01\n", ":5: persoon_ps"},
		"bsn-punten.csv":      {wonen(3) + "1234.56.789;0855;opvang;2025-01-01\n", ":5: persoon_ps"},
		"twee-versies.csv":    {wonen(3) + "v2_000000000000000000000000000000ff;0855;opvang;2025-01-01\n", "versie"},
		"te-veel-fout.csv":    {wonen(30) + strings.Repeat(bad, 11), "11 van de 41 regels"},
		"brief-telt-niet.csv": {wonen(3), "aantal_regels"},
		"brief-kapot.csv":     {wonen(3), "levering.yaml"},
	}
	accepted := map[string]struct {
		text        string
		lines, good int64
	}{
		"alleen-kop.csv":        {wonenHeader, 0, 0},
		"kop-omgewisseld.csv":   {"datum;soort;gemeentecode;persoon_ps\n2025-03-01;opvang;0855;v1_000000000000000000000000000000c1\n", 1, 1},
		"regeleinden.csv":       {strings.Replace(strings.Replace(wonen(6), "\n", "\r\n", 2), "01\n", "01\r", 1), 6, 6},
		"bom.csv":               {"\xef\xbb\xbf" + wonen(4), 4, 4},
		"aanhaling-open.csv":    {wonen(40) + "\"v1_000000000000000000000000000000ff;0855;opvang;2025-01-01\n" + strings.TrimPrefix(wonen(50), wonenHeader), 91, 90},
		"half-gekopieerd.csv":   {wonen(40) + "v1_000000000000000000000000000", 41, 40},
		"zonder-laatste.csv":    {strings.TrimSuffix(wonen(5), "\n"), 5, 5},
		"lege-regels.csv":       {strings.ReplaceAll(wonen(7), "\n", "\n\n"), 7, 7},
		"code-onbekend.csv":     {wonen(8) + bad, 9, 8},
		"-rf.csv":               {wonen(9), 9, 9},
		"nieuwe\nregel.csv":     {wonen(10), 10, 10},
		"spatie en 'quote.csv":  {wonen(11), 11, 11},
		"gz.csv.gz":             {gz(t, wonen(12)), 12, 12},
		"windows\\stijl;x.csv":  {wonen(13), 13, 13},
		"emoji-\U0001f600é.csv": {wonen(14), 14, 14},
	}
	files := map[string]string{"wonen_signaal/brief-telt-niet.csv.levering.yaml": "aantal_regels: 4\n",
		"wonen_signaal/brief-kapot.csv.levering.yaml": "aantal_regels: veel\n"}
	for name, f := range refused {
		files["wonen_signaal/"+name] = f[0]
	}
	for name, f := range accepted {
		files["wonen_signaal/"+name] = f.text
	}
	files["veldmelding/formule.csv"] = "persoon_ps;gemeentecode;datum;melder;reden\n" +
		"v1_000000000000000000000000000000a1;0855;2025-01-01;wijkteam;=HYPERLINK(\"http://x\")\n"
	data, flags := testInbox(t, files)
	in := filepath.Join(data, "inbox", "wonen_signaal")
	if err := os.Mkdir(filepath.Join(in, "map.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "buiten.csv")
	if err := os.WriteFile(outside, []byte(wonen(2)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"koppeling.csv": outside, "doodlopend.csv": filepath.Join(data, "weg")} {
		if err := os.Symlink(to, filepath.Join(in, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"map.csv", "koppeling.csv", "doodlopend.csv"} {
		refused[name] = [2]string{"", "geen gewoon bestand"}
	}

	code, out, errs := stapel(t, t.Context(), append([]string{"run", "--json"}, flags...)...)
	if code != exit.Refused {
		t.Fatalf("exit %d\n%s\n%s", code, out, errs)
	}
	var result pipeline.Result
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		t.Fatal(err)
	}
	if len(result.RefusedBy) != len(refused) {
		t.Errorf("%d files are refused, want %d", len(result.RefusedBy), len(refused))
	}
	for name, f := range refused {
		found := ""
		for _, r := range result.RefusedBy {
			if strings.HasPrefix(r, "wonen_signaal/"+name+":") || strings.HasPrefix(r, "wonen_signaal/"+name+ingest.NoteSuffix+":") {
				found = r
			}
		}
		if found == "" || !strings.Contains(found, f[1]) {
			t.Errorf("%s: refused with %q, want it to say %q", name, found, f[1])
		}
	}
	status := map[string]deliveryRow{}
	for _, d := range readMart[deliveryRow](t, data, "levering") {
		status[d.File] = d
	}
	for name, f := range accepted {
		shown := "wonen_signaal/" + name
		if strings.Contains(name, "\n") {
			shown = "wonen_signaal/" + fmt.Sprintf("%q", name)
		}
		if d := status[shown]; d.Status != "geaccepteerd" || d.Lines != f.lines || d.Lines-d.Quarantined != f.good {
			t.Errorf("%q: %s, %d lines of which %d in quarantine; want %d and %d good", name, d.Status, d.Lines, d.Quarantined, f.lines, f.good)
		}
	}

	// No value of a cell is in anything that is printed or kept; the lake holds text columns by design, the inbox is theirs.
	said := out + errs
	err := filepath.WalkDir(data, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(data, p)
		if err != nil || d.IsDir() || strings.HasPrefix(rel, "inbox") {
			return err
		}
		text, err := os.ReadFile(p)
		if strings.HasSuffix(p, ".html") || strings.HasSuffix(p, ".csv") || strings.HasSuffix(p, ".json") || strings.HasSuffix(p, ".jsonl") {
			said += string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{secret, "123456782", "1234.56.789", "v1_0000", "HYPERLINK"} {
		if i := strings.Index(said, value); i >= 0 {
			t.Errorf("%q is in what was printed or kept: …%q…", value, said[max(0, i-60):min(len(said), i+60)])
		}
	}
}

// TestFullDisk: a disk that fills up fails the run with nothing published and nothing half-written in place; with room
// again it works.
func TestFullDisk(t *testing.T) {
	data, flags := testInbox(t, map[string]string{"wonen_signaal/w.csv": wonen(20000)})
	small := filepath.Join(t.TempDir(), "klein")
	if err := os.Mkdir(small, 0o700); err != nil {
		t.Fatal(err)
	}
	mount := func(size string) {
		t.Helper()
		if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", small).CombinedOutput(); err != nil {
			t.Skipf("no tmpfs can be mounted here (needs root): %s", out)
		}
	}
	mount("2400k")
	t.Cleanup(func() { exec.Command("umount", small).Run() })
	if out, err := exec.Command("cp", "-r", filepath.Join(data, "inbox"), small).CombinedOutput(); err != nil {
		t.Fatalf("%s", out)
	}
	flags[1] = small
	code, _, errs := stapel(t, t.Context(), append([]string{"run"}, flags...)...)
	if code != exit.Failed || !strings.Contains(strings.ToLower(errs), "no space left") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if strings.Contains(errs, "v1_") {
		t.Errorf("the message quotes data: %s", errs)
	}
	if _, err := os.Stat(filepath.Join(small, "latest")); err == nil {
		t.Error("something was published")
	}
	if out, err := exec.Command("mount", "-o", "remount,size=64m", small).CombinedOutput(); err != nil {
		t.Fatalf("%s", out)
	}
	if code, _, errs := stapel(t, t.Context(), append([]string{"run"}, flags...)...); code != exit.Done {
		t.Errorf("with room again: exit %d: %s", code, errs)
	}
}

// TestLittleMemory: what the engine lacks is said in one line, with the setting to change.
func TestLittleMemory(t *testing.T) {
	_, flags := testInbox(t, map[string]string{"wonen_signaal/w.csv": wonen(2000)})
	t.Setenv("STAPEL_ENGINE_MEMORY_MB", "1")
	code, _, errs := stapel(t, t.Context(), append([]string{"run"}, flags...)...)
	lines := strings.Split(strings.TrimSpace(errs), "\n")
	last := lines[len(lines)-1]
	if code != exit.Failed || !strings.HasPrefix(last, "stapel: ") ||
		!strings.Contains(last, "computing needs more memory than engine.memory_mb allows (1 MB); raise engine.memory_mb") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if strings.Contains(strings.ToLower(errs), "duckdb") || strings.Contains(errs, "allocate") {
		t.Errorf("the engine's own text: %s", errs)
	}
}

// keyOf returns what gives a person's id under the key that flags name.
func keyOf(t *testing.T, flags []string) func(ps string) string {
	t.Helper()
	data, err := os.ReadFile(flags[3])
	if err != nil {
		t.Fatal(err)
	}
	secret, err := decodeKey(data)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ingest.NewProjectKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	return func(ps string) string { return ingest.PersoonID(key.Key(ingest.DomainPersoon, ps)) }
}

// TestReadOnlyInbox: stapel writes nothing to the inbox, so one that can only be read will do.
func TestReadOnlyInbox(t *testing.T) {
	data, flags := testInbox(t, map[string]string{"wonen_signaal/w.csv": wonen(5)})
	inbox := filepath.Join(data, "inbox")
	before := tree(t, inbox)
	if out, err := exec.Command("mount", "--bind", inbox, inbox).CombinedOutput(); err != nil {
		t.Skipf("nothing can be mounted here (needs root): %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", inbox).Run() })
	if out, err := exec.Command("mount", "-o", "remount,ro,bind", inbox).CombinedOutput(); err != nil {
		t.Fatalf("%s", out)
	}
	if err := os.WriteFile(filepath.Join(inbox, "x"), nil, 0o600); err == nil {
		t.Fatal("the inbox can be written to; the test tests nothing")
	}
	if code, _, errs := stapel(t, t.Context(), append([]string{"run"}, flags...)...); code != exit.Done {
		t.Errorf("exit %d: %s", code, errs)
	}
	if !maps.Equal(tree(t, inbox), before) {
		t.Error("the inbox changed")
	}
}
