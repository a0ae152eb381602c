package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Files that are refused as a whole: the code, the line and the column, and never a value.
func TestRefusals(t *testing.T) {
	full := parseContract(t, testContract)
	small := parseContract(t, smallContract)
	lines := func(n int, make func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(make(i))
		}
		return b.String()
	}
	for _, c := range []struct {
		name   string
		data   string
		small  bool
		code   string
		regel  int64
		kolom  string
		secret string // may not be in the message
	}{
		{name: "empty", data: "", code: RefLeeg},
		{name: "only a BOM", data: "\xef\xbb\xbf", code: RefLeeg},
		{name: "only empty lines", data: "\n\r\n\r", code: RefLeeg},
		{name: "UTF-16 little endian", data: "\xff\xfea\x00;\x00b\x00\n\x00", small: true, code: RefCodering, regel: 1},
		{name: "UTF-16 big endian", data: "\xfe\xff\x00a\x00;\x00b\x00\n", small: true, code: RefCodering, regel: 1},
		{name: "UTF-16 without BOM", data: "a\x00;\x00b\x00\n\x00", small: true, code: RefCodering, regel: 1},
		{name: "NUL", data: "a;b\n1;x\n2;y\x00\n", small: true, code: RefCodering, regel: 3},
		{name: "NUL in a line in quarantine", data: "a;b\n1;x\n2;y;\x00\n", small: true, code: RefCodering, regel: 3},
		{name: "NUL after a lone CR", data: "a;b\r1;x\r2;\"y\r\x00\"\r", small: true, code: RefCodering, regel: 4},
		{name: "not UTF-8", data: "a;b\n1;x\n\n2;caf\xe9\n", small: true, code: RefCodering, regel: 4, secret: "caf"},
		{name: "not UTF-8 after a quote over lines", data: "a;b\n\"a\"\"\n\";\xff\n", small: true, code: RefCodering, regel: 3},
		{name: "truncated UTF-8 at the end", data: "a;b\n1;\xc3", small: true, code: RefCodering, regel: 2},
		{name: "surrogate", data: "a;b\n1;\xed\xa0\x80\n", small: true, code: RefCodering, regel: 2},
		{name: "header not UTF-8", data: "a;b\xe9\n", small: true, code: RefCodering, regel: 1},
		{name: "missing columns", data: strings.ReplaceAll(testHeader, "bedrag_ct", "bedrag"), code: RefKopregel, regel: 1},
		{name: "header after empty lines", data: "\n\na;c\n", small: true, code: RefKopregel, regel: 3},
		{name: "double column", data: "a;b;A\n", small: true, code: RefKopregel, regel: 1},
		{name: "unknown column", data: "a;b;naam\n", small: true, code: RefKopregel, regel: 1},
		{name: "nationality", data: "a;b;nationaliteit\n", small: true, code: RefKolomGeweigerd, regel: 1},
		{name: "no header", data: ps("jan") + ";0855\n" + ps("piet") + ";0855\n", small: true, code: RefKopregel, regel: 1, secret: ps("jan")},
		{name: "values beside names", data: "a;b;" + ps("jan") + "\n", small: true, code: RefKopregel, regel: 1, secret: ps("jan")},
		{name: "comma", data: "a,b\n1,x\n", small: true, code: RefKopregel, regel: 1},
		{name: "quote in header", data: "a;b\"\n1;x\n", small: true, code: RefKopregel, regel: 1},
		{name: "BSN for a person", data: testHeader + line() + line("persoon_ps=123456789"), code: RefBSNSleutel, regel: 3, kolom: "persoon_ps", secret: "123456789"},
		{name: "BSN with dots", data: testHeader + line("ouder_ps=1234.56.789"), code: RefBSNSleutel, regel: 2, kolom: "ouder_ps", secret: "1234.56"},
		{name: "BSN of eight digits for a household", data: testHeader + line("huishouden_ps= 12345678 "), code: RefBSNSleutel, regel: 2, kolom: "huishouden_ps"},
		{name: "BSN in a line in quarantine", data: testHeader + line("aantal=x", "persoon_ps=123456789"), code: RefBSNSleutel, regel: 2, kolom: "persoon_ps"},
		{name: "BSN in text", data: "a;b\n1;zie bsn 123456782 aub\n", small: true, code: RefBSNTekst, regel: 2, kolom: "b", secret: "123456782"},
		{name: "BSN in an ignored column", data: strings.TrimSpace(testHeader) + ";intern\n" + strings.TrimSpace(line()) + ";123456782\n", code: RefBSNTekst, regel: 2, kolom: "intern"},
		{name: "BSNs in an id column", data: "a;b\n" + lines(60, func(i int) string { return bsnOf(i) + ";\n" }), small: true, code: RefBSNKolom, kolom: "a"},
		{name: "BSNs in a numeric column", data: testHeader + lines(50, func(i int) string { return line("aantal=" + bsnOf(i)) }), code: RefBSNKolom, kolom: "aantal"},
		{name: "two pseudonym versions", data: testHeader + line() + line("persoon_ps=v2"+ps("jan")[2:]), code: RefPseudoniem},
		{name: "two versions of household pseudonyms", data: testHeader + line("huishouden_ps="+ps("x")) + line("huishouden_ps=v2"+ps("x")[2:]), code: RefPseudoniem},
		{name: "too much in quarantine", data: testHeader + lines(900, func(int) string { return line() }) + lines(10, func(int) string { return line("jaar=x") }),
			code: RefQuarantaine, regel: 902, kolom: "jaar"},
	} {
		t.Run(c.name, func(t *testing.T) {
			contract := full
			if c.small {
				contract = small
			}
			x := setup{contract: contract, data: c.data}.run(t)
			r := x.refusal(t)
			if r.Code != c.code || r.Regel != c.regel || r.Kolom != c.kolom || r.Bestand != "proef/x.csv" || r.Tekst == "" || r.Remedie == "" {
				t.Errorf("%+v", r)
			}
			if !strings.HasPrefix(r.Error(), "proef/x.csv") {
				t.Error(r.Error())
			}
			if c.secret != "" && strings.Contains(r.Error(), c.secret) {
				t.Errorf("the message shows a value: %s", r)
			}
			left, _ := filepath.Glob(filepath.Join(x.dir, "*"))
			for _, name := range left {
				if filepath.Base(name) != QuarantaineBestand {
					t.Errorf("left behind: %s", filepath.Base(name))
				}
			}
		})
	}
}

