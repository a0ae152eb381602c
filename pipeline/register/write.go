package register

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"stapel/config"
	"stapel/reports/nl"
)

// Excel takes no longer texts beside a cell than these.
const (
	longestTitle, longestAbout = 32, 255
	longestList                = 255
)

// writer fills a workbook. The first error stays.
type writer struct {
	book *excelize.File
	cfg  *config.Config
	list []sheet
	err  error

	title, bold, wrap, required, optional, text, day, euro, wrong int
}

func (w *writer) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) set(sheet, at string, value any, style int) {
	w.do(w.book.SetCellValue(sheet, at, value))
	w.do(w.book.SetCellStyle(sheet, at, at, style))
}

// Write writes the workbook, empty. Equal contracts give equal bytes.
func Write(to io.Writer, cfg *config.Config) (err error) {
	w := &writer{book: excelize.NewFile(), cfg: cfg, list: ours(cfg)}
	defer func() { err = errors.Join(err, w.book.Close()) }()
	if len(w.list) < len(sheets) {
		return fmt.Errorf("the configuration has %d of the %d kinds of the register", len(w.list), len(sheets))
	}
	const made = "2000-01-01T00:00:00Z" // a clock would make two equal workbooks differ
	w.do(w.book.SetDocProps(&excelize.DocProperties{Title: "Register maatwerk", Creator: "stapel", LastModifiedBy: "stapel", Created: made, Modified: made, Language: "nl-NL"}))
	w.styles()
	w.do(w.book.SetSheetName("Sheet1", aboutSheet))
	for _, name := range []string{deliverySheet, w.list[0].title, w.list[1].title, w.list[2].title, w.list[3].title, w.list[4].title, checkSheet} {
		_, err := w.book.NewSheet(name)
		w.do(err)
	}
	w.about()
	w.delivery()
	for _, s := range w.list {
		w.kind(s)
	}
	w.checks()
	calculate := true
	w.do(w.book.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &calculate}))
	if w.err != nil {
		return w.err
	}
	_, err = w.book.WriteTo(to)
	return err
}

func (w *writer) styles() {
	style := func(s excelize.Style) int {
		id, err := w.book.NewStyle(&s)
		w.do(err)
		return id
	}
	head := func(color string) int {
		return style(excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}})
	}
	text, day, euro := "@", `dd\-mm\-yyyy`, "#,##0.00"
	w.title = style(excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Color: "14324F"}})
	w.bold = style(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "top"}})
	w.wrap = style(excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	w.required, w.optional = head("14324F"), head("5B6B7A")
	w.text = style(excelize.Style{CustomNumFmt: &text})
	w.day = style(excelize.Style{CustomNumFmt: &day})
	w.euro = style(excelize.Style{CustomNumFmt: &euro})
	wrong, err := w.book.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F8D7DA"}}})
	w.do(err)
	w.wrong = wrong
}

func (w *writer) about() {
	w.do(w.book.SetColWidth(aboutSheet, "A", "B", 22))
	w.do(w.book.SetColWidth(aboutSheet, "C", "C", 14))
	w.do(w.book.SetColWidth(aboutSheet, "D", "D", 60))
	w.do(w.book.SetColWidth(aboutSheet, "E", "E", 60))
	w.set(aboutSheet, "A1", "Register maatwerk", w.title)
	lines := []string{
		"Vul eerst het blad " + deliverySheet + " in, en daarna per plan een rij op het blad " + w.list[0].title + ". De andere bladen horen bij een plan door het casusnummer.",
		"Een donkerblauwe kolom is verplicht. Een rode cel moet nog worden ingevuld. Verander de kolomnamen niet, en zet er geen kolommen bij.",
		"Zet nergens een naam, een BSN of een geboortedatum neer. Voor personen en maatwerkers staat er een pseudoniem; docs/leveranciers.md zegt hoe dat wordt gemaakt.",
		"Laat leeg wat niet bekend is. Een nul is een bedrag van nul euro.",
		"Is iemand om een cijfer gevraagd en kwam er geen antwoord, zet dan de meting er wel neer, zonder cijfer.",
		"Het blad " + checkSheet + " rekent na wat er staat: of de regels optellen, en of er twee akkoorden van andere maatwerkers zijn voor de start.",
		"Met stapel register wordt deze werkmap gelezen. Een nieuwere werkmap vervangt wat er over dezelfde periode stond.",
	}
	row := 3
	for _, line := range lines {
		w.set(aboutSheet, cell(0, row), line, 0)
		row++
	}
	row++
	for i, head := range []string{"blad", "kolom", "verplicht", "betekenis", "keuzes"} {
		w.set(aboutSheet, cell(i, row), head, w.required)
	}
	for _, s := range w.list {
		for _, c := range w.cfg.Contracts[s.kind].Columns {
			row++
			for i, text := range []string{s.title, c.Name, requiredWord(c), about(c), strings.Join(choices(c), ", ")} {
				w.set(aboutSheet, cell(i, row), text, w.wrap)
			}
		}
	}
}

