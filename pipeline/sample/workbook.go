package sample

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"stapel/pipeline/mus"
	"stapel/reports/nl"
	"stapel/reports/xlsx"
)

// The sheets of the work paper.
const (
	aboutSheet = "Toelichting"
	linesSheet = "Steekproef"
	sumsSheet  = "Berekening"
)

// The sheet with lines: a note, totals and headings above them.
const (
	totalRow = 2
	headRow  = 3
	firstRow = 4
)

// headings are the columns of the sheet with lines. Only the two under fill are open.
var headings = []string{"Nr", "Kant", "Gekozen", "Soort", "Bestand", "Regel", "Periode", "Domein", "Betaler", "Van", "Tot en met", "Hele regel",
	"Boekwaarde", "Treffers", fillAmount, fillRemark, "Fout", "Fout als deel"}

const (
	fillAmount = "Gecontroleerd bedrag"
	fillRemark = "Opmerking"
)

// Columns of that sheet that formulas and the reader name.
const (
	colBook, colHits, colAudited, colRemark, colError, colTaint = "M", "N", "O", "P", "Q", "R"
)

// chosenWords says how a line came to be in the sample.
func (i Item) chosenWords() string {
	switch {
	case i.Top:
		return "geheel"
	case i.Side == mus.Zero:
		return "telling"
	}
	return "steekproef"
}

type book struct {
	*excelize.File
	p                                                 *Paper
	title, bold, wrap, head, text, count, euro, share int
	day, factor, amount, remark, total                int
	failed                                            error
}

func (b *book) do(err error) { b.failed = errors.Join(b.failed, err) }

// workbook is the paper to fill in. Everything but the audited amount and the remark is locked, without a password: it keeps a hand from slipping, and
// what is changed all the same is found when it is read.
func (p *Paper) workbook() (_ []byte, err error) {
	b := &book{File: excelize.NewFile(), p: p}
	defer func() { err = errors.Join(err, b.Close()) }()
	b.styles()
	b.do(b.SetSheetName("Sheet1", aboutSheet))
	b.about()
	b.lines()
	b.sums()
	at, err := time.Parse(time.DateOnly, p.Peildatum)
	b.do(err)
	if b.failed != nil {
		return nil, b.failed
	}
	var out bytes.Buffer
	err = xlsx.Finish(&out, b.File, "Steekproef "+p.Draw[:12], at)
	return out.Bytes(), err
}

func (b *book) styles() {
	style := func(into *int, s excelize.Style) {
		id, err := b.NewStyle(&s)
		b.do(err)
		*into = id
	}
	euro, share, factor, day, count, text := `#,##0.00`, "0.0000%", "0.0000", "dd\\-mm\\-yyyy", "#,##0", "@"
	blue := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"14324F"}}
	open := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF6D6"}}
	unlocked := &excelize.Protection{Locked: false}
	edge := []excelize.Border{{Type: "left", Style: 1, Color: "8A6D00"}, {Type: "right", Style: 1, Color: "8A6D00"}, {Type: "top", Style: 1, Color: "8A6D00"},
		{Type: "bottom", Style: 1, Color: "8A6D00"}}
	style(&b.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Color: "14324F"}})
	style(&b.bold, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "top"}})
	style(&b.wrap, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true}})
	style(&b.head, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: blue, Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	style(&b.text, excelize.Style{CustomNumFmt: &text})
	style(&b.count, excelize.Style{CustomNumFmt: &count})
	style(&b.euro, excelize.Style{CustomNumFmt: &euro})
	style(&b.share, excelize.Style{CustomNumFmt: &share})
	style(&b.factor, excelize.Style{CustomNumFmt: &factor})
	style(&b.day, excelize.Style{CustomNumFmt: &day})
	style(&b.total, excelize.Style{CustomNumFmt: &euro, Font: &excelize.Font{Bold: true}})
	style(&b.amount, excelize.Style{CustomNumFmt: &euro, Fill: open, Border: edge, Protection: unlocked})
	style(&b.remark, excelize.Style{CustomNumFmt: &text, Fill: open, Border: edge, Protection: unlocked})
}

