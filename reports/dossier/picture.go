package dossier

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// Months is how many months a picture spans: the three windows.
const Months = reports.Months

// signalFrom is the first month in which signals and cocktails are shown: 24 months to the peildatum (rules 41).
const signalFrom = 12

// Picture is one household as rows of bars over the months of the windows, the same for a terminal and a page.
type Picture struct {
	Run         string     `json:"run_id"`
	Peildatum   string     `json:"peildatum"`
	Synthetisch bool       `json:"synthetisch"`
	Huishouden  string     `json:"huishouden_id"`
	Feiten      []Fact     `json:"feiten"`
	Vensters    []Window   `json:"vensters"`
	Banen       []Section  `json:"banen"`
	Kosten      Costs      `json:"kosten"`
	Zinnen      []Sentence `json:"zinnen"`

	w      reports.Windows
	end    mart.Date // day after the peildatum
	begin  mart.Date // first day of the first month
	versie string

	domeinen []reports.Domein
}

// Fact is a name with its value, for the top of the picture.
type Fact struct {
	Naam   string `json:"naam"`
	Waarde string `json:"waarde"`
}

// Window is T2, T1 or T0 with what the household cost in it.
type Window struct {
	Naam        string `json:"venster"`
	KostenCt    int64  `json:"kosten_ct"` // gedeclareerd
	GeprijsdCt  int64  `json:"geprijsd_ct"`
	EersteMaand int    `json:"-"`
}

// Section is a group of rows.
type Section struct {
	Naam   string `json:"naam"`
	Uitleg string `json:"uitleg"` // what the marks mean
	Van    int    `json:"-"`      // first month shown
	Rijen  []Row  `json:"rijen"`
}

// Row is one line of the picture.
type Row struct {
	Label    string  `json:"wat"`
	Onder    string  `json:"naam,omitempty"`    // small print under the label
	Persoon  int     `json:"persoon,omitempty"` // number of the person; 0: the household
	Kop      bool    `json:"kop,omitempty"`     // head of a domein, with what its rows add up to
	Domein   string  `json:"domein,omitempty"`
	T0Ct     *int64  `json:"t0_ct,omitempty"`
	AllesCt  *int64  `json:"alle_vensters_ct,omitempty"`
	Status   string  `json:"status,omitempty"` // in place of amounts
	Balken   []Bar   `json:"balken"`
	Momenten []Event `json:"momenten,omitempty"`
	Bronnen  []Bron  `json:"bronnen,omitempty"`

	cover [Months]Cover
}

// Cover says what a month without a bar means.
type Cover uint8

// A month is blank where nothing could be there (not born, outside the 24 months), known when the feeds cover it, and
// unknown when they do not: nothing is then something else than none.
const (
	CoverBlank Cover = iota
	CoverKnown
	CoverUnknown
)

// Style is how a bar is drawn; a higher one is drawn over a lower.
type Style uint8

// Styles, from weak to strong. What they stand for depends on the section.
const (
	StyleUnknown Style = iota // cocktail onbekend
	StyleHalf                 // allocated without a declaration, zwak, dreigend, elsewhere, being prepared
	StyleFull                 // declared or paid, sterk, vol, here, being carried out
)

var styleNames = map[Style]string{StyleUnknown: "onbekend", StyleHalf: "half", StyleFull: "vol"}

// MarshalText writes a style as a word.
func (s Style) MarshalText() ([]byte, error) { return []byte(styleNames[s]), nil }

// Bar is an interval of a row, half-open, clipped to the windows.
type Bar struct {
	Van   Day    `json:"van"`
	Tot   Day    `json:"tot"`
	Stijl Style  `json:"stijl"`
	Tekst string `json:"tekst,omitempty"` // in the bar, where it fits
	Titel string `json:"titel"`           // everything about it
	Bron  Bron   `json:"bron"`

	begins bool // its first day is in the windows
	open   bool // still running when the windows end
}

// Event is a day of a plan.
type Event struct {
	Dag    Day    `json:"dag"`
	Letter string `json:"-"`
	Naam   string `json:"wat"`
}

// Day is a day that JSON shows as JJJJ-MM-DD.
type Day mart.Date

// MarshalText writes a day.
func (d Day) MarshalText() ([]byte, error) {
	return []byte(mart.Date(d).Time().Format(time.DateOnly)), nil
}

func (d Day) short() string { return nl.DateShort(mart.Date(d).Time()) }

