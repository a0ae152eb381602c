package dossier

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"stapel/reports/mart"
	"stapel/reports/nl"
)

// Glyphs are the marks of a terminal. Each means the same with and without colour, for there is none.
type Glyphs struct {
	Full, Half, Unknown rune   // bars by style
	Known               rune   // covered, and nothing there
	Uncovered           rune   // not covered: nothing can be said
	Year                rune   // between windows
	Steps               []rune // of a column of costs, from empty to full
	Below               rune   // a month below nothing
	ascii               bool   // words too
}

// Blocks are block characters, ASCII is for terminals without them.
var (
	Blocks = Glyphs{'█', '▒', '░', '·', '?', '│', []rune(" ▁▂▃▄▅▆▇█"), '▾', false}
	ASCII  = Glyphs{'#', '=', '~', '.', '?', '|', []rune(" -+#"), 'v', true}
)

// Widths of a line: the number of a person, the label, 36 months with a bar at each window, two amounts and the source.
const (
	labelWidth  = 36
	amountWidth = 12
	allWidth    = 13
)

// Terminal writes the picture as text of at most 120 columns. Sources are b<n>:<line>, with the files listed at the end.
func Terminal(w io.Writer, p *Picture, g Glyphs) error {
	t := &terminal{w: bufio.NewWriter(w), p: p, g: g, files: p.files()}
	t.head()
	for _, s := range p.Banen {
		t.section(s)
		if s.Naam == "Voorzieningen" {
			t.costs()
		}
	}
	t.legend()
	t.sentences()
	t.sources()
	return t.w.Flush()
}

type terminal struct {
	w     *bufio.Writer
	p     *Picture
	g     Glyphs
	files []Bron
}

func (t *terminal) line(s string) { fmt.Fprintln(t.w, strings.TrimRight(t.say(s), " ")) }

// say has ordinary blanks, for a terminal needs no others to keep words together, and nothing that a terminal obeys; in
// ASCII it has no accents either.
func (t *terminal) say(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0':
			return ' '
		case r < ' ', r >= 0x7f && r < 0xa0:
			return '?'
		}
		return r
	}, s)
	if !t.g.ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r > '~' {
			return '?'
		}
		return r
	}, letters.Replace(s))
}

var letters = strings.NewReplacer("€", "EUR", "…", "~", "–", "-", "·", ";", "é", "e", "ë", "e", "ó", "o", "ï", "i", "ö", "o", "ü", "u", "è", "e")

func (t *terminal) head() {
	if t.p.Synthetisch {
		t.line("SYNTHETISCHE VOORBEELDGEGEVENS: dit huishouden bestaat niet")
	}
	t.line(fmt.Sprintf("%s   run %s   peildatum %s   niet doorsturen", t.p.Huishouden, t.p.Run, nl.DateShort((t.p.end - 1).Time())))
	for _, f := range t.p.Feiten {
		t.line(fmt.Sprintf("  %-14s %s", f.Naam, f.Waarde))
	}
	t.line("")
	var names, months strings.Builder
	for i := range t.p.Vensters {
		fmt.Fprintf(&names, "%c%s", t.g.Year, t.pad(t.windowYear(i), 12))
		months.WriteRune(t.g.Year)
		for m := 12 * i; m < 12*i+12; m++ {
			months.WriteString(nl.Month(t.p.monthAt(m))[:1])
		}
	}
	t.line(t.pad("", labelWidth) + names.String() + " " + t.left("kosten "+t.windowYear(2), amountWidth) + t.left("3 jaar", allWidth) + "  bron")
	t.line(t.pad("", labelWidth) + months.String())
}

// windowYear is the year of a window, or the two it lies in.
func (t *terminal) windowYear(i int) string {
	from, to := t.p.monthAt(12*i).Year(), t.p.monthAt(12*i+11).Year()
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d/%02d", from, to%100)
}

func (t *terminal) section(s Section) {
	t.line("")
	t.line(strings.ToUpper(s.Naam))
	for i := range s.Rijen {
		t.row(&s.Rijen[i])
	}
}

func (t *terminal) row(r *Row) {
	label := "   "
	if r.Persoon > 0 {
		label = fmt.Sprintf("%2d ", r.Persoon)
	}
	if r.Kop {
		label = ""
	}
	out := t.pad(t.cut(label+r.Label, labelWidth-1), labelWidth) + t.grid(r)
	switch {
	case r.Kop && r.Status != "":
		out += " " + t.left(r.Status, amountWidth) + t.left("", allWidth)
	case r.T0Ct != nil:
		out += " " + t.left(nl.Amount(*r.T0Ct), amountWidth) + t.left(nl.Amount(*r.AllesCt), allWidth)
	default:
		out += "   " + t.pad(t.cut(r.Status, amountWidth+allWidth-2), amountWidth+allWidth-2)
	}
	t.line(out + "  " + shortSource(t.files, r.Bronnen))
}

// grid is a row's months.
func (t *terminal) grid(r *Row) string {
	style, filled := r.mark(t.p)
	cells := make([]rune, Months)
	for m := range cells {
		switch {
		case filled[m]:
			cells[m] = []rune{t.g.Unknown, t.g.Half, t.g.Full}[style[m]]
		case r.cover[m] == CoverKnown:
			cells[m] = t.g.Known
		case r.cover[m] == CoverUnknown:
			cells[m] = t.g.Uncovered
		default:
			cells[m] = ' '
		}
	}
	for _, e := range r.Momenten {
		cells[t.p.month(mart.Date(e.Dag))] = []rune(e.Letter)[0]
	}
	return t.years(cells)
}