// requiredWord says whether a cell has to be filled in.
func requiredWord(c config.Column) string {
	if c.Required && !c.EmptyOK {
		return "ja"
	}
	return ""
}

// about is what a column holds, and in what it is measured.
func about(c config.Column) string {
	if c.Unit != "" {
		return c.Doc + " (" + c.Unit + ")"
	}
	return c.Doc
}

// choices are the values that a cell can have, where there are few.
func choices(c config.Column) (out []string) {
	if c.Type == config.TypeVlag {
		return []string{"ja", "nee"}
	}
	if c.Type == config.TypeCode {
		for _, code := range c.Codes {
			out = append(out, code.Code)
		}
	}
	return out
}

func (w *writer) delivery() {
	w.do(w.book.SetColWidth(deliverySheet, "A", "A", 34))
	w.do(w.book.SetColWidth(deliverySheet, "B", "B", 34))
	w.do(w.book.SetColWidth(deliverySheet, "C", "C", 100))
	for i, head := range []string{"wat", "waarde", "uitleg"} {
		w.set(deliverySheet, cell(i, 1), head, w.required)
	}
	for i, e := range entries(w.list) {
		row := i + 2
		w.set(deliverySheet, cell(0, row), e.key, w.bold)
		w.set(deliverySheet, cell(2, row), e.about, 0)
		at := cell(1, row)
		style := w.text
		if isDay(e.key) {
			style = w.day
		}
		w.do(w.book.SetCellStyle(deliverySheet, at, at, style))
		switch {
		case isDay(e.key):
			w.valid(deliverySheet, at, days(), e.key, e.about)
		case strings.HasPrefix(e.key, kept):
			w.valid(deliverySheet, at, oneOf([]string{"ja", "nee"}), e.key, e.about)
		}
	}
}

// isDay is whether a row of the sheet Levering holds a day.
func isDay(key string) bool {
	return slices.Contains([]string{"periode_van", "periode_tot", "aangemaakt"}, key)
}

// A rule makes what a cell takes; stop refuses what breaks it, otherwise it warns.
type rule struct {
	make func(dv *excelize.DataValidation) error
	stop bool
	says string
}

func oneOf(list []string) *rule {
	if len(strings.Join(list, ",")) > longestList {
		return nil
	}
	return &rule{func(dv *excelize.DataValidation) error { return dv.SetDropList(list) }, true, "Kies uit de lijst: " + strings.Join(list, ", ")}
}

// firstDay and lastDay are the days that a date can be, counted as a spreadsheet does: 1900-01-01 and 2199-12-31.
const firstDay, lastDay = 1, 109574

func days() *rule {
	return &rule{func(dv *excelize.DataValidation) error {
		return dv.SetRange(firstDay, lastDay, excelize.DataValidationTypeDate, excelize.DataValidationOperatorBetween)
	}, true, "Een datum, zoals 31-12-2025"}
}

// escaped is a formula as the library wants it in a rule: it is put into the XML as it is.
var escaped = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// where is a rule by a formula about the first cell that it is for.
func where(formula, says string) *rule {
	return &rule{func(dv *excelize.DataValidation) error {
		return dv.SetRange(escaped.Replace(formula), "", excelize.DataValidationTypeCustom, excelize.DataValidationOperatorEqual)
	}, true, says}
}

