package config

import (
	"fmt"
	"slices"
	"strings"
)

// Header is the header line of an extract of this kind, with every column of the contract. Names of columns begin with a letter, so
// that a spreadsheet runs none of them.
func (c *Contract) Header() string {
	names := make([]string, len(c.Columns))
	for i, col := range c.Columns {
		names[i] = col.Name
	}
	return strings.Join(names, ";") + "\n"
}

// Describe is the contract in Dutch Markdown, for whoever has to deliver the extract.
func (c *Contract) Describe() string {
	var b strings.Builder
	p := func(format string, a ...any) { fmt.Fprintf(&b, format, a...) }
	p("# %s\n\n%s.\n\n", c.Kind, c.Doc)
	p("- Leverancier: %s\n- Standaard: %s\n- Contractversie: %s\n", c.Supplier, c.Standard, c.Version)
	if c.Required {
		p("- Verplicht: zonder deze bron draait stapel niet, tenzij de configuratie anders zegt\n")
	} else {
		p("- Niet verplicht\n")
	}
	if c.Replaces == ReplacesPeriod {
		p("- Een nieuwere levering vervangt de regels van een oudere in dezelfde gemeente en periode (kolom `%s`)\n", c.Period.Column)
	} else if c.Money != nil {
		p("- Leveringen vullen elkaar aan; een correctie komt als creditregel, niet als nieuwe levering van dezelfde regel\n")
	} else {
		p("- Leveringen vullen elkaar aan\n")
	}
	for _, line := range c.rules() {
		p("- %s\n", line)
	}
	p("\n## Het bestand\n\n")
	p("CSV met `;`, een kopregel, aanhalingstekens volgens RFC 4180, %s", map[string]string{"utf-8": "UTF-8", "windows-1252": "Windows-1252"}[c.Encoding])
	p(", eventueel als `.csv.gz`. Kolommen worden op naam gevonden, in elke volgorde. Een kolom die hieronder niet staat, laat het hele\n" +
		"bestand weigeren: zo komt er geen naam of BSN mee. Nationaliteit, herkomst en migratie worden nooit gelezen. Een regel die\n" +
		"niet klopt gaat in quarantaine, met regelnummer en reden; boven 1%% (en ten minste 10 regels) wordt het bestand geweigerd. Een cel\n" +
		"zonder waarde is leeg: woorden als NULL, NA of een streepje gaan in quarantaine.\n")
	if c.hasDates() {
		p("Datums liggen in de jaren 1900 tot en met 2199. %s betekent geen einde, en is alleen in een laatste dag toegestaan, waar het als leeg telt.\n",
			strings.Join(c.CeilingDates, ", "))
	}
	if len(c.Ignored) > 0 {
		p("Deze kolommen mogen er staan en worden niet gelezen: %s.\n", strings.Join(c.Ignored, ", "))
	}
	p("\n## Kolommen\n\n%s", c.ColumnsInShort())
	for _, o := range c.Orders {
		p("\n%s.\n", o.Doc)
	}
	var lists bool
	for _, col := range c.Columns {
		if len(col.Codes) == 0 {
			continue
		}
		if !lists {
			p("\n## Codelijsten\n\nCodes zijn tekst: `01` is iets anders dan `1`.\n")
			lists = true
		}
		p("\n### %s\n\n", col.Name)
		if col.CodeList != "" {
			p("%s.\n\n", col.CodeList)
		}
		for _, code := range col.Codes {
			p("- `%s`", code.Code)
			if code.Doc != "" && code.Doc != code.Code {
				p(" %s", code.Doc)
			}
			if len(code.Synonyms) > 0 {
				p(" (ook: %s)", strings.Join(code.Synonyms, ", "))
			}
			p("\n")
		}
	}
	p("\n## Leveringsbrief\n\nBij elk bestand hoort een brief, `<bestand>.levering.yaml`. Wat er in staat moet kloppen, anders wordt het bestand geweigerd.\n" +
		"De periode en de gemeenten zeggen wat de levering dekt: alleen daarbinnen zegt het ontbreken van een regel iets.\n")
	if c.Kind == kindZvw {
		p("Zonder `alle_verzekeraars: ja` in de brief van elk bestand, en zonder bestand van soort `zvw_verzekerde`, is van niemand te zeggen dat er geen\n" +
			"ggz is: de kosten kunnen bij een andere verzekeraar liggen.\n")
	}
	p("\n```yaml\n%s```\n", c.note(""))
	return b.String()
}

