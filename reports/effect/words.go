package effect

import (
	"html/template"

	"stapel/reports"
	"stapel/reports/html"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// Codes of the marts that the pages speak of by themselves.
const (
	beforeAfter = "voor_na"
	matched     = "gematcht"
	lottery     = "loting"
	placebo     = "placebo_ruimte"
	detectable  = "kleinst_aantoonbaar"
	uncovered   = "grens_ongedekt"
	expected    = "verwacht"
	net         = "netto"
	payback     = "terugverdientijd"

	fromData  = "data"
	fromField = "veld"
	drawn     = "loting"
	every     = "alle"

	started  = "gestart"
	reported = "aangemeld"

	cost = "kosten"
)

// features are those of mart balans, in the order to show.
var features = []string{"kosten_jaar_voor", "kosten_tweede_jaar_voor", "kosten_laatste_kwartaal", "trend", "kosten_wmo", "kosten_jeugd", "kosten_participatie", "kosten_zvw", "personen",
	"oudste_leeftijd", "ingredienten", "tweede_jaar_onbekend"}

// how says in plain words what an estimator does, and what it takes for granted.
var how = map[string]string{
	beforeAfter:                    "De kosten erna min die ervoor. Dit is geen effect.",
	"regressie_naar_het_midden":    "Wat even dure huishoudens zonder maatwerk deden. Zoveel daling is er ook zonder maatwerk.",
	matched:                        "Elk huishouden naast hoogstens drie die er in dezelfde maand op leken. Dit cijfer beslist.",
	"gematcht_verschil":            "Neemt aan dat beide groepen zonder maatwerk evenveel waren veranderd.",
	"gematcht_gelijke_kosten":      "Neemt aan dat gelijke kosten ervoor zonder maatwerk gelijke kosten erna gaven.",
	"gematcht_bootstrap":           "Hetzelfde cijfer, met een interval dat niets over de verdeling aanneemt.",
	"gestaffeld":                   "Vergelijkt per halfjaar met huishoudens die nog geen maatwerk hebben.",
	"gestaffeld_niet_gecorrigeerd": "Hetzelfde, zonder naar de kosten ervoor te kijken. Beslist nooit.",
	lottery:                        "Wie geloot is naast wie niet geloot is. Neemt alleen aan dat er eerlijk is geloot.",
	"loting_niet_gecorrigeerd":     "Hetzelfde, zonder naar de kosten ervoor te kijken.",
	placebo:                        "Dezelfde werkwijze bij huishoudens zonder maatwerk. Hoort rond nul te liggen.",
	"placebo_tijd":                 "Dezelfde huishoudens, in een jaar waarin nog niets was gedaan. Hoort rond nul te liggen.",
	"piek":                         "Wat huishoudens in het kwartaal voor de aanmelding meer kostten dan in de 21 maanden ervoor. Na een piek zakken kosten ook zonder maatwerk.",
	detectable:                     "Een kleiner effect is met zoveel huishoudens meestal niet te zien.",
	"kwetsbaar_weglaten":           "De kleinste en de grootste uitkomst als steeds één set wegblijft.",
	"kwetsbaar_grootste":           "Hoeveel van alle verandering bij één huishouden ligt.",
	"kwetsbaar_afgetopt":           "De uitkomst als heel hoge kosten worden afgetopt.",
	uncovered:                      "De uitkomst als maanden zonder gegevens evenveel kostten als het jaar ervoor.",
	expected:                       "Wat in de plannen staat: dreigend min maatwerk.",
	"verwacht_min_25":              "Een kwart eraf: wat ook zonder maatwerk was gekomen, of te hoopvol was.",
	"verwacht_min_40":              "Veertig procent eraf.",
	net:                            "De uitkomst met de uitgaven voor het eigen plan en een deel van het programma erbij.",
	payback:                        "Na hoeveel maanden de uitgaven zijn terugverdiend.",
}

// Words are what people call the codes of a column of one of the marts; nil where it holds none, or those that any mart has.
func Words(run reports.Run, name, column string) func(string) string {
	word := func(sort string) func(string) string {
		return func(code string) string { return nl.Word(sort, code) }
	}
	switch name + "." + column {
	case "effect.schatter", "effect_maand.schatter":
		return word("schatter")
	case "effect.herkomst", "effect_maand.herkomst", "uitkomst.herkomst", "koppeling.herkomst":
		return word("herkomst")
	case "effect.klok":
		return word("klok")
	case "effect.uitkomst", "effect_maand.uitkomst", "uitkomst.uitkomst":
		return word("uitkomst")
	case "effect.domein", "effect_maand.domein":
		return domein(run)
	case "balans.kenmerk":
		return word("balans")
	case "betaler_matrix.betaler_kosten", "betaler_matrix.betaler_baten":
		return word("betaler")
	case "plan_regel.scenario":
		return word("scenario")
	case "uitgave.soort":
		return word("uitgave")
	}
	return nil
}

// domein is what people call a law; all of them too.
func domein(run reports.Run) func(string) string {
	return func(code string) string {
		if code == every {
			return "alle wetten"
		}
		return run.Domein(code)
	}
}

// code is an id, which is read as one.
func code(id string) template.HTML {
	return template.HTML(`<span class="code">` + template.HTMLEscapeString(id) + `</span>`)
}

// span is an interval; a dash without one.
func span[T any](format func(T) string, low, high *T) string {
	switch {
	case low == nil && high == nil:
		return html.Dash
	case high == nil:
		return "vanaf " + format(*low)
	case low == nil:
		return "tot " + format(*high)
	}
	return format(*low) + " tot " + format(*high)
}

// opt is a value in a table; a dash where there is none.
func opt[T any](format func(T) string, v *T) string {
	if v == nil {
		return html.Dash
	}
	return format(*v)
}

func oneDecimal(x float64) string  { return nl.Number(x, 1) }
func twoDecimals(x float64) string { return nl.Number(x, 2) }

// chance is a chance in a table: three decimals, and what is smaller says so.
func chance(x *float64) string {
	switch {
	case x == nil:
		return html.Dash
	case *x < 0.001:
		return "< 0,001"
	default:
		return nl.Number(*x, 3)
	}
}

// monthOf is a month in a table.
func monthOf(d *mart.Date) string {
	if d == nil {
		return html.Dash
	}
	return nl.Month(d.Time())
}

// between are the months that count, of the set with least and that with most.
func between(least, most int64) string {
	switch {
	case most == 0:
		return html.Dash
	case least == most:
		return nl.Int(most)
	}
	return nl.Int(least) + " tot " + nl.Int(most)
}
