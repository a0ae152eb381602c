package wethouder

import (
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/nl"
	"stapel/reports/vrij"
)

// Figures are what the sentences follow from. Amounts are eurocents; nil is not known, or may not be shown.
type Figures struct {
	Costed  *int64 // plans that say what they would save
	Saving  *int64 // what these expect together, positive
	Mean    *int64 // for each
	Origins []Origin
	Payers  []Payer
	Known   bool     // something is known of what changed beside money
	Missing []string // sources that were not delivered or are of no use, in words
	Unseen  []string // cost that nobody delivers
}

// Origin is what was found for plans of one origin: eurocents a household a year, below zero is less cost.
type Origin struct {
	Herkomst                                               string
	Homes, Months                                          *int64
	Estimate, Low, High, Expected, BeforeAfter, Least, Net *int64
	Oordeel                                                string
	Vooraf                                                 string // by which analysis plan
	Schatter                                               string // that Estimate is of
}

// Payer is what was found for what one payer pays.
type Payer struct {
	Herkomst, Betaler string
	Ct, Low, High     *int64
}

// Sentence is an answer under its question, and the figures that it follows from, as patterns of package cijfer.
type Sentence struct{ Ask, Says, From string }

// needed are the kinds beside those of cost without which something can't be said.
var needed = []string{"maatwerk_plan", "maatwerk_meting", "maatwerk_uitgave"}

// FiguresOf takes the figures from the folder vrij.
func FiguresOf(t *vrij.Tables, run reports.Run) (f Figures) {
	for _, p := range t.PlanTotaal {
		switch p.Meting {
		case "besparing_alle":
			f.Saving, f.Costed = p.WaardeCt, p.Noemer
		case "gemiddelde_besparing_alle":
			f.Mean = p.WaardeCt
		}
	}
	for _, e := range t.Effect {
		i := slices.IndexFunc(f.Origins, func(o Origin) bool { return o.Herkomst == e.Herkomst })
		if i < 0 {
			i = len(f.Origins)
			f.Origins = append(f.Origins, Origin{Herkomst: e.Herkomst})
		}
		o := &f.Origins[i]
		switch e.Schatter {
		case "gematcht", "loting":
			o.Estimate, o.Low, o.High, o.Homes, o.Months, o.Oordeel = e.Ct, e.LaagCt, e.HoogCt, e.Huishoudens, e.Maanden, e.Oordeel
			o.Vooraf, o.Schatter = e.Analyseplan, e.Schatter
		case "verwacht":
			o.Expected = e.Ct
		case "voor_na":
			o.BeforeAfter = e.Ct
		case "kleinst_aantoonbaar":
			o.Least = e.Ct
		case "netto":
			o.Net = e.Ct
		}
	}
	f.Origins = slices.DeleteFunc(f.Origins, func(o Origin) bool { return o.Herkomst == lots && o.Estimate == nil }) // nobody drew
	slices.SortStableFunc(f.Origins, func(a, b Origin) int { return drawnFirst(a) - drawnFirst(b) })
	for _, b := range t.EffectBetaler {
		f.Payers = append(f.Payers, Payer{b.Herkomst, b.Betaler, b.Ct, b.LaagCt, b.HoogCt})
	}
	f.Known = slices.ContainsFunc(t.Uitkomst, func(u vrij.Uitkomst) bool { return u.Schatting != nil })
	kinds := slices.Clone(needed)
	for _, d := range run.Domeinen {
		if !d.Geprijsd {
			kinds = append(kinds, d.Kosten...)
		}
	}
	for _, b := range t.Bron {
		if slices.Contains(kinds, b.Kind) && b.Stand != vrij.BronHeel && b.Stand != vrij.BronDeels {
			f.Missing = append(f.Missing, nl.Word("kind", b.Kind))
		}
	}
	f.Unseen = run.NietGezien
	return f
}

// drawnFirst puts a draw before all else, for nothing is as sure.
func drawnFirst(o Origin) int {
	if o.Herkomst == lots {
		return 0
	}
	return 1
}

// lots is the origin of an estimate by a draw.
const lots = "loting"

// who are the plans of an origin in a sentence, and short in a picture.
var (
	who = map[string]string{"data": "huishoudens die uit de gegevens zijn gekozen", "veld": "huishoudens die het veld aanmeldde", "": "huishoudens waarvan niet bekend is hoe zij zijn gekozen",
		lots: "huishoudens die door loting zijn getrokken"}
	short = map[string]string{"data": "uit de gegevens", "veld": "uit het veld", "": "herkomst niet bekend", lots: "geloot"}
)

// Sentences are the answers to five questions.
func Sentences(f Figures) []Sentence {
	return []Sentence{
		{"Wat was verwacht?", expected(f), "vrij/plan_totaal/*/waarde_ct,noemer"},
		{"Wat is gezien?", each(f, seen), "vrij/effect/*/schatting_ct"},
		{"Hoe zeker is dat?", each(f, sure), "vrij/effect/*/schatting_ct,ci_laag_ct,ci_hoog_ct,oordeel"},
		{"Wie had minder of meer kosten?", payers(f), "vrij/effect_betaler/*/schatting_ct,ci_laag_ct,ci_hoog_ct"},
		{"Wat is niet te zeggen?", unsaid(f), "vrij/bron/*/stand"},
	}
}