// kindZvw is the kind of which every insurer knows its own insured only.
const kindZvw = "zvw_declaratie"

// Note is a delivery note to fill in, with an example of every key and what it means, for an extract that holds the header alone. What a
// supplier says of itself and of what its file covers stands behind a #, so that nobody says it by leaving it as it is.
func (c *Contract) Note() string {
	return fmt.Sprintf("# Leveringsbrief bij %[1]s.csv: een brief heet als zijn bestand, met .levering.yaml erachter. Wat hier staat is een voorbeeld. Haal de #\n"+
		"# weg en vul in wat voor het bestand geldt; wat er niet in staat, is onbekend. Klopt er iets niet, dan wordt het bestand geweigerd.\n", c.Kind) + c.note("# ")
}

// note are the lines of a delivery note; mark goes before those that a supplier says something with.
func (c *Contract) note(mark string) string {
	var b strings.Builder
	line := func(key, about string) { fmt.Fprintf(&b, "%-48s # %s\n", key, about) }
	line(mark+"levering_id: "+c.Kind+"-2026-01", "naam van deze levering")
	line(mark+`gegevensleverancier: "Gemeente Voorbeeld"`, "wie levert, elke keer gelijk geschreven")
	line(mark+`gemeentecode: ["0855"]`, "de gemeenten die het bestand dekt")
	in := ""
	if c.Period != nil {
		in = ", in de tijd van kolom " + c.Period.Column
	}
	line(mark+"periode_van: 2023-01-01", "eerste dag die het bestand dekt"+in)
	line(mark+"periode_tot: 2025-12-31", "laatste dag")
	line(mark+"aangemaakt: 2026-01-15", "wanneer het bestand is gemaakt: zegt welke levering nieuwer is")
	line(mark+"pseudoniem_versie: v1", "het versielabel voor het liggend streepje in de pseudoniemen")
	if c.Kind == kindZvw {
		line(mark+`uzovi: ["9999"]`, "de verzekeraars van wie de verzekerden in het bestand staan")
		line(mark+"alle_verzekeraars: ja", "alleen als het bestand voor alle verzekeraars spreekt. Zonder dit, of een bestand")
		line("", "zvw_verzekerde, is van niemand te zeggen dat er geen ggz is: de kosten kunnen bij een andere verzekeraar liggen")
	}
	line(fmt.Sprintf("contract_versie: %q", c.Version), "van deze beschrijving")
	line("aantal_regels: 0", "zonder kopregel en lege regels")
	if c.Money != nil && c.Money.Sign != "" {
		line("totaal_debet_ct: 0", "som van "+c.Money.Amount+" in eurocenten, de D-regels")
		line("totaal_credit_ct: 0", "en de C-regels, als positief getal")
	} else if c.Money != nil {
		line("totaal_debet_ct: 0", "som van "+c.Money.Amount+" in eurocenten")
		line("totaal_credit_ct: 0", "en van de negatieve bedragen, als positief getal")
	}
	return b.String()
}

// ColumnsInShort are the columns in a table of Dutch Markdown: name, whether it is required, what stands in it.
func (c *Contract) ColumnsInShort() string {
	var b strings.Builder
	b.WriteString("| kolom | verplicht | soort | betekenis |\n|---|---|---|---|\n")
	for _, col := range c.Columns {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", col.Name, col.requiredText(), col.typeText(), cell(col.Doc))
	}
	return b.String()
}

func (c *Contract) hasDates() bool {
	return slices.ContainsFunc(c.Columns, func(col Column) bool { return col.Type == TypeDatum || col.Type == TypeMaand })
}