// years puts a bar before each window.
func (t *terminal) years(cells []rune) string {
	var b strings.Builder
	for m, c := range cells {
		if m%12 == 0 {
			b.WriteRune(t.g.Year)
		}
		b.WriteRune(c)
	}
	return b.String()
}

// costRows is how high the columns of costs are.
const costRows = 5

// costs draws the months as columns with a scale, then each domein as one line on its own scale.
func (t *terminal) costs() {
	c := &t.p.Kosten
	highest := int64(0)
	for _, ct := range c.total {
		highest = max(highest, ct)
	}
	t.line("")
	t.line("KOSTEN PER MAAND (gedeclareerd)")
	if highest == 0 {
		t.line("   geen")
	} else {
		t.columns(nice(highest))
	}
	for i, s := range slices.Concat(c.Reeksen, c.Geprijsd) {
		var most, t0, all int64
		for m, ct := range s.Maand {
			most = max(most, ct)
			all += ct
			if m >= Months-12 {
				t0 += ct
			}
		}
		cells := make([]rune, Months)
		for m, ct := range s.Maand {
			cells[m] = t.step(ct, max(most, 1), 0, 1, CoverKnown)
			if ct == 0 {
				cells[m] = t.g.Known
			}
		}
		label := s.Naam
		if i >= len(c.Reeksen) {
			label += ", geschat"
		}
		t.line(t.pad(t.cut("   "+label, labelWidth-1), labelWidth) + t.years(cells) + " " + t.left(nl.Amount(t0), amountWidth) + t.left(nl.Amount(all), allWidth) +
			"  max " + nl.EuroWhole(most))
	}
}

// columns draws the months as columns up to an amount, with the sum of each window below.
func (t *terminal) columns(top int64) {
	c := &t.p.Kosten
	for row := costRows - 1; row >= 0; row-- {
		cells := make([]rune, Months)
		for m, ct := range c.total {
			cells[m] = t.step(ct, top, int64(row), costRows, c.cover[m])
		}
		scale := ""
		switch row {
		case costRows - 1:
			scale = nl.EuroWhole(top)
		case 0:
			scale = nl.EuroWhole(0)
		}
		t.line(t.left(scale, labelWidth-1) + " " + t.years(cells))
	}
	var under strings.Builder
	for _, w := range t.p.Vensters {
		under.WriteString(" " + t.pad(nl.AmountWhole(w.KostenCt), 12))
	}
	t.line(t.left("samen, in hele euro's", labelWidth-1) + " " + under.String())
}

// step is the mark of an amount in one row of a column of so many rows. Any amount above 0 shows in the lowest row.
func (t *terminal) step(ct, top, row, rows int64, cover Cover) rune {
	steps := int64(len(t.g.Steps) - 1)
	if ct < 0 && row == 0 {
		return t.g.Below
	}
	height := max(0, ct) * rows * steps / top
	if ct > 0 && height == 0 {
		height = 1
	}
	n := min(steps, max(0, height-row*steps))
	if n == 0 && row == 0 && ct == 0 {
		if cover == CoverUnknown {
			return t.g.Uncovered
		}
		return t.g.Known
	}
	return t.g.Steps[n]
}

// nice is the round amount (1, 2 or 5 times a power of ten euros) at or above an amount.
func nice(ct int64) int64 {
	for unit := int64(100); ; unit *= 10 {
		for _, m := range []int64{1, 2, 5} {
			if m*unit >= ct {
				return m * unit
			}
		}
	}
}

func (t *terminal) legend() {
	t.line("")
	t.line(fmt.Sprintf("%c vol: gedeclareerd of betaald, sterk, vol, hier   %c half: alleen toegewezen, zwak, dreigend, elders, voorbereiding", t.g.Full, t.g.Half))
	t.line(fmt.Sprintf("%c cocktail onbekend   %c gedekt, en er is niets   %c niet (voor iedereen) gedekt: onbekend   %c maand onder nul", t.g.Unknown, t.g.Known,
		t.g.Uncovered, t.g.Below))
	t.line("plan: A aanmelding, K akkoord, S start, G gereed. Een maand is gevuld als er een dag van in valt.")
}

func (t *terminal) sentences() {
	for _, s := range t.p.Zinnen {
		t.line("")
		t.line(s.Kop)
		for _, text := range s.Regels {
			t.wrap(text)
		}
	}
}

// wrap breaks a sentence at blanks, indented under its heading.
func (t *terminal) wrap(text string) {
	const width = 112
	indent, out := "  ", "  "
	if strings.HasPrefix(text, "- ") {
		indent = "    "
	}
	for i, word := range strings.Fields(t.say(text)) {
		if i > 0 && utf8.RuneCountInString(out)+1+utf8.RuneCountInString(word) > width {
			t.line(out)
			out = indent + word
			continue
		}
		if i > 0 {
			out += " "
		}
		out += word
	}
	t.line(out)
}

func (t *terminal) sources() {
	t.line("")
	t.line("Bronnen (b<bestand>:<regel>; +n: nog n regels)")
	for i, f := range t.files {
		t.line(fmt.Sprintf("  b%-3d %s", i+1, f.Bestand))
	}
}

// pad, left and cut count the letters that are shown.
func (t *terminal) pad(s string, n int) string {
	s = t.say(s)
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

func (t *terminal) left(s string, n int) string {
	s = t.say(s)
	return strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s))) + s
}

// cut shortens a text that does not fit.
func (t *terminal) cut(s string, n int) string {
	s = t.say(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return t.say(string([]rune(s)[:n-1]) + "…")
}