func expected(f Figures) string {
	if f.Saving == nil || f.Costed == nil {
		return "Wat de plannen samen zouden besparen, is niet vastgelegd of niet te tonen."
	}
	text := "Van ongeveer " + nl.Count(*f.Costed, "plan", "plannen") + " is vooraf berekend wat zij opleveren: samen " + moreOrLess(-*f.Saving)
	if f.Mean != nil {
		text += ", gemiddeld " + nl.EuroWhole(size(*f.Mean)) + " per plan"
	}
	return text + "."
}

// each is an answer per origin, one sentence each.
func each(f Figures, say func(Origin) string) string {
	if len(f.Origins) == 0 {
		return "Wat maatwerk met de kosten deed, is niet berekend."
	}
	var parts []string
	for _, o := range f.Origins {
		parts = append(parts, say(o))
	}
	return strings.Join(parts, " ")
}

func seen(o Origin) string {
	text, others := "Bij "+who[o.Herkomst], "vergelijkbare huishoudens zonder maatwerk"
	if o.Herkomst == lots {
		others = "huishoudens die niet zijn getrokken"
	}
	switch {
	case o.Estimate == nil:
		return text + " is geen verschil te berekenen of te tonen."
	case *o.Estimate == 0:
		return text + " waren de kosten gelijk aan die van " + others + "."
	}
	return text + " waren de kosten " + nl.EuroWhole(size(*o.Estimate)) + " per jaar " + map[bool]string{true: "lager", false: "hoger"}[*o.Estimate < 0] + " dan bij " + others + "."
}

// The verdicts of mart effect.
const (
	verdictShown    = "aangetoond"
	verdictNot      = "niet aangetoond"
	verdictCannot   = "niet aan te tonen"
	verdictFew      = "te weinig sets"
	verdictNoFigure = "niet te berekenen"
)

func sure(o Origin) string {
	subject := nl.Capital(short[o.Herkomst]) + ": "
	span := ""
	if o.Low != nil && o.High != nil {
		span = ", met 95% zekerheid tussen " + moreOrLess(*o.Low) + " en " + moreOrLess(*o.High)
	}
	switch {
	case o.Oordeel == verdictShown:
		return subject + "de besparing is aangetoond" + span + "."
	case o.Oordeel == verdictFew, o.Estimate == nil && o.Oordeel != verdictNoFigure:
		return subject + "te weinig huishoudens om te zeggen of het toeval is."
	case o.Oordeel == verdictNoFigure:
		return subject + "niet te berekenen."
	case o.Low != nil && *o.Low > 0:
		return subject + "dit is geen besparing, de kosten stegen" + span + "."
	case o.Oordeel == verdictCannot && o.Least != nil:
		return subject + "een besparing is niet aan te tonen, want met zoveel huishoudens is pas een verschil vanaf " + nl.EuroWhole(*o.Least) + " te zien."
	case o.Oordeel == verdictCannot:
		return subject + "een besparing is niet aan te tonen met zoveel huishoudens."
	case o.Oordeel == verdictNot && o.High != nil && *o.High < 0:
		return subject + "een besparing is niet aangetoond, want het verschil kan ook komen door de manier waarop is gekozen of vergeleken."
	case o.Oordeel == verdictNot:
		return subject + "een besparing is niet aangetoond, het kan toeval zijn" + span + "."
	case span != "":
		return subject + strings.TrimPrefix(span, ", ") + "."
	}
	return subject + "daar is geen oordeel over."
}

func payers(f Figures) string {
	var less, more []string
	known := false
	for _, p := range f.Payers {
		known = known || p.Low != nil
		if p.Ct == nil || p.Low == nil || p.High == nil {
			continue
		}
		name := nl.Word("betaler", p.Betaler) + " (" + short[p.Herkomst] + ", " + nl.EuroWhole(size(*p.Ct)) + " per huishouden per jaar)"
		switch {
		case *p.High < 0:
			less = append(less, name)
		case *p.Low > 0:
			more = append(more, name)
		}
	}
	switch {
	case !known:
		return "Dat is niet te zeggen."
	case len(less)+len(more) == 0:
		return "Van geen enkele betaler is zeker dat die minder of meer kosten had."
	}
	var parts []string
	if len(less) > 0 {
		parts = append(parts, "Zeker minder kosten: "+nl.List(less)+".")
	}
	if len(more) > 0 {
		parts = append(parts, "Zeker meer kosten: "+nl.List(more)+".")
	}
	return strings.Join(parts, " ")
}

func unsaid(f Figures) string {
	list := []string{"wat er na twaalf maanden gebeurt"}
	if !f.Known {
		list = append(list, "of het mensen beter of slechter gaat")
	}
	text := "Niet te zeggen is " + nl.List(list) + "."
	if len(f.Missing) > 0 {
		text += " Onbekend, want niet geleverd of niet te gebruiken: " + nl.List(f.Missing) + "."
	}
	if len(f.Unseen) > 0 {
		text += " Niet in deze bedragen: " + nl.List(f.Unseen) + "."
	}
	return text
}

// moreOrLess is an effect in words.
func moreOrLess(ct int64) string {
	switch {
	case ct < 0:
		return nl.EuroWhole(-ct) + " minder kosten"
	case ct > 0:
		return nl.EuroWhole(ct) + " meer kosten"
	}
	return "geen verschil"
}

func size(ct int64) int64 { return max(ct, -ct) }
