package sampledata

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"stapel/pipeline/reference/lines"

	"go.yaml.in/yaml/v3"
)

// deliveryNote is all that a note of the set says; fields that it does not know are a mistake.
type deliveryNote struct {
	Levering   string   `yaml:"levering_id"`
	Supplier   string   `yaml:"gegevensleverancier"`
	Gemeenten  []string `yaml:"gemeentecode"`
	From       string   `yaml:"periode_van"`
	To         string   `yaml:"periode_tot"`
	Made       string   `yaml:"aangemaakt"`
	Contract   string   `yaml:"contract_versie"`
	Pseudonym  string   `yaml:"pseudoniem_versie"`
	Lines      int      `yaml:"aantal_regels"`
	Debet      *int64   `yaml:"totaal_debet_ct"`
	Credit     *int64   `yaml:"totaal_credit_ct"`
	Sha256     string   `yaml:"sha256"`
	AllInsured string   `yaml:"alle_verzekeraars"`
}

// extracts reads every CSV of the committed inbox as it is, with its note, by plain encoding/csv.
func extracts(t *testing.T, f func(kind, name string, rows []row, note deliveryNote)) {
	t.Helper()
	for _, name := range extractNames(t) {
		data, err := Unpacked(name)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(data))
		r.Comma = ';'
		records, err := r.ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var rows []row
		for _, cells := range records[1:] {
			line := row{}
			for i, v := range cells {
				line[records[0][i]] = v
			}
			rows = append(rows, line)
		}
		text, err := fs.ReadFile(Inbox(), name+".levering.yaml")
		if err != nil {
			t.Fatalf("%s has no note: %v", name, err)
		}
		var note deliveryNote
		dec := yaml.NewDecoder(bytes.NewReader(text))
		dec.KnownFields(true)
		if err := dec.Decode(&note); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if sum := fmt.Sprintf("%x", sha256.Sum256(data)); note.Sha256 != sum {
			t.Errorf("%s: the note's sha256 is not the file's", name)
		}
		kind, _ := splitKind(name)
		f(kind, name, rows, note)
	}
}

// TestNotes recounts what every note says, and holds the facts of the set: who covers what, and that it is synthetic.
func TestNotes(t *testing.T) {
	ids := map[string]bool{}
	extracts(t, func(kind, name string, rows []row, note deliveryNote) {
		if note.Lines != len(rows) {
			t.Errorf("%s: the note says %d lines, there are %d", name, note.Lines, len(rows))
		}
		var debet, credit int64
		money := false
		for _, r := range rows {
			text := r["bedrag_ct"]
			if kind == "participatie_uitkering" {
				text = strings.NewReplacer(".", "", ",", "").Replace(r["betaalbaar_gesteld_eur"])
				if !strings.Contains(r["betaalbaar_gesteld_eur"], ",") {
					text = "" // 1.354: cannot be read
				}
			} else if kind == "maatwerk_uitgave" {
				text = strings.ReplaceAll(r["bedrag_eur"], ",", "")
			} else if !strings.HasSuffix(kind, "_declaratie") {
				continue
			}
			money = true
			ct, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				continue
			}
			if r["debet_credit"] == "C" {
				credit += ct
			} else {
				debet += ct
			}
		}
		switch stated := note.Debet != nil && note.Credit != nil; {
		case stated != (money && kind != "jeugd_declaratie"):
			t.Errorf("%s: totals in the note: %v", name, stated)
		case stated && (*note.Debet != debet || *note.Credit != credit):
			t.Errorf("%s: the note says %d and %d, the lines %d and %d", name, *note.Debet, *note.Credit, debet, credit)
		}
		for _, text := range []string{name, note.Levering, note.Supplier} {
			if !strings.Contains(text, "synthetisch") {
				t.Errorf("%s: does not say everywhere that it is synthetic", name)
			}
		}
		if ids[note.Levering] {
			t.Errorf("%s: levering_id used before", name)
		}
		ids[note.Levering] = true
		if all := strings.Join(note.Gemeenten, " "); kind == "schuldhulp_signaal" != (all == tilburg+" "+oisterwijk) {
			if !strings.Contains(name, "huishouden-0824") {
				t.Errorf("%s: covers %s", name, all)
			}
		}
	})
}

// TestBadLines holds that every line that was made to be wrong is wrong by its contract, no other is, and no file has so
// many that it would be refused.
func TestBadLines(t *testing.T) {
	bad := map[string]int{}
	for _, l := range readReference(t).All {
		if l.Fate == "quarantaine" {
			bad[l.Delivery.File]++
		}
	}
	all := 0
	extracts(t, func(kind, name string, rows []row, note deliveryNote) {
		want := len(badLines(note.Levering))
		if strings.HasSuffix(name, "-2-opnieuw.csv") {
			want = 0 // a duplicate: its lines are not read
		}
		if bad[name] != want || want >= 10 {
			t.Errorf("%s: %d lines break the contract, %d were made to", name, bad[name], want)
		}
		all += want
	})
	if all < 25 {
		t.Errorf("only %d bad lines in the set", all)
	}
}

