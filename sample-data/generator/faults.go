package generator

import (
	"fmt"
	"slices"
	"strings"
)

// fault is a way in which what suppliers send is not what the contract thinks of, by the name it has in --feilen.
type fault struct {
	name string
	what string
	// alone: nothing is published, or a feed covers nobody; it is planted when it is named, and not by --hostile.
	alone bool
	plant func(p *planter)
	rekey *rekeying // of the good files of some kinds
}

// faults are all of them, in the order in which they are planted.
var faults = []fault{
	{name: "dubbel", what: "overlapping deliveries with equal lines and late ones, and equal lines in one delivery", plant: plantTwice},
	{name: "brieven", what: "notes that cover days after they were made", plant: plantNotes},
	{name: "datums", what: "ceiling dates, unknown months and incomplete dates", plant: plantDates},
	{name: "leven", what: "care before birth and after death", plant: plantLives},
	{name: "periodes", what: "claims over too long a time or after their delivery", plant: plantPeriods},
	{name: "toewijzing", what: "two versions of an allocation from one day, with and without a time", plant: plantGrants},
	{name: "uitkering", what: "benefits in two lines, with a correction, and delivered again", plant: plantBenefits},
	{name: "herindeling", what: "a gemeente that was merged into another", plant: plantMerger},
	{name: "leveranciers", what: "two suppliers of one kind", plant: plantSuppliers},
	{name: "huishoudens", what: "a household of 25, a person with fourteen addresses in a year, two birth years", plant: plantHomes},
	{name: "bestanden", what: "odd names of files, folders and notes", plant: plantNames},
	{name: "meldingen", what: "what Excel, scripts and portals make of a CSV", plant: plantSpellings},

	{name: "overlap", what: "overlapping deliveries whose lines differ", alone: true, plant: plantOverlap},
	{name: "gelijk", what: "equal lines above the limit", alone: true, plant: plantEqual},
	{name: "herhaald", what: "repeated reference numbers above the limit", alone: true, plant: plantRepeated},
	{name: "buiten_leven", what: "care after death above the limit", alone: true, plant: plantOutsideLife},
	{name: "koppeling", what: "the insurer's feed under another key", alone: true,
		rekey: &rekeying{kinds: []int{kClaimZvw, kInsured}, least: 0.5}},
	{name: "koppeling_gemeente", what: "gemeente 0785's Wmo under another key", alone: true,
		rekey: &rekeying{kinds: []int{kClaimWmo, kWmo}, gemeente: gemeenten[2], least: 0.9}},
	{name: "koppeling_deels", what: "half of the persons of jeugd_toewijzing under another key", alone: true,
		rekey: &rekeying{kinds: []int{kYouth}, half: true, least: 0.9}},
}

// FaultNames lists what --feilen takes: those that --hostile plants as well, and those that only their name plants.
func FaultNames() (withHostile, alone []string) {
	for _, f := range faults {
		if f.alone {
			alone = append(alone, f.name)
		} else {
			withHostile = append(withHostile, f.name)
		}
	}
	return withHostile, alone
}

// planted are the faults that the options ask for.
func (opt Options) planted() (out []fault) {
	for _, f := range faults {
		if opt.Hostile && !f.alone || slices.Contains(opt.Faults, f.name) {
			out = append(out, f)
		}
	}
	return out
}

func (opt Options) checkFaults() error {
	with, alone := FaultNames()
	rekeyed := map[int]bool{}
	for i, name := range opt.Faults {
		if !slices.Contains(with, name) && !slices.Contains(alone, name) {
			return fmt.Errorf("feilen: there is no %q; use %s, %s", name, strings.Join(with, ", "), strings.Join(alone, ", "))
		}
		if slices.Contains(opt.Faults[:i], name) {
			return fmt.Errorf("feilen: %s is there twice", name)
		}
	}
	for _, f := range opt.planted() {
		if f.rekey == nil {
			continue
		}
		for _, k := range f.rekey.kinds {
			if rekeyed[k] {
				return fmt.Errorf("feilen: two of these put %s under another key; name one", kinds[k].name)
			}
			rekeyed[k] = true
		}
	}
	return nil
}

