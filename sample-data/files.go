package sampledata

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// file is one file of the inbox, by its slash-separated path in it.
type file struct {
	name string
	data []byte
}

// delivery is one extract with its note.
type delivery struct {
	kind      string
	name      string // of the file, without folder and extension; default synthetisch-<kind>
	supplier  string
	gemeenten []string
	from, to  day
	made      day
	rows      []row
	noTotals  bool // the note has no totals: a line has an amount but no sign
	insurer   bool
	packed    bool // as .csv.gz
}

const (
	municipal = "Gemeenten Voorbeeld (synthetisch)"
	insurer   = "Zorgverzekeraar Voorbeeld (synthetisch)"
	programme = "Maatwerkprogramma Voorbeeld (synthetisch)"
)

// files writes every extract with its note, in the order of their names.
func (s *set) files() []file {
	all := []string{tilburg, oisterwijk, goirle}
	base := func(kind, supplier string) delivery {
		return delivery{kind: kind, name: "synthetisch-" + kind, supplier: supplier, gemeenten: all, from: coverFrom, to: coverTo,
			made: made, rows: s.rows[kind], packed: strings.HasSuffix(kind, "_declaratie")}
	}
	var list []delivery
	for _, kind := range []string{"wmo_toewijzing", "jeugd_toewijzing", "schuldhulp_traject", "wonen_signaal", "veldmelding", "uitsluiting", "grootboek_totaal"} {
		list = append(list, base(kind, municipal))
	}
	for _, kind := range []string{"maatwerk_plan", "maatwerk_akkoord", "maatwerk_plan_regel", "maatwerk_meting", "maatwerk_uitgave"} {
		list = append(list, base(kind, programme))
	}
	claims := base("claim", programme)
	claims.from = d("2017-01-01") // those of others are about earlier years
	list = append(list, claims)
	for _, kind := range []string{"zvw_declaratie", "zvw_verzekerde"} {
		dl := base(kind, insurer)
		dl.insurer = true
		list = append(list, dl)
	}
	youth := base("jeugd_declaratie", municipal)
	youth.noTotals = true
	list = append(list, youth, base("huishouden", municipal), s.olderHouseholds())

	// two files of one kind, side by side in time
	for kind, column := range map[string]string{"wmo_declaratie": "product_begin", "participatie_uitkering": "jaarmaand"} {
		old, now := base(kind, municipal), base(kind, municipal)
		old.name, old.to = old.name+"-2023-2024", d("2024-12-31")
		now.name, now.from = now.name+"-2025", d("2025-01-01")
		old.rows, now.rows = nil, nil
		for _, r := range s.rows[kind] {
			if r[column] < "2025" {
				old.rows = append(old.rows, r)
			} else {
				now.rows = append(now.rows, r)
			}
		}
		list = append(list, old, now)
	}

	// the same bytes under two names; gemeente 0785 delivers none
	signals := base("schuldhulp_signaal", municipal)
	signals.gemeenten = []string{tilburg, oisterwijk}
	again := signals
	signals.name, again.name, again.made = signals.name+"-1", again.name+"-2-opnieuw", made+1
	list = append(list, signals, again)

	var out []file
	for _, dl := range list {
		out = append(out, dl.files()...)
	}
	slices.SortFunc(out, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return out
}

// olderHouseholds is what gemeente 0824 delivered in July 2025: its spells as they were known then. The newer delivery
// replaces every line but one, of a stay that ended before the period the newer one covers.
func (s *set) olderHouseholds() delivery {
	dl := delivery{kind: "huishouden", name: "synthetisch-huishouden-0824-2025-07", supplier: municipal, // one supplies a kind (rules 71)
		gemeenten: []string{oisterwijk}, from: coverFrom, to: d("2025-06-30"), made: d("2025-07-14")}
	for _, r := range s.rows["huishouden"] {
		if r["gemeentecode"] != oisterwijk || r["begindatum"] > "2025-06-30" {
			continue
		}
		then := row{}
		for k, v := range r {
			then[k] = v
		}
		if then["einddatum"] > "2025-06-30" {
			then["einddatum"], then["reden_einde"] = "", ""
		}
		dl.rows = append(dl.rows, then)
		if r["persoon_ps"] == s.cases["c4_dreigend"].ps {
			before := row{}
			for k, v := range then {
				before[k] = v
			}
			before["huishouden_ps"] = pseudonym("huishouden", "c4_dreigend/eerder")
			before["begindatum"], before["einddatum"] = "2016-01-01", "2021-04-30"
			dl.rows = append(dl.rows, before)
		}
	}
	return dl
}

// files writes the extract and its note. An extract is an input in the form of its contract: a cell that begins as a formula is
// written as it is, for an apostrophe before it would be another value.
func (dl delivery) files() []file {
	rows := spread(dl.rows, badLines(dl.name))
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.Comma = ';'
	header := columns[dl.kind]
	write := func(cells []string) {
		if err := w.Write(cells); err != nil {
			panic(err) // a bytes.Buffer takes everything
		}
	}
	write(header)
	for _, r := range rows {
		cells := make([]string, len(header))
		for i, name := range header {
			cells[i] = r[name]
		}
		write(cells)
	}
	w.Flush()
	name, data := dl.kind+"/"+dl.name+".csv", buf.Bytes()
	if dl.packed {
		name, data = name+".gz", pack(data)
	}
	return []file{{name, data}, {name + ".levering.yaml", dl.note(rows, buf.Bytes())}}
}

func pack(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a bytes.Buffer takes everything, and the level is a constant
	}
	return b.Bytes()
}