// TestDeclarations holds the accepted declarations to the standards' rules 9307/9308 (inside the allocation), 9346 (amount
// = volume x tariff), 8021 (references are unique) and 8017 (a credit names a debet of the same amount or more).
func TestDeclarations(t *testing.T) {
	ref := readReference(t)
	for _, law := range []string{"wmo", "jeugd"} {
		allocations := map[string]*lines.Line{}
		for _, l := range ref.Used(law + "_toewijzing") {
			allocations[l.Gemeente+l.Get("toewijzing_nummer")] = l
		}
		reference := map[string]*lines.Line{}
		credits := 0
		for _, l := range ref.Used(law + "_declaratie") {
			at := l.Place()
			if reference[l.Get("referentie_nummer")] != nil {
				t.Errorf("%s: reference used before", at)
			}
			reference[l.Get("referentie_nummer")] = l
			if a := allocations[l.Gemeente+l.Get("toewijzing_nummer")]; a != nil {
				if l.From < a.From || l.To > a.To || l.Get("product_categorie") != a.Get("product_categorie") {
					t.Errorf("%s: not inside its allocation", at)
				}
				if a.Get("persoon_ps") != l.Get("persoon_ps") || a.Get("aanbieder_agb") != l.Get("aanbieder_agb") {
					t.Errorf("%s: another person or aanbieder than its allocation", at)
				}
			} else if l.Get("toewijzing_nummer") != "" {
				t.Errorf("%s: no allocation of this number", at)
			}
			number := func(column string) int64 { n, _ := l.Whole(column); return n }
			if want := number("geleverd_volume") * number("tarief_ct"); l.Get("eenheid") != "83" && want != number("bedrag_ct") ||
				l.Get("eenheid") == "83" && l.Get("debet_credit") == "D" && number("geleverd_volume") != number("bedrag_ct") {
				t.Errorf("%s: the amount is not volume x tariff", at)
			}
			if l.Get("dagtekening") > l.Delivery.Note.Made || l.Get("dagtekening") <= l.Get("product_begin") {
				t.Errorf("%s: dagtekening outside what can be", at)
			}
			if l.Get("debet_credit") == "C" {
				credits++
				debet := reference[l.Get("vorig_referentie_nummer")]
				if debet == nil {
					t.Errorf("%s: a credit of nothing", at)
					continue
				}
				if was, _ := debet.Whole("bedrag_ct"); number("bedrag_ct") > was {
					t.Errorf("%s: a credit of more than was asked", at)
				}
			}
		}
		if credits < 5 {
			t.Errorf("%s: only %d credits", law, credits)
		}
	}
}

// TestIdentifiers holds that nothing in the set can be taken for a BSN: no eight or nine digits in a person's column, and
// no column of eight-digit codes of which more than a few pass the test on a BSN.
func TestIdentifiers(t *testing.T) {
	extracts(t, func(kind, name string, rows []row, _ deliveryNote) {
		shaped, passing := map[string]int{}, map[string]int{}
		for _, r := range rows {
			for column, v := range r {
				if len(v) < 8 || len(v) > 9 || strings.Trim(v, "0123456789") != "" {
					continue
				}
				shaped[column]++
				if strings.HasSuffix(column, "_ps") {
					t.Errorf("%s: %s holds something shaped like a BSN", name, column)
				}
				sum := 0
				for i, c := range []byte(strings.Repeat("0", 9-len(v)) + v) {
					weight := 9 - i
					if weight == 1 {
						weight = -1
					}
					sum += weight * int(c-'0')
				}
				if sum%11 == 0 {
					passing[column]++
				}
			}
		}
		for column, n := range shaped {
			if passing[column]*20 > n && !strings.HasSuffix(column, "_ct") {
				t.Errorf("%s: %d of %d values of %s pass the test on a BSN", name, passing[column], n, column)
			}
		}
	})
}

// TestSpells holds that only the two hand-made cases about it have spells that overlap, and that everyone in a feed who is
// not a professional has a spell.
func TestSpells(t *testing.T) {
	r := readReference(t)
	cases := map[string]string{}
	for _, c := range expected(t).Cases {
		cases[c.PersonPS] = c.Name
	}
	spells, overlapping := map[string][]*lines.Line{}, map[string]bool{}
	for _, l := range r.accepted() {
		if l.Kind == "huishouden" {
			spells[l.Get("persoon_ps")] = append(spells[l.Get("persoon_ps")], l)
		}
	}
	for ps, list := range spells {
		for i, a := range list {
			for _, b := range list[i+1:] {
				if b.From < a.To && a.From < b.To {
					overlapping[cases[ps]] = true
				}
			}
		}
	}
	if len(overlapping) != 2 || !overlapping["overlap"] || !overlapping["zelfde_dag"] {
		t.Errorf("spells overlap in the cases %v", overlapping)
	}
	for _, l := range r.accepted() {
		if ps := l.Get("persoon_ps"); ps != "" && spells[ps] == nil {
			t.Errorf("%s: a person without any spell", l.Place())
		}
	}
}

// TestSize holds what the set is meant to be: about 1.500 households in three gemeenten, drawn ones among the costliest, and
// among those that are eligible.
func TestSize(t *testing.T) {
	r := readReference(t)
	if n := len(r.Houses); n < 1450 || n > 1600 {
		t.Errorf("%d households", n)
	}
	hand := map[string]bool{}
	for _, p := range build().cases {
		if h := r.Of(p.ps).House; h != nil {
			hand[h.ID] = true
		}
	}
	drawn, eligible := 0, 0
	for _, table := range r.Marts() {
		for i, row := range table.Rows {
			if table.Name != "ranglijst" || hand[row["huishouden_id"].(string)] || row["kosten_t0_ct"].(int64) < 10_000_000 {
				continue
			}
			if i < 10 {
				drawn++
			}
			if row["in_aanmerking"] == true {
				eligible++
			}
		}
	}
	if drawn < 3 || eligible < 1 {
		t.Errorf("%d drawn households of 100.000 or more in the top 10, %d eligible", drawn, eligible)
	}
	gemeenten := map[string]int{}
	for _, h := range r.Houses {
		gemeenten[r.Head(h).Fact.Line.Gemeente]++
	}
	for _, g := range []string{"GM" + tilburg, "GM" + oisterwijk, "GM" + goirle} {
		if gemeenten[g] < 100 {
			t.Errorf("%s has %d households", g, gemeenten[g])
		}
	}
}
