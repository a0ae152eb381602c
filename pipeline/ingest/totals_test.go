package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The limits of rules 6: more than the share and at least so many lines.
func TestQuarantineLimits(t *testing.T) {
	c := parseContract(t, smallContract)
	for _, q := range []struct {
		good, bad int
		limits    Limits
		refused   bool
	}{
		{0, 9, Limits{}, false},
		{0, 10, Limits{}, true},
		{990, 10, Limits{}, false}, // exactly 1%
		{989, 10, Limits{}, true},
		{100, 1, Limits{MaxQuarantineLines: 1}, true}, // a share of 0 is a choice
		{100, 0, Limits{MaxQuarantineLines: 1}, false},
	} {
		x := setup{contract: c, data: "a;b\n" + strings.Repeat("1;x\n", q.good) + strings.Repeat(";x\n", q.bad), limits: q.limits}.run(t)
		if (x.err != nil) != q.refused {
			t.Errorf("%d good, %d bad: %v", q.good, q.bad, x.err)
		}
		if q.refused && (x.refusal(t).Code != RefQuarantaine || len(x.quarantine) != q.bad) {
			t.Errorf("%d good, %d bad: %v, %d lines in the quarantine file", q.good, q.bad, x.err, len(x.quarantine))
		}
	}
}

// Rules 7, 50, and what a note without a total leaves open.
func TestNoteTotals(t *testing.T) {
	c := parseContract(t, testContract)
	data := testHeader + line("bedrag_ct=1000") + line("bedrag_ct=250", "dc=C") + line("bedrag_ct=70", "jaar=x")
	plain := setup{contract: c, data: data}.run(t)
	n := func(v int64) *int64 { return &v }
	for _, q := range []struct {
		name  string
		note  Note
		data  string
		code  string // of the refusal
		note2 string // of the remark
	}{
		{"nothing", Note{}, data, "", ""},
		{"all right", Note{AantalRegels: n(3), TotaalDebetCt: n(1070), TotaalCreditCt: n(250), Sha256: plain.Sha256, PseudoniemVersie: "v1", Gemeenten: []string{"GM0855"}}, data, "", ""},
		{"lines", Note{AantalRegels: n(2)}, data, RefBriefAantal, ""},
		{"debit", Note{TotaalDebetCt: n(1000)}, data, RefBriefDebet, ""},
		{"credit", Note{TotaalCreditCt: n(0)}, data, RefBriefCredit, ""},
		{"hash", Note{Sha256: strings.Repeat("0", 64)}, data, RefBriefSha256, ""},
		{"pseudonym version", Note{PseudoniemVersie: "v2"}, data, RefBriefPseudoniem, ""},
		{"unreadable amounts", Note{AantalRegels: n(4), TotaalDebetCt: n(2000)}, data + line("bedrag_ct=?"), "", RefBriefDebet},
		{"another gemeente", Note{Gemeenten: []string{"GM0344"}}, data, "", ""},
		{"contract version", Note{ContractVersie: "0"}, data, "", "contract_versie"},
		{"no lines, no money", Note{AantalRegels: n(0), TotaalDebetCt: n(0), PseudoniemVersie: "v9"}, testHeader, "", ""},
	} {
		x := setup{contract: c, data: q.data, note: &q.note}.run(t)
		if q.code != "" {
			if r := x.refusal(t); r.Code != q.code {
				t.Errorf("%s: %v", q.name, r)
			}
			continue
		}
		if x.err != nil {
			t.Errorf("%s: %v", q.name, x.err)
			continue
		}
		got := ""
		for _, b := range x.Bevindingen {
			got += b.Code
		}
		if got != q.note2 {
			t.Errorf("%s: %+v", q.name, x.Bevindingen)
		}
		if q.name == "another gemeente" && (x.Quarantaine.Records != 3 || x.quarantine[0].RegelCode != "gemeente_buiten_levering") {
			t.Errorf("%s: %+v", q.name, x.quarantine)
		}
	}
	// Both numbers are in the message: totals are not cell values.
	x := setup{contract: c, data: data, note: &Note{TotaalDebetCt: n(1000)}}.run(t)
	if text := x.refusal(t).Error(); !strings.Contains(text, "1000") || !strings.Contains(text, "1070") {
		t.Error(text)
	}
	// A hash of the file as delivered is right too.
	zip := gzipped(t, data)
	first := setup{contract: c, data: zip, name: "x.csv.gz"}.run(t)
	for _, sum := range []string{first.Sha256, first.Sha256Geleverd} {
		if x := (setup{contract: c, data: zip, name: "x.csv.gz", note: &Note{Sha256: sum}}).run(t); x.err != nil {
			t.Error(x.err)
		}
	}
}

func TestSumsTooLarge(t *testing.T) {
	c := &collector{pending: map[int]*batch{}}
	full := counts{debit: 1 << 60}
	if !c.counts.add(&full) || c.counts.add(&full) || c.debit != 1<<60 {
		t.Errorf("a sum near the edge of int64: %d", c.debit)
	}
	sum := int64(0)
	if addTo(&sum, -1<<62) || sum != 0 || !addTo(&sum, -1<<60) || addTo(&sum, -1<<61) {
		t.Errorf("a negative sum: %d", sum)
	}
}

// A count that doesn't add up is an error, not a refusal and not a line in a log.
func TestReconcile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(path, []byte("\n"+testHeader+"\n"+line()+line("jaar=x")), 0o600); err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(r *reading){
		"":                  func(*reading) {},
		"records":           func(r *reading) { r.collect.records++ },
		"regels":            func(r *reading) { r.extract.Leeg.Regels++ },
		"regels per record": func(r *reading) { r.collect.recordLines++ },
		"bytes":             func(r *reading) { r.collect.recordBytes-- },
		"geleverde records": func(r *reading) { r.extract.Geleverd.Records++ },
		"eurocent":          func(r *reading) { r.extract.Aanvaard.Cent++ },
		"rijen":             func(r *reading) { r.collect.parts[0].rows-- },
	} {
		r := &reading{src: Source{Path: path, Name: "proef/x.csv"}, dir: filepath.Join(t.TempDir(), "out"), limits: DefaultLimits(), blockSize: blockSize,
			shardLimit: shardLimit, opt: Options{Contract: parseContract(t, testContract), Key: testProjectKey(t)}}
		if _, err := r.read(t.Context()); err != nil {
			t.Fatal(err)
		}
		spoil(r)
		err := r.reconcile()
		if refusal := new(Refusal); (err != nil) != (what != "") || errors.As(err, &refusal) || err != nil && !strings.Contains(err.Error(), "("+what+":") {
			t.Errorf("%q: %v", what, err)
		}
	}
}