// All that is wrong with a header comes in one message.
func TestHeaderMessage(t *testing.T) {
	x := setup{contract: parseContract(t, testContract), data: "persoon_ps;dc;dc;begin;naam;Geboorteland;cijfer;bedrag_ct\n"}.run(t)
	text := x.refusal(t).Error()
	for _, want := range []string{"ontbreken: gemeentecode", "dubbel: dc", "niet in het contract staan: naam", "nooit gelezen worden: geboorteland"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
}

// The first reason in the file goes first, whatever the workers do, and the counts stop there.
func TestFirstRefusalWins(t *testing.T) {
	var b strings.Builder
	b.WriteString("a;b\n")
	for i := range 2000 {
		switch i {
		case 700:
			b.WriteString("x;123456782\n")
		case 701:
			b.WriteString("x;\x00\n")
		case 1500:
			b.WriteString("x;\xff\n")
		default:
			fmt.Fprintf(&b, "%d;tekst\n", i)
		}
	}
	for _, size := range []int{64, 1000, 1 << 20} {
		for workers := 1; workers <= 4; workers++ {
			x := setup{contract: parseContract(t, smallContract), data: b.String(), blockSize: size, workers: workers}.run(t)
			if r := x.refusal(t); r.Code != RefBSNTekst || r.Regel != 702 {
				t.Fatalf("blocks of %d: %v", size, r)
			}
			if x.Aanvaard.Records != 700 {
				t.Errorf("blocks of %d, %d workers: %d lines before it", size, workers, x.Aanvaard.Records)
			}
		}
	}
}

func TestGzip(t *testing.T) {
	c := parseContract(t, smallContract)
	data := "a;b\n" + strings.Repeat("1;x\n", 1000)
	plain := setup{contract: c, data: data}.run(t)
	zip := gzipped(t, data)
	x := setup{contract: c, data: zip, name: "x.csv.gz"}.run(t)
	if x.err != nil || x.Sha256 != plain.Sha256 || x.Sha256Geleverd == x.Sha256 || plain.Sha256Geleverd != plain.Sha256 || len(x.rows) != 1000 {
		t.Fatalf("%v, %+v", x.err, x.Extract)
	}
	x = setup{contract: c, data: zip + gzipped(t, "2;y\n"), name: "x.csv.GZ"}.run(t)
	if x.err != nil || x.Aanvaard.Records != 1001 {
		t.Fatalf("two members: %v", x.err)
	}
	bomb := gzipped(t, "a;b\n"+strings.Repeat("1;x\n", 1<<20))
	flipped := []byte(zip)
	flipped[len(flipped)-6] ^= 1
	for name, c := range map[string]struct {
		data   string
		limits Limits
		code   string
	}{
		"truncated":        {zip[:len(zip)-9], Limits{}, RefGzip},
		"truncated header": {zip[:5], Limits{}, RefGzip},
		"empty":            {"", Limits{}, RefGzip},
		"not gzip":         {data, Limits{}, RefGzip},
		"garbage behind":   {zip + "rommel", Limits{}, RefGzip},
		"checksum":         {string(flipped), Limits{}, RefGzip},
		"ratio":            {bomb, Limits{MaxRatio: 100, MaxQuarantineLines: 10}, RefUitpakken},
		"bytes":            {bomb, Limits{MaxRatio: 100000, MaxDecompressedBytes: 1 << 20, MaxQuarantineLines: 10}, RefTeGroot},
	} {
		x := setup{contract: parseContract(t, smallContract), data: c.data, name: "x.csv.gz", limits: c.limits}.run(t)
		if r := x.refusal(t); r.Code != c.code {
			t.Errorf("%s: %v", name, r)
		}
	}
	x = setup{contract: c, data: data, limits: Limits{MaxDecompressedBytes: 100}}.run(t)
	if r := x.refusal(t); r.Code != RefTeGroot {
		t.Errorf("plain file beyond the limit: %v", r)
	}
}

func TestOnlyRegularFiles(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "x.csv")
	if err := os.WriteFile(file, []byte("a;b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link.csv")
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	for _, path := range []string{dir, link} {
		x := setup{contract: parseContract(t, smallContract)}.read(t, path)
		if r := x.refusal(t); r.Code != RefGeenBestand {
			t.Error(r)
		}
		_, _, err := Identify(t.Context(), path, DefaultLimits())
		if r := new(Refusal); !errors.As(err, &r) || r.Code != RefGeenBestand {
			t.Error(err)
		}
	}
	_, err := Read(t.Context(), Source{Path: filepath.Join(dir, "weg.csv"), Name: "klein/weg.csv"}, nil,
		Options{Contract: parseContract(t, smallContract), Key: testProjectKey(t)}, filepath.Join(dir, "out"))
	if r := new(Refusal); err == nil || errors.As(err, &r) || strings.Contains(err.Error(), dir) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that isn't there: %v", err)
	}
}

