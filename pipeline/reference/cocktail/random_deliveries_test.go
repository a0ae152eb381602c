package cocktail

import (
	"fmt"
	"slices"
	"strings"

	"stapel/pipeline/reference/extract"
)

// otherKey gives, now and then, some of the persons of a kind, or of a kind in one town, pseudonyms that huishouden does not know.
func (w *randomWorld) otherKey(kind string) {
	if kind == "huishouden" || !w.chance(15) {
		return
	}
	town, share, other := w.pick("all 0855 0824"), w.pick("30 70"), map[string]bool{}
	for i, l := range w.lines[kind] {
		ps := l["persoon_ps"]
		if _, drawn := other[ps]; !drawn {
			other[ps] = w.chance(int(share[0]-'0') * 10)
		}
		if !other[ps] || town != "all" && l["gemeentecode"] != town {
			continue
		}
		changed := extract.Line{}
		for name, v := range l {
			changed[name] = v
		}
		changed["persoon_ps"] = ps[:3] + "f" + ps[4:]
		w.lines[kind][i] = changed
	}
}

// deliveries divides the lines of a kind over files with notes.
func (w *randomWorld) deliveries(kind string, lines []extract.Line) (out []*extract.Delivery) {
	all := strings.Fields(towns)
	how := w.pick("cumulative names insurers") // how deliveries of health care claims are kept apart
	add := func(note *extract.Note) {
		d := &extract.Delivery{Kind: kind, Name: fmt.Sprintf("%c", 'a'+len(out)), Note: note}
		if note != nil {
			note.ID, note.Supplier = fmt.Sprintf("%s-%d", kind, len(out)), w.maybe(90, "een twee")
			note.Made = w.date("2026-04-01", "2026-04-03") + w.maybe(40, "T00:30:00+02:00 T23:30:00-01:00 T12:00:00Z")
			if kind == "zvw_declaratie" {
				w.claims(note, how, len(out))
			}
		}
		out = append(out, d)
	}
	full := func() *extract.Note { return &extract.Note{Gemeenten: all, From: "2021-01-01", To: "2026-03-31"} }
	partly := func() *extract.Note {
		n := &extract.Note{Gemeenten: all[:w.whole(1, 3)], From: w.date(worldFrom, "2025-06-30"), To: "2026-03-31"}
		if w.chance(50) {
			n.To = w.date(n.From, worldTo)
		}
		return n
	}
	switch shape := w.whole(0, 9); {
	case kind == "huishouden":
		add(full())
		for range w.whole(0, 2) {
			n := partly()
			n.Gemeenten = all[2:]
			add(n)
		}
	case shape == 0:
		return nil
	case shape == 1:
		add(nil)
	case shape <= 4:
		for range w.whole(1, 3) {
			add(partly())
		}
	default:
		add(full())
		if w.chance(40) {
			add(partly())
		}
		if w.chance(20) {
			add(nil)
		}
	}
	put := func(l extract.Line, i int) {
		for range out { // a line of a gemeente that its note does not name would be quarantined
			if n := out[i].Note; l["gemeentecode"] == "" || n == nil || slices.Contains(n.Gemeenten, l["gemeentecode"]) {
				out[i].Lines = append(out[i].Lines, l)
				return
			}
			i = (i + 1) % len(out)
		}
	}
	for _, l := range lines {
		// most lines in the first file, so that replacing has something to replace
		i := 0
		if w.chance(30) {
			i = w.whole(0, len(out)-1)
		}
		put(l, i)
		if again := slices.Contains([]string{"wmo_declaratie", "jeugd_declaratie", "participatie_uitkering"}, kind); again && w.chance(15) {
			put(l, w.whole(0, len(out)-1)) // delivered again, or once more in the same file
		}
	}
	if kind == "zvw_declaratie" && how == "cumulative" {
		for i := 1; i < len(out); i++ {
			if out[i].Note != nil {
				out[i].Lines = append(slices.Clone(out[i-1].Lines), out[i].Lines...)
			}
		}
	}
	return out
}

// claims says in the note of the n-th delivery of health care claims whose they are. Two that may be of one supplier and insurer may
// not differ in what both cover: each then holds what the one before it held.
func (w *randomWorld) claims(note *extract.Note, how string, n int) {
	note.AllInsurers = w.maybe(50, "ja nee ja")
	if how != "insurers" && w.chance(50) {
		note.Uzovi = strings.Split(w.pick("0101 0101,0202"), ",")
	}
	switch how {
	case "cumulative":
		note.Supplier, note.Made = w.maybe(80, "een"), fmt.Sprintf("2026-04-%02d", n+1)
	case "names":
		note.Supplier = strings.Fields("een twee drie vier")[n]
	case "insurers":
		note.Uzovi = []string{strings.Fields("0101 0202 0303 0404")[n]}
	}
}