// rows writes rows of cells from the first row of a sheet.
func (b *book) rows(sheet string, widths []float64, write func(set func(row int, cells ...any))) {
	if sheet != aboutSheet {
		_, err := b.NewSheet(sheet)
		b.do(err)
	}
	// what is said of a sheet after its rows were streamed is lost
	b.do(b.ProtectSheet(sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true}))
	if n := len(b.p.Items); sheet == linesSheet && n > 0 {
		dv := excelize.NewDataValidation(true)
		dv.SetSqref(fmt.Sprintf("%[1]s%[2]d:%[1]s%[3]d", colAudited, firstRow, firstRow+n-1))
		b.do(dv.SetRange(-1e11, 1e11, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
		dv.SetError(excelize.DataValidationErrorStyleStop, "Geen bedrag", "Vul een bedrag in euro's in, met hoogstens twee cijfers achter de komma.")
		b.do(b.AddDataValidation(sheet, dv))
	}
	out, err := b.NewStreamWriter(sheet)
	b.do(err)
	if b.failed != nil {
		return
	}
	for i, w := range widths {
		b.do(out.SetColWidth(i+1, i+1, w))
	}
	if sheet == linesSheet {
		b.do(out.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: headRow, TopLeftCell: fmt.Sprint("B", firstRow), ActivePane: "bottomRight"}))
	}
	write(func(row int, cells ...any) { b.do(out.SetRow(fmt.Sprint("A", row), cells)) })
	b.do(out.Flush())
}

// about says what was drawn, and what to do with it.
func (b *book) about() {
	p := b.p
	lines := [][2]string{
		{"Cijfer", p.Figure + ": " + nl.Plain(nl.Euro(p.Sum)) + " in " + nl.Plain(nl.Count(int64(p.Lines), "regel", "regels"))},
		{"Run", p.Run + ", peildatum " + p.Peildatum},
		{"Zekerheid", nl.PercentShort(p.Plan.Confidence)},
		{"Toelaatbare fout", nl.Plain(nl.Euro(p.Plan.Tolerable))},
		{"Verwachte fout", nl.Plain(nl.Euro(p.Plan.Expected))},
		{"Verdeling, trekking", string(p.Plan.Model) + ", " + string(p.Plan.Method)},
		{"Zaad", p.Plan.Seed},
		{"Populatie (sha256)", p.Population},
		{"Trekking (sha256)", p.Draw},
	}
	for _, part := range p.Parts {
		if part.Lines > 0 {
			lines = append(lines, [2]string{nl.Capital(string(part.Side)), partWords(part, p.Plan.Method)})
		}
	}
	if p.Expansion > 0 {
		lines = append(lines, [2]string{"Ter vergelijking", fmt.Sprintf("De oudere vuistregel van het AICPA geeft voor debet een omvang van %d.", p.Expansion)})
	}
	lines = append(lines,
		[2]string{"Wat te doen", "Zoek elke regel van het blad " + linesSheet + " op in de bron: soort, bestand en regelnummer staan erbij. " +
			"Vul in de gele kolom " + fillAmount + " in wat het deel van de regel in deze periode had moeten zijn; is alles goed, dan is dat de boekwaarde. " +
			"Een credit houdt zijn minteken. Vul elke regel in, ook als er niets fout is."},
		[2]string{"Regel over meer perioden", "De boekwaarde is het deel van de regel dat in de periode valt, naar dagen. " +
			"Is de hele regel fout, neem dan hetzelfde deel van het goede bedrag."},
		[2]string{"Daarna", "stapel sample --evaluate met deze werkmap. Het bestand met de eindnaam .json hoort ernaast te liggen."})
	b.rows(aboutSheet, []float64{28, 110}, func(set func(row int, cells ...any)) {
		set(1, excelize.Cell{StyleID: b.title, Value: "Steekproef " + p.Draw[:12]})
		for i, l := range lines {
			set(i+3, excelize.Cell{StyleID: b.bold, Value: l[0]}, excelize.Cell{StyleID: b.wrap, Value: l[1]})
		}
	})
}