// A file that is not what Identify said, or that changes between the passes, is refused.
func TestChangedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	write := func(data string) {
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opt := Options{Contract: parseContract(t, smallContract), Key: testProjectKey(t)}
	write("a;b\n1;x\n")
	sum, size, err := Identify(t.Context(), path, Limits{})
	if err != nil || size != 8 {
		t.Fatal(size, err)
	}
	src := Source{Path: path, Name: "klein/x.csv", Sha256: sum, Bytes: size}
	if _, err := Read(t.Context(), src, nil, opt, filepath.Join(t.TempDir(), "out")); err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{"a;b\n1;y\n", "a;b\n1;x\n2;y\n", "a;b\n"} {
		write(data)
		_, err := Read(t.Context(), src, nil, opt, filepath.Join(t.TempDir(), "out"))
		if r := new(Refusal); !errors.As(err, &r) || r.Code != RefGewijzigd {
			t.Errorf("%q: %v", data, err)
		}
	}
	// Appended to while it is read.
	write("a;b\n" + strings.Repeat("1;x\n", 200_000))
	src = Source{Path: path, Name: "klein/x.csv"}
	grown := false
	opt.Progress = func(int64) {
		if !grown {
			grown = true
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			if _, err := f.WriteString("2;y\n"); err != nil {
				t.Error(err)
			}
		}
	}
	_, err = Read(t.Context(), src, nil, opt, filepath.Join(t.TempDir(), "out"))
	if r := new(Refusal); !errors.As(err, &r) || r.Code != RefGewijzigd {
		t.Errorf("appended to: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte("a;b\n"+strings.Repeat("1;x\n", 1<<20)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	dir := filepath.Join(t.TempDir(), "out")
	read := int64(0)
	x, err := Read(ctx, Source{Path: path, Name: "klein/x.csv"}, nil, Options{Contract: parseContract(t, smallContract), Key: testProjectKey(t),
		Progress: func(n int64) {
			if read += n; read > 1<<20 {
				cancel()
			}
		}}, dir)
	if !errors.Is(err, context.Canceled) || x != nil {
		t.Fatalf("%v, %v", x, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// Progress adds up to the file.
func TestProgress(t *testing.T) {
	data := "a;b\n" + strings.Repeat("1;x\n", 300_000)
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	var sum int64
	calls := 0
	_, err := Read(t.Context(), Source{Path: path, Name: "klein/x.csv"}, nil, Options{Contract: parseContract(t, smallContract), Key: testProjectKey(t),
		Progress: func(n int64) { sum += n; calls++ }}, filepath.Join(t.TempDir(), "out"))
	if err != nil || sum != int64(len(data)) || calls < 2 {
		t.Errorf("%v: %d of %d bytes in %d calls", err, sum, len(data), calls)
	}
}

// A file of one line that never ends is not held in memory, and one that is merely too long goes to quarantine.
func TestLongLines(t *testing.T) {
	c := parseContract(t, smallContract)
	limits := Limits{MaxRecordBytes: 100, MaxQuarantineLines: 10, MaxQuarantineShare: 0.01}
	x := setup{contract: c, data: "a;b\n1;" + strings.Repeat("x", 98) + "\n2;y\n3;\"" + strings.Repeat("z", 200) + "\"\n4;" + strings.Repeat("x", 97) + "\n", limits: limits, blockSize: 50}.run(t)
	if x.err != nil || len(x.quarantine) != 2 || x.Aanvaard.Records != 2 {
		t.Fatalf("%v, %+v", x.err, x.Extract)
	}
	for i, want := range []int64{2, 4} {
		if q := x.quarantine[i]; q.RegelCode != "regel_te_lang" || q.Regel != want {
			t.Errorf("%+v", q)
		}
	}
	x = setup{contract: c, data: "a;b\n1;x\n2;" + strings.Repeat("x", 5000), limits: limits, blockSize: 50}.run(t)
	if r := x.refusal(t); r.Code != RefRegelTeLang || r.Regel != 3 || x.Aanvaard.Records != 1 {
		t.Errorf("%v, %+v", r, x.Aanvaard)
	}
}

func TestReadNeedsContractAndKey(t *testing.T) {
	for _, opt := range []Options{{}, {Key: testProjectKey(t)}, {Contract: parseContract(t, smallContract)}} {
		if _, err := Read(t.Context(), Source{}, nil, opt, t.TempDir()); err == nil {
			t.Error("no error")
		}
	}
}

// A half-written folder of an earlier run is not silently mixed with this one.
func TestFolderNotEmpty(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "deel-0001.parquet"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte("a;b\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Read(t.Context(), Source{Path: path, Name: "klein/x.csv"}, nil, Options{Contract: parseContract(t, smallContract), Key: testProjectKey(t)}, dir)
	if !errors.Is(err, os.ErrExist) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "deel-0001.parquet")); err != nil {
		t.Error("a file that was there is gone")
	}
}