// Draw makes the picture of a dossier.
func Draw(d *Dossier) (*Picture, error) {
	w, err := d.Run.Windows()
	if err != nil {
		return nil, err
	}
	p := &Picture{Run: d.Run.ID, Peildatum: d.Run.Peildatum, Synthetisch: d.Run.Synthetisch, Huishouden: d.Huishouden.ID, w: w,
		begin: mart.DateOf(w.T2), end: mart.DateOf(w.Peildatum) + 1, versie: d.Run.Versie, domeinen: d.Run.Domeinen}
	b := &builder{d: d, p: p, numbers: map[string]int{}}
	people := b.persons()
	costs := b.costs()
	p.Banen = []Section{people, b.provisions(), b.signals(), b.cocktails()}
	if plans := b.plans(); len(plans.Rijen) > 0 {
		p.Banen = append(p.Banen, plans)
	}
	p.Kosten = costs
	if r := d.Rang; p.Vensters[2].KostenCt != r.T0Ct || p.Vensters[1].KostenCt != r.T1Ct || p.Vensters[0].KostenCt != r.T2Ct {
		return nil, errors.New("de maanden tellen niet op tot de ranglijst: er zijn kosten van een domein dat het beeld niet kent")
	}
	b.facts()
	b.sentences()
	return p, nil
}

// builder makes the rows.
type builder struct {
	d       *Dossier
	p       *Picture
	numbers map[string]int // of persons, from 1
	people  []person       // in order of their number
}

// month is the place of a day in the picture, negative before it.
func (p *Picture) month(d mart.Date) int { return p.w.MonthIndex(d.Time()) }

// monthAt is the i-th month.
func (p *Picture) monthAt(i int) time.Time { return p.w.Month(i) }

// bar clips an interval to the windows, from the month a section begins with; ok is false when nothing is left.
func (p *Picture) bar(van, tot mart.Date, from int, b Bar) (Bar, bool) {
	low := mart.DateOf(p.monthAt(from))
	b.begins, b.open = van >= low, b.open || tot > p.end
	van, tot = max(van, low), min(tot, p.end)
	b.Van, b.Tot = Day(van), Day(tot)
	return b, van < tot
}

// span says a bar's dates in words.
func span(van, tot mart.Date, open bool) string {
	if open {
		return nl.DateShort(van.Time()) + " en loopt door"
	}
	last := (tot - 1).Time()
	if tot-1 == van {
		return nl.DateShort(last)
	}
	return nl.DateShort(van.Time()) + " t/m " + nl.DateShort(last)
}

func (b Bron) String() string {
	if b.Kind == "" {
		return "geen regel: het is er juist niet"
	}
	return fmt.Sprintf("%s regel %s", b.Bestand, nl.Int(b.Regel))
}

// mark is how the months of a row look: the strongest bar of each, else what its cover says.
func (r *Row) mark(p *Picture) (style [Months]Style, filled [Months]bool) {
	for _, b := range r.Balken {
		for m := max(0, p.month(mart.Date(b.Van))); m <= min(Months-1, p.month(mart.Date(b.Tot)-1)); m++ {
			if !filled[m] || b.Stijl > style[m] {
				style[m], filled[m] = b.Stijl, true
			}
		}
	}
	return style, filled
}

// covered makes a row's cover of a set of months; months outside alive stay blank.
func covered(known, alive int64, from int) (out [Months]Cover) {
	for m := from; m < Months; m++ {
		switch bit := int64(1) << m; {
		case alive&bit == 0:
		case known&bit != 0:
			out[m] = CoverKnown
		default:
			out[m] = CoverUnknown
		}
	}
	return out
}

const allMonths = int64(1)<<Months - 1

// cover returns in which months a kind covers a person, and by which months the person was born.
func (b *builder) cover(person, kind string) (known, alive int64) {
	for _, d := range b.d.Dekking {
		if d.Persoon == person && d.Kind == kind {
			return d.Maanden, d.Levend
		}
	}
	return 0, allMonths
}

// household returns in which months all kinds cover every member born by then; attached members don't count (rules 19).
func (b *builder) household(kinds ...string) int64 {
	known := allMonths
	for _, p := range b.people {
		if p.Aangehecht {
			continue
		}
		for _, kind := range kinds {
			k, alive := b.cover(p.ID, kind)
			known &= k | ^alive
		}
	}
	return known & allMonths
}

// sources lists lines without doubles, in order of file and line.
func sources(lines []Bron) []Bron {
	out := slices.Clone(lines)
	slices.SortFunc(out, compareBron)
	return slices.Compact(out)
}

func compareBron(a, b Bron) int {
	switch {
	case a.Kind != b.Kind:
		return cmpText(a.Kind, b.Kind)
	case a.Bestand != b.Bestand:
		return cmpText(a.Bestand, b.Bestand)
	default:
		return int(a.Regel - b.Regel)
	}
}

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