// told is something that must be said of a bad file, with the lines it is about.
type told struct {
	what  string // quarantaine, bevinding, uitgesloten, vervangen, dekking
	code  string
	at    []int // physical lines; none: the file, or a line that depends on the key
	n     int   // default: one for every line in at
	lines int   // of a finding: the lines it counts; default n, -1: not said, of a finding about a file
	ct    *int64
}

// cents makes the optional amount of told.
func cents(ct int) *int64 {
	v := int64(ct)
	return &v
}

// amount is what a person must cost in 2025, in one domein.
type amount struct {
	ps, domain string
	ct         int
	file       string
}

// planter collects the files of the faults.
type planter struct {
	w      *world
	cents  [kindCount]int // that the good files of a kind hold, debit and credit together
	lines  [kindCount]int
	people int
	stays  strings.Builder
	list   []hostile
	costs  []amount
	stops  []string
}

// stay writes a stay in gemeente 0855; birth is year and month, to the last day or "", reason why it ended.
func (p *planter) stay(ps, house, from, to string, year, month int, reason string) {
	fmt.Fprintf(&p.stays, "%s;%s;0855;%s;%s;%d;%d;1;2;%s\n", ps, house, from, to, year, month, reason)
}

// new makes a person of the faults, with the pseudonym of a household of its own.
func (p *planter) new() (ps, house string) {
	p.people++
	return root{2, 3}.pseudonym('k', p.people), root{2, 3}.pseudonym('h', p.people)
}

// person makes an adult who lives alone.
func (p *planter) person() string {
	ps, house := p.new()
	p.stay(ps, house, "2015-01-01", "", 1980, 1, "")
	return ps
}

// file adds a file with what must be said of it.
func (p *planter) file(kind, name, note, data string, about ...told) {
	p.list = append(p.list, hostile{kind: kind, name: name, note: note, data: data, about: about})
}

// refused adds a file that may not be read.
func (p *planter) refused(kind, name, note, data, code string) {
	p.list = append(p.list, hostile{kind: kind, name: name, note: note, data: data, outcome: refused, code: code})
}

// cost says what a person must cost in 2025.
func (p *planter) cost(ps, domain string, ct int, file string) {
	p.costs = append(p.costs, amount{ps, domain, ct, file})
}

// noteOf writes the note of a delivery about gemeente 0855; from "" says no period.
func noteOf(supplier, from, to, made string) string { return noteFor("0855", supplier, from, to, made) }

func noteFor(gemeente, supplier, from, to, made string) string {
	text := fmt.Sprintf("gegevensleverancier: %s\ngemeentecode: [\"%s\"]\n", supplier, gemeente)
	if from != "" {
		text += fmt.Sprintf("periode_van: %s\nperiode_tot: %s\n", from, to)
	}
	if made != "" {
		text += fmt.Sprintf("aangemaakt: %s\n", made)
	}
	return text
}

// plantFaults makes the files of the faults that the options ask for.
func (out *files) plantFaults() *planter {
	p := &planter{w: out.w}
	for _, f := range out.list {
		for i := range kinds {
			if f.kind == &kinds[i] {
				p.cents[i] += int(f.debet + f.credit)
				p.lines[i] += int(f.lines)
			}
		}
	}
	rekeyed := 0
	for _, f := range out.w.opt.planted() {
		if f.plant != nil {
			f.plant(p)
			if f.alone {
				p.stops = append(p.stops, f.name)
			}
			continue
		}
		if out.rekeyed[rekeyed].stops() {
			p.stops = append(p.stops, f.name)
		}
		rekeyed++
	}
	if p.stays.Len() > 0 {
		p.file("huishouden", "feilen.csv", "", "persoon_ps;huishouden_ps;gemeentecode;begindatum;einddatum;geboortejaar;geboortemaand;typhh;plhh;reden_einde\n"+
			p.stays.String())
	}
	return p
}