// ruleOf is what a cell of a column takes; nil for anything. at is the first cell.
func ruleOf(c config.Column, at string) *rule {
	between := func(unit int64) (low, high float64, says string) {
		low, high = -1e9, 1e9
		if c.Min != nil {
			low = float64(*c.Min) / float64(unit)
			says = " vanaf " + nl.Decimal(low)
		}
		if c.Max != nil {
			high = float64(*c.Max) / float64(unit)
			says += " tot en met " + nl.Decimal(high)
		}
		return low, high, says
	}
	switch c.Type {
	case config.TypeCode, config.TypeVlag:
		return oneOf(choices(c))
	case config.TypeDatum:
		return days()
	case config.TypeGeheel:
		low, high, says := between(1)
		return &rule{func(dv *excelize.DataValidation) error {
			return dv.SetRange(low, high, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
		}, true, "Een geheel getal" + says}
	case config.TypeDecimaal:
		low, high, says := between(thousand)
		if c.Step != nil {
			return where(fmt.Sprintf("AND(ISNUMBER(%[1]s),%[1]s>=%[2]v,%[1]s<=%[3]v,MOD(ROUND(%[1]s*1000,0),%[4]d)=0)", at, low, high, *c.Step),
				"Een getal"+says+", in stappen van "+nl.Decimal(float64(*c.Step)/thousand))
		}
		return &rule{func(dv *excelize.DataValidation) error {
			return dv.SetRange(low, high, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
		}, true, "Een getal" + says}
	case config.TypeEur:
		return where(fmt.Sprintf("AND(ISNUMBER(%[1]s),ROUND(%[1]s,2)=%[1]s)", at), "Een bedrag in euro, met hooguit twee decimalen")
	case config.TypePersoon, config.TypeHuishouden:
		return where(fmt.Sprintf("AND(LEN(%[1]s)>=10,ISERROR(VALUE(%[1]s)))", at), "Een pseudoniem, zoals v1_ met letters en cijfers erachter; nooit een BSN")
	case config.TypeGemeente:
		return where(fmt.Sprintf(`AND(LEN(%[1]s)>=4,LEN(%[1]s)<=6,ISNUMBER(VALUE(RIGHT(%[1]s,4))))`, at), "Een gemeentecode van vier cijfers, zoals 0855")
	}
	return nil
}

const thousand = 1000 // a decimal number is kept in thousandths

// caseNumber is the column by which a line belongs to a plan.
const caseNumber = "casusnummer"

func (w *writer) kind(s sheet) {
	columns := w.cfg.Contracts[s.kind].Columns
	last := s.rows + 1
	for i, c := range columns {
		name := column(i)
		style := w.text
		switch c.Type {
		case config.TypeDatum:
			style = w.day
		case config.TypeEur:
			style = w.euro
		case config.TypeGeheel, config.TypeDecimaal:
			style = 0
		}
		w.do(w.book.SetColStyle(s.title, name, style))
		w.do(w.book.SetColWidth(s.title, name, name, max(12, float64(len(c.Name)+3))))
		head := w.optional
		if requiredWord(c) != "" {
			head = w.required
		}
		w.set(s.title, cell(i, 1), c.Name, head)
		first, all := cell(i, 2), cell(i, 2)+":"+cell(i, last)
		r := ruleOf(c, first)
		if c.Name == caseNumber && s.kind != w.list[0].kind {
			plans := w.list[0]
			at := slices.IndexFunc(w.cfg.Contracts[plans.kind].Columns, func(c config.Column) bool { return c.Name == caseNumber })
			r = &rule{func(dv *excelize.DataValidation) error {
				dv.SetSqrefDropList(fmt.Sprintf("%s!$%[2]s$2:$%[2]s$%d", plans.title, column(at), plans.rows+1))
				return nil
			}, false, "Dit casusnummer staat niet op het blad " + plans.title}
		}
		w.valid(s.title, all, r, c.Name, about(c))
		if requiredWord(c) != "" {
			w.do(w.book.SetConditionalFormat(s.title, all, []excelize.ConditionalFormatOptions{{Type: "formula", Format: &w.wrong,
				Criteria: fmt.Sprintf(`AND(COUNTA($A2:$%s2)>0,%s="")`, column(len(columns)-1), first)}}))
		}
	}
	w.do(w.book.SetPanes(s.title, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
}

// valid puts a rule on cells, and what the column means beside them.
func (w *writer) valid(sheet, cells string, r *rule, title, about string) {
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(cells)
	if r != nil {
		w.do(r.make(dv))
		style := excelize.DataValidationErrorStyleWarning
		if r.stop {
			style = excelize.DataValidationErrorStyleStop
		}
		dv.SetError(style, "Klopt dit?", cut(r.says, longestAbout))
	}
	dv.SetInput(cut(title, longestTitle), cut(about, longestAbout))
	w.do(w.book.AddDataValidation(sheet, dv))
}

func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// checks makes the sheet that does sums on what the others hold, a row a plan.
func (w *writer) checks() {
	plans, lines, approvals := w.list[0], w.list[1], w.list[3]
	at := func(s sheet, name string, row int) string { // a cell of a row
		return s.title + "!$" + column(w.place(s, name)) + fmt.Sprint(row)
	}
	all := func(s sheet, name string) string { // a column
		return fmt.Sprintf("%s!$%[2]s$2:$%[2]s$%d", s.title, column(w.place(s, name)), s.rows+1)
	}
	heads := []string{caseNumber, "huidig_verschil", "dreigend_verschil", "maatwerk_verschil", "besparing_verwacht", "meer_dan_nu", "akkoorden_van_anderen", "opmerking"}
	for i, head := range heads {
		w.set(checkSheet, cell(i, 1), head, w.optional)
		w.do(w.book.SetColWidth(checkSheet, column(i), column(i), 24))
	}
	w.do(w.book.SetColWidth(checkSheet, "H", "H", 90))
	w.do(w.book.SetColStyle(checkSheet, "B:F", w.euro))
	for row := 2; row <= plans.rows+1; row++ {
		formulas := []string{fmt.Sprintf(`IF(%[1]s="","",%[1]s)`, at(plans, caseNumber, row))}
		for _, scenario := range []string{"huidig", "dreigend", "maatwerk"} {
			total := at(plans, scenario+"_eur", row)
			of := fmt.Sprintf(`%s,$A%d,%s,"%s"`, all(lines, caseNumber), row, all(lines, "scenario"), scenario)
			formulas = append(formulas, fmt.Sprintf(`IF(OR($A%d="",%s="",COUNTIFS(%s)=0),"",ROUND(%[2]s-SUMIFS(%[4]s,%[3]s),2))`, row, total, of, all(lines, "bedrag_eur")))
		}
		less := func(from, what string) string {
			return fmt.Sprintf(`IF(OR(%[1]s="",%[2]s=""),"",%[1]s-%[2]s)`, at(plans, from, row), at(plans, what, row))
		}
		formulas = append(formulas, less("dreigend_eur", "maatwerk_eur"), less("maatwerk_eur", "huidig_eur"),
			fmt.Sprintf(`IF($A%[1]d="","",COUNTIFS(%[2]s,$A%[1]d,%[3]s,"akkoord",%[4]s,"<>"&%[5]s))`, row, all(approvals, caseNumber), all(approvals, "besluit"),
				all(approvals, "maatwerker_ps"), at(plans, "eindbaas_ps", row)),
			fmt.Sprintf(`IF(AND($A%[1]d<>"",COUNTIF(%[2]s,$A%[1]d)>1),"dit casusnummer staat er vaker. ","")&IF(AND(%[3]s<>"",N($G%[1]d)<2),"gestart met minder dan twee akkoorden. ","")`+
				`&IF(N(B%[1]d)<>0,"huidig telt niet op. ","")&IF(N(C%[1]d)<>0,"dreigend telt niet op. ","")&IF(N(D%[1]d)<>0,"maatwerk telt niet op. ","")`+
				`&IF(AND(%[4]s<>"",%[4]s<%[5]s),"akkoord van voor de aanmelding. ","")`,
				row, all(plans, caseNumber), at(plans, "datum_start", row), at(plans, "datum_akkoord", row), at(plans, "datum_aanmelding", row)))
		for i, f := range formulas {
			w.do(w.book.SetCellFormula(checkSheet, cell(i, row), f))
		}
	}
	w.do(w.book.SetConditionalFormat(checkSheet, fmt.Sprintf("A2:H%d", plans.rows+1), []excelize.ConditionalFormatOptions{{Type: "formula", Format: &w.wrong, Criteria: `$H2<>""`}}))
	w.do(w.book.SetPanes(checkSheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
}

// place is where a column stands on a sheet; a contract without it can't be checked.
func (w *writer) place(s sheet, name string) int {
	i := slices.IndexFunc(w.cfg.Contracts[s.kind].Columns, func(c config.Column) bool { return c.Name == name })
	if i < 0 {
		w.do(fmt.Errorf("the contract of %s has no column %s", s.kind, name))
	}
	return max(i, 0)
}
