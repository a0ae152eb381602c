package lines

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/reference/extract"
)

// Delivery is one file of the inbox.
type Delivery struct {
	*extract.Delivery
	File      string
	Order     int // from old to new, among all files
	Duplicate bool
	First     *Delivery // the oldest file with these bytes, itself unless Duplicate

	note *note // its own
	sha  string
	// What follows is of the bytes: of the first file that has them, with what later ones add (rules 45).
	Newest   int // order of the newest file with these bytes
	noted    bool
	supplier string  // as the newest note names it
	notes    []*note // from old to new
}

// note is what a delivery note says, in one spelling.
type note struct {
	*extract.Note
	supplier  string
	gemeenten []string
	made      time.Time // in the zone as written; the zero time when the note does not say
}

// Number is that of the bytes, by which the lake knows an extract.
func (d *Delivery) Number() int64 {
	sum, err := hex.DecodeString(d.sha)
	if err != nil {
		panic(err) // it was made with hex
	}
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 1)
}

// Made is the instant at which the bytes were delivered, as the newest note says; the zero time when none does.
func (d *Delivery) Made() time.Time {
	if len(d.notes) == 0 {
		return time.Time{}
	}
	return d.notes[len(d.notes)-1].made
}

// MadeOn is the local day of it; ok is false when no note says.
func (d *Delivery) MadeOn() (day Day, ok bool) {
	if len(d.notes) == 0 {
		return 0, false
	}
	return d.notes[len(d.notes)-1].day()
}

// Span is the period that the file's own note names, to and including the last day.
func (d *Delivery) Span() (from, last Day, ok bool) {
	if d.note == nil || d.note.From == "" || d.note.To == "" {
		return 0, 0, false
	}
	return ParseDay(d.note.From), ParseDay(d.note.To), true
}

// day is the local day of aangemaakt as it is written (rules 64); ok is false when the note does not say.
func (n *note) day() (d Day, ok bool) {
	if n == nil || n.made.IsZero() {
		return 0, false
	}
	year, month, of := n.made.Date()
	return On(year, int(month), of), true
}

// deliveries puts them from old to new, those without a note first (rules 8), and finds equal bytes (rules 45).
func (w *World) deliveries(set extract.Set) {
	for _, x := range set {
		d := &Delivery{Delivery: x, File: x.File(), sha: x.Sha()}
		if x.Note != nil {
			d.note = &note{Note: x.Note, supplier: strings.ToLower(strings.Join(strings.Fields(x.Note.Supplier), " "))}
			for _, g := range x.Note.Gemeenten {
				d.note.gemeenten = append(d.note.gemeenten, "GM"+strings.TrimPrefix(g, "GM"))
			}
			for _, form := range []string{time.DateOnly, time.RFC3339} {
				if t, err := time.Parse(form, x.Note.Made); err == nil {
					d.note.made = t
				}
			}
		}
		w.Deliveries = append(w.Deliveries, d)
	}
	slices.SortFunc(w.Deliveries, func(a, b *Delivery) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.File, b.File)) })
	oldToNew := slices.Clone(w.Deliveries)
	slices.SortFunc(oldToNew, func(a, b *Delivery) int {
		switch {
		case a.note == nil && b.note == nil:
			return cmp.Compare(a.File, b.File)
		case a.note == nil:
			return -1
		case b.note == nil:
			return 1
		}
		return cmp.Or(a.note.compare(b.note), cmp.Compare(a.File, b.File))
	})
	for i, d := range oldToNew {
		d.Order, d.Newest, d.noted, d.First = i+1, i+1, d.note != nil, d
		if d.note != nil {
			d.supplier, d.notes = d.note.supplier, []*note{d.note}
		}
		for _, earlier := range oldToNew[:i] {
			if earlier.Kind == d.Kind && earlier.sha == d.sha && !earlier.Duplicate {
				d.Duplicate, d.First = true, earlier
				earlier.Newest = d.Order
				earlier.noted = earlier.noted || d.noted
				if d.note != nil {
					earlier.supplier = d.supplier
					earlier.notes = append(earlier.notes, d.note)
				}
			}
		}
	}
}

// compare orders notes from old to new: by the local day on which the delivery was made, then the instant, then levering_id.
func (n *note) compare(m *note) int {
	day, this := n.day()
	otherDay, other := m.day()
	switch {
	case this && !other:
		return 1
	case other && !this:
		return -1
	}
	return cmp.Or(cmp.Compare(day, otherDay), n.made.Compare(m.made), cmp.Compare(n.ID, m.ID))
}

// read reads a line by its contract.
func (w *World) read(d *Delivery, i int) {
	contract := w.Config.Contracts[d.Kind]
	l := &Line{Kind: d.Kind, Delivery: d, Nr: d.At(i), Fate: "geaccepteerd", Use: "gebruikt", columns: w.columns[d.Kind],
		cells: make([]string, len(contract.Columns))}
	good := true
	for c := range contract.Columns {
		column := &contract.Columns[c]
		given := d.Lines[i][column.Name]
		if incomplete(column, given) {
			l.Incomplete = true
		}
		v, ok := read(contract, column, given)
		l.cells[c] = v
		good = good && ok
		if column.Type == config.TypeGemeente && ok && d.note != nil && len(d.note.gemeenten) > 0 {
			good = good && slices.Contains(d.note.gemeenten, v) // rules 50
		}
	}
	l.Gemeente = l.Get(contract.Gemeente())
	good = good && inOrder(contract, l)
	if m := contract.Money; m != nil && m.Sign != "" {
		good = good && !strings.HasPrefix(l.Get(m.Amount), "-") && !strings.HasPrefix(l.Get(m.Override), "-")
	}
	if l.dated(contract) {
		l.From, l.To, l.Period = l.period(contract)
		l.Impossible = CostKind(contract) && l.Period && !possiblePeriod(l)
	}
	switch {
	case d.Duplicate:
		l.Fate = "dubbel"
	case !good || l.Impossible:
		l.Fate = "quarantaine"
	}
	w.All = append(w.All, l)
}