func (dl delivery) note(rows []row, data []byte) []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# Synthetisch: verzonnen personen, huishoudens en bedragen; alleen de gemeentecodes bestaan.")
	line("levering_id: %s", dl.name)
	line("gegevensleverancier: %s", dl.supplier)
	line(`gemeentecode: ["%s"]`, strings.Join(dl.gemeenten, `", "`))
	line("periode_van: %s", dl.from)
	line("periode_tot: %s", dl.to)
	line("aangemaakt: %s", dl.made)
	line(`contract_versie: "1"`)
	line("pseudoniem_versie: v1")
	line("aantal_regels: %d", len(rows))
	if debet, credit, ok := totals(dl.kind, rows); ok && !dl.noTotals {
		line("totaal_debet_ct: %d", debet)
		line("totaal_credit_ct: %d", credit)
	}
	line(`sha256: "%x"`, sha256.Sum256(data))
	if dl.insurer {
		line("alle_verzekeraars: nee")
	}
	return []byte(b.String())
}

// totals adds up the money column as it was delivered, debets and credits apart, without the amounts that cannot be read.
// ok is false for kinds without money.
func totals(kind string, rows []row) (debet, credit int, ok bool) {
	for _, r := range rows {
		ct := 0
		switch kind {
		case "wmo_declaratie", "jeugd_declaratie", "zvw_declaratie":
			var err error
			if ct, err = strconv.Atoi(r["bedrag_ct"]); err != nil {
				continue
			}
		case "participatie_uitkering", "maatwerk_uitgave":
			whole, cents, comma := strings.Cut(r["betaalbaar_gesteld_eur"]+r["bedrag_eur"], ",")
			if !comma {
				continue // the one ambiguous amount; all others are written with two decimals
			}
			var err error
			if ct, err = strconv.Atoi(strings.ReplaceAll(whole, ".", "") + cents); err != nil {
				continue
			}
		default:
			return 0, 0, false
		}
		if r["debet_credit"] == "C" {
			credit += ct
		} else {
			debet += ct
		}
	}
	return debet, credit, true
}

// spread puts the extra lines between the others, at even distances.
func spread(rows, extra []row) []row {
	out := slices.Clone(rows)
	for i, r := range extra {
		out = slices.Insert(out, (i+1)*len(rows)/(len(extra)+1)+i, r)
	}
	return out
}
