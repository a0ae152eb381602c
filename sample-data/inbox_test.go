package sampledata

import (
	"bytes"
	"encoding/csv"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

// extracts reads every CSV of the committed inbox, with its note, by plain encoding/csv.
func extracts(t *testing.T, f func(kind, name string, rows []row, note oracleNote)) {
	t.Helper()
	names, err := extractNames()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
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
		var note oracleNote
		if err := yaml.Unmarshal(text, &note); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		kind, _ := splitKind(name)
		f(kind, name, rows, note)
	}
}

// TestNotes recounts what every note says, and holds the facts of the set: who covers what, and that it is synthetic.
func TestNotes(t *testing.T) {
	ids := map[string]bool{}
	extracts(t, func(kind, name string, rows []row, note oracleNote) {
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
	for _, l := range readOracle(t).lines {
		if l.fate == "quarantaine" {
			bad[l.file]++
		}
	}
	all := 0
	extracts(t, func(kind, name string, rows []row, note oracleNote) {
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
	o := readOracle(t)
	for _, law := range []string{"wmo", "jeugd"} {
		allocations := map[string]*oracleLine{}
		for _, l := range o.of(law + "_toewijzing") {
			allocations[l.row["gemeentecode"]+l.row["toewijzing_nummer"]] = l
		}
		reference := map[string]*oracleLine{}
		credits := 0
		for _, l := range o.of(law + "_declaratie") {
			r := l.row
			if reference[r["referentie_nummer"]] != nil {
				t.Errorf("%s line %d: reference used before", l.file, l.number)
			}
			reference[r["referentie_nummer"]] = l
			if a := allocations[r["gemeentecode"]+r["toewijzing_nummer"]]; a != nil {
				from, to := l.span()
				if begin, end := a.span(); from < begin || to > end || r["product_categorie"] != a.row["product_categorie"] {
					t.Errorf("%s line %d: not inside its allocation", l.file, l.number)
				}
				if a.row["persoon_ps"] != r["persoon_ps"] || a.row["aanbieder_agb"] != r["aanbieder_agb"] {
					t.Errorf("%s line %d: another person or aanbieder than its allocation", l.file, l.number)
				}
			} else if r["toewijzing_nummer"] != "" {
				t.Errorf("%s line %d: no allocation of this number", l.file, l.number)
			}
			number := func(column string) int {
				n, _ := strconv.Atoi(r[column])
				return n
			}
			if want := number("geleverd_volume") * number("tarief_ct"); r["eenheid"] != "83" && want != number("bedrag_ct") ||
				r["eenheid"] == "83" && r["debet_credit"] == "D" && number("geleverd_volume") != number("bedrag_ct") {
				t.Errorf("%s line %d: the amount is not volume x tariff", l.file, l.number)
			}
			if r["dagtekening"] > l.note.Made || r["dagtekening"] <= r["product_begin"] {
				t.Errorf("%s line %d: dagtekening outside what can be", l.file, l.number)
			}
			if r["debet_credit"] == "C" {
				credits++
				debet := reference[r["vorig_referentie_nummer"]]
				if debet == nil {
					t.Errorf("%s line %d: a credit of nothing", l.file, l.number)
					continue
				}
				if was, _ := strconv.Atoi(debet.row["bedrag_ct"]); number("bedrag_ct") > was {
					t.Errorf("%s line %d: a credit of more than was asked", l.file, l.number)
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
	extracts(t, func(kind, name string, rows []row, _ oracleNote) {
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
	o := readOracle(t)
	cases := map[string]string{}
	for _, c := range expected(t).Cases {
		cases[c.PersonPS] = c.Name
	}
	spells, overlapping := map[string][]*oracleLine{}, map[string]bool{}
	for _, l := range o.lines {
		if l.kind == "huishouden" && l.fate == "geaccepteerd" {
			spells[l.row["persoon_ps"]] = append(spells[l.row["persoon_ps"]], l)
		}
	}
	for ps, lines := range spells {
		for i, a := range lines {
			for _, b := range lines[i+1:] {
				from, to := a.span()
				if begin, end := b.span(); begin < to && from < end {
					overlapping[cases[ps]] = true
				}
			}
		}
	}
	if len(overlapping) != 2 || !overlapping["overlap"] || !overlapping["zelfde_dag"] {
		t.Errorf("spells overlap in the cases %v", overlapping)
	}
	for _, l := range o.lines {
		if ps := l.row["persoon_ps"]; ps != "" && l.fate == "geaccepteerd" && spells[ps] == nil {
			t.Errorf("%s line %d: a person without any spell", l.file, l.number)
		}
	}
}

// TestSize holds what the set is meant to be: about 1.500 households in three gemeenten, drawn ones among the costliest, and
// among those that are eligible.
func TestSize(t *testing.T) {
	o := readOracle(t)
	if n := len(o.houses); n < 1450 || n > 1600 {
		t.Errorf("%d households", n)
	}
	hand := map[string]bool{}
	for _, p := range build().cases {
		hand[o.house(p.ps)] = true
	}
	drawn, eligible, costs := 0, 0, o.costs()
	for i, id := range o.ranking() {
		if hand[id] || costs[id].total(0) < 10_000_000 {
			continue
		}
		if i < 10 {
			drawn++
		}
		if o.whyNot(o.houses[id], costs[id]) == "" {
			eligible++
		}
	}
	if drawn < 3 || eligible < 1 {
		t.Errorf("%d drawn households of 100.000 or more in the top 10, %d eligible", drawn, eligible)
	}
	gemeenten := map[string]int{}
	for _, h := range o.houses {
		gemeenten[h.gemeente()]++
	}
	for _, g := range []string{"GM" + tilburg, "GM" + oisterwijk, "GM" + goirle} {
		if gemeenten[g] < 100 {
			t.Errorf("%s has %d households", g, gemeenten[g])
		}
	}
}

// TestPerDay checks the calculator itself: parts add up, and equal the formula of the method.
func TestPerDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ct := rapid.Int64Range(-5_000_000, 5_000_000).Draw(t, "ct")
		from := day(rapid.IntRange(19000, 20000).Draw(t, "from"))
		to := from + day(rapid.IntRange(1, 800).Draw(t, "days"))
		cut := from + day(rapid.IntRange(0, int(to-from)).Draw(t, "cut"))
		var before, after int64
		perDay(ct, from, to, func(x day, part int64) {
			if x < cut {
				before += part
			} else {
				after += part
			}
		})
		abs, sign := ct, int64(1)
		if ct < 0 {
			abs, sign = -ct, -1
		}
		if want := sign * (abs * int64(cut-from) / int64(to-from)); before != want || before+after != ct {
			t.Fatalf("%d and %d of %d, want %d first", before, after, ct, want)
		}
	})
}