// rules are sentences for the supplier about what a line and a delivery may say, where the contract says something about it.
func (c *Contract) rules() (out []string) {
	if c.Suppliers == SuppliersMany {
		out = append(out, "Er kunnen meer leveranciers zijn: ieder levert zijn eigen regels en noemt zich in de brief steeds hetzelfde; "+
			"zonder naam vervangt een levering niets")
	}
	if c.Period != nil && c.Money != nil && len(c.Reference) == 0 {
		out = append(out, "Een regel heeft geen eigen nummer: lever dezelfde regel niet nog eens. Regels die in alles gelijk zijn worden gemeld, "+
			"en een levering die maanden van een eerdere herhaalt, moet die in alles herhalen")
	}
	if len(c.Reference) > 0 {
		out = append(out, "Een regel is te herkennen aan "+strings.Join(c.Reference, ", "))
	}
	out = append(out, c.costRules()...)
	if c.Period == nil {
		return out
	}
	if c.Period.MaxDays > 0 {
		out = append(out, fmt.Sprintf("Een regel over meer dan %d dagen is onwaarschijnlijk en wordt gemeld", c.Period.MaxDays))
	}
	if c.Money != nil {
		out = append(out, "Kosten die voor 1990 beginnen, of meer dan een jaar na `aangemaakt` eindigen, gaan in quarantaine")
	}
	if c.Period.History {
		out = append(out, "Regels die voor de periode van de brief eindigden mogen mee: dat is geschiedenis")
	}
	if c.Period.Future {
		out = append(out, "De periode van de brief mag doorlopen na `aangemaakt`: hier staat ook wat nog komt")
	} else {
		out = append(out, "De periode van de brief mag niet doorlopen na `aangemaakt`")
	}
	return out
}

// costRules are sentences about what becomes of the amounts.
func (c *Contract) costRules() (out []string) {
	k := c.Cost
	if k == nil {
		return nil
	}
	under := "domein " + k.Domein
	if k.DomeinColumn != "" {
		under = "het domein dat `" + k.DomeinColumn + "` noemt"
	}
	what := "De regels zijn kosten van " + under
	if k.Betaler != "" {
		what += ", betaald door " + k.Betaler
	}
	switch k.Per {
	case PerUitkering:
		what += ": een bedrag hoort bij de uitkering en staat op de regel van elke persoon, over wie het wordt verdeeld"
	case PerTraject:
		what += ": zij hebben geen bedrag, een traject krijgt een prijs"
	}
	out = append(out, what)
	if k.Received != "" {
		out = append(out, fmt.Sprintf("Wanneer een regel binnenkwam staat in `%s`; is die leeg, dan telt de dag waarop de levering is gemaakt", k.Received))
	}
	if k.Provision != nil && k.Provision.Counted {
		out = append(out, fmt.Sprintf("Regels met dezelfde `%s` zijn een voorziening, die loopt op de dagen van haar regels", k.Provision.Column))
	}
	return out
}

func (c Column) requiredText() string {
	switch {
	case c.EmptyOK:
		return "kolom wel, cel mag leeg"
	case c.Required:
		return "ja"
	default:
		return ""
	}
}

func (c Column) typeText() string {
	s := map[ColumnType]string{TypePersoon: "pseudoniem", TypeHuishouden: "pseudoniem", TypeGemeente: "gemeentecode", TypeCode: "code",
		TypeID: "tekst of nummer", TypeTekst: "tekst", TypeGeheel: "geheel getal", TypeJaar: "jaartal", TypeDecimaal: "getal, ten hoogste drie decimalen",
		TypeCt: "hele eurocenten", TypeEur: "euro, ten hoogste twee decimalen", TypeDatum: "datum " + c.Forms(), TypeMaand: "maand " + c.Forms(), TypeVlag: "ja of nee",
		TypeTijd: "tijd " + c.Forms(), TypeLijst: "codes, gescheiden door `\\|`"}[c.Type]
	if len(c.Unknown) > 0 {
		s += "; " + strings.Join(c.Unknown, " of ") + " is onbekend en telt als leeg"
	}
	if c.OpenEnd {
		s += "; een datum die 'geen einde' betekent telt als leeg"
	}
	switch c.Incomplete {
	case IncompleteFirst:
		s += "; is de dag of maand 00, dan telt de eerste dag die het kan zijn"
	case IncompleteLast:
		s += "; is de dag of maand 00, dan telt de laatste dag die het kan zijn"
	}
	if c.NonNegative {
		s += ", 0 of meer"
	}
	if c.Unit != "" && c.Type != TypeCt && c.Type != TypeEur {
		s += " (" + c.Unit + ")"
	}
	return s
}

// Forms are the spellings of a date, month or time that the column takes, for a message: JJJJ-MM-DD, ook DD-MM-JJJJ of JJJJMMDD.
func (c Column) Forms() string {
	s := map[ColumnType]string{TypeDatum: "JJJJ-MM-DD", TypeMaand: "JJJJ-MM", TypeTijd: "UU:MM of UU:MM:SS"}[c.Type]
	if len(c.Formats) > 0 {
		s += ", ook " + strings.Join(c.Formats, " of ")
	}
	return s
}

// cell is text fit for a cell of a Markdown table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