// partWords says what was drawn of one side.
func partWords(p mus.Part, method mus.Method) string {
	lines := nl.Plain(nl.Count(int64(p.Lines), "regel", "regels"))
	if p.Side == mus.Zero {
		return fmt.Sprintf("%s zonder bedrag, waarvan %d geloot om te tellen", lines, p.Hits)
	}
	text := fmt.Sprintf("%s, samen %s; omvang %d; %s geheel gecontroleerd, %s", lines,
		nl.Plain(nl.Euro(p.Book)), p.Planned,
		nl.Plain(nl.Count(int64(p.TopLines), "regel", "regels")), nl.Plain(nl.Euro(p.Top)))
	if p.Interval == 0 {
		return text
	}
	text += fmt.Sprintf("; van de rest %s, een per %s", nl.Plain(nl.Count(int64(p.Hits), "treffer", "treffers")), nl.Plain(nl.Euro(p.Interval)))
	if method == mus.Interval {
		text += ", begin op " + nl.Plain(nl.Euro(p.Start))
	}
	return text
}

func euros(ct int64) float64 { return float64(ct) / 100 }

// lines writes the selected lines.
func (b *book) lines() {
	p := b.p
	last := firstRow + len(p.Items) - 1
	cell := func(style int, value any) excelize.Cell { return excelize.Cell{StyleID: style, Value: value} }
	formula := func(style int, value any, format string, a ...any) excelize.Cell {
		return excelize.Cell{StyleID: style, Value: value, Formula: fmt.Sprintf(format, a...)}
	}
	var sum int64
	for _, it := range p.Items {
		sum += it.BookCt
	}
	widths := []float64{6, 8, 12, 24, 34, 10, 9, 14, 22, 12, 12, 14, 14, 9, 16, 40, 14, 12}
	b.rows(linesSheet, widths, func(set func(row int, cells ...any)) {
		set(1, cell(b.bold, "Vul de gele kolommen in. Vertrouwelijk: regels uit de bron."))
		totals := make([]any, len(headings))
		totals[0] = cell(b.bold, "Totaal")
		totals[12] = formula(b.total, euros(sum), "SUM(%[1]s%[2]d:%[1]s%[3]d)", colBook, firstRow, last)
		totals[14] = formula(b.total, 0.0, "SUM(%[1]s%[2]d:%[1]s%[3]d)", colAudited, firstRow, last)
		totals[15] = formula(b.bold, fmt.Sprintf("0 van %d ingevuld", len(p.Items)), `COUNT(%[1]s%[2]d:%[1]s%[3]d)&" van %[4]d ingevuld"`, colAudited, firstRow,
			last, len(p.Items))
		totals[16] = formula(b.total, 0.0, "SUM(%[1]s%[2]d:%[1]s%[3]d)", colError, firstRow, last)
		set(totalRow, totals...)
		heads := make([]any, len(headings))
		for i, h := range headings {
			heads[i] = cell(b.head, h)
		}
		set(headRow, heads...)
		for i, it := range p.Items {
			row := firstRow + i
			from, err := time.Parse(time.DateOnly, it.From)
			b.do(err)
			to, err := time.Parse(time.DateOnly, it.To)
			b.do(err)
			set(row, cell(b.count, it.Nr), cell(b.text, string(it.Side)), cell(b.text, it.chosenWords()), cell(b.text, it.Kind), cell(b.text, it.File),
				cell(b.count, it.Row), cell(b.text, it.Window), cell(b.text, it.Domain), cell(b.text, it.Payer), cell(b.day, from),
				cell(b.day, to.AddDate(0, 0, -1)), cell(b.euro, euros(it.WholeCt)), cell(b.euro, euros(it.BookCt)), cell(b.count, it.Hits), cell(b.amount, nil), cell(b.remark, nil),
				formula(b.euro, "", `IF(ISNUMBER(%[1]s%[2]d),ROUND(%[3]s%[2]d-%[1]s%[2]d,2),"")`, colAudited, row, colBook),
				formula(b.share, "", `IF(AND(ISNUMBER(%[1]s%[2]d),%[3]s%[2]d<>0),(%[3]s%[2]d-%[1]s%[2]d)/%[3]s%[2]d,"")`, colAudited, row, colBook))
		}
	})
}
