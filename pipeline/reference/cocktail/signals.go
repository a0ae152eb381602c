package cocktail

import (
	"cmp"
	"slices"
	"strings"

	"stapel/pipeline/reference/lines"
)

// signal shows an ingredient over [from, to); person is nil for one of the household as a whole, line where there is none.
type signal struct {
	ingredient string
	strong     bool
	person     *person
	from, to   day
	line       *line
}

// id is that of the person; what is of the household as a whole comes first.
func (s signal) id() string {
	if s.person == nil {
		return ""
	}
	return s.person.ID
}

func (s signal) strength() string {
	if s.strong {
		return "sterk"
	}
	return "zwak"
}

func (s signal) source() (kind, file string, nr int64) {
	if s.line == nil {
		return "", "", 0
	}
	return s.line.Kind, s.line.Delivery.File, int64(s.line.Nr)
}

func (s signal) row(h *house) Signal {
	out := Signal{Household: h.ID, Person: "onbekend", Ingredient: s.ingredient, From: s.from.String(), To: s.to.String(),
		Strength: s.strength()}
	if s.person != nil {
		out.Person = s.person.ID
	}
	out.Kind, out.File, out.Line = s.source()
	return out
}

// signals are those of the members, one for a person, ingredient and period: of several sources the strongest, then the first by
// kind, file and line (rules 31).
func (w *world) signals(h *house) []signal {
	var all []signal
	for _, p := range h.Members {
		add := func(ingredient string, strong bool, from, to day, l *line) {
			from = max(from, p.Born(0)) // nothing shows of who is not yet born (rules 67)
			if l.To > p.Born(0) && from < to {
				all = append(all, signal{ingredient, strong, p, from, to, l})
			}
		}
		add("kinderen", true, p.Born(0), p.Born(18), p.Fact.Line)
		w.home(p, add)
		w.care36(p, add)
		w.health(p, add)
		w.youth(p, add)
		w.debts(p, add)
		w.housing(p, add)
		w.extra(p, add)
	}
	all = append(all, w.noBenefit(h)...)
	slices.SortFunc(all, func(a, b signal) int {
		strong := func(s signal) int {
			if s.strong {
				return 0
			}
			return 1
		}
		aKind, aFile, aNr := a.source()
		bKind, bFile, bNr := b.source()
		return cmp.Or(cmp.Compare(a.ingredient, b.ingredient), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to),
			cmp.Compare(a.id(), b.id()), cmp.Compare(strong(a), strong(b)), cmp.Compare(aKind, bKind), cmp.Compare(aFile, bFile),
			cmp.Compare(aNr, bNr))
	})
	return slices.CompactFunc(all, func(a, b signal) bool {
		return a.ingredient == b.ingredient && a.from == b.from && a.to == b.to && a.id() == b.id()
	})
}

type adder func(ingredient string, strong bool, from, to day, l *line)

func in(v string, list string) bool { return v != "" && slices.Contains(strings.Fields(list), v) }

// home: a postal address (rules 38).
func (w *world) home(p *person, add adder) {
	for _, s := range p.Spells {
		if s.Line.Get("functie_adres") == "B" {
			add("woonproblematiek", true, s.From, s.To, s.Line)
		}
	}
}

// health is rule 35.
func (w *world) health(p *person, add adder) {
	for _, l := range w.claims(p) {
		code := strings.ToUpper(l.Get("prestatie_code"))
		if in(l.Get("zorgsoort"), "consulten_ggz intramuraal_verblijf_ggz overige_prestaties_ggz specialistische_ggz "+
			"generalistische_basis_ggz langdurige_ggz") ||
			len(code) == 6 && in(code[:2], "CO GC TC TG VD TV OV") && strings.Trim(code[2:], "0123456789") == "" {
			add("ggz", true, l.From, l.To-1+180, l)
		}
	}
}

// claims are the debits of more than nothing that no credit takes back.
func (w *world) claims(p *person) (out []*line) {
	type claim struct {
		code     string
		from, to day
	}
	at := func(l *line) claim { return claim{strings.ToUpper(l.Get("prestatie_code")), l.From, l.To} }
	credits := map[claim]int{}
	claims := slices.Clone(w.of["zvw_declaratie"][p.PS])
	slices.SortFunc(claims, func(a, b *line) int {
		return cmp.Or(cmp.Compare(a.Delivery.Number(), b.Delivery.Number()), cmp.Compare(a.Nr, b.Nr))
	})
	for _, l := range claims {
		if l.Get("debet_credit") == "C" {
			credits[at(l)]++
		}
	}
	for _, l := range claims {
		if l.Get("debet_credit") != "D" || w.cents(l, "bedrag_ct") <= 0 {
			continue
		}
		if credits[at(l)] > 0 {
			credits[at(l)]--
			continue
		}
		out = append(out, l)
	}
	return out
}

// youth is rule 34: the declarations; allocations are among care.
func (w *world) youth(p *person, add adder) {
	for _, l := range w.youthLines(p) {
		w.jeugdzorg(l, l.From, l.To, add)
	}
}

// youthLines are the Jeugd debits of more than nothing that no credit names, on no withdrawn allocation.
func (w *world) youthLines(p *person) (out []*line) {
	for _, l := range w.of["jeugd_declaratie"][p.PS] {
		counted := l.Get("toegekend_ct")
		if counted == "" {
			counted = l.Get("bedrag_ct")
		}
		if l.Get("debet_credit") != "D" || counted == "0" || strings.HasPrefix(counted, "-") ||
			w.credits[[3]string{l.Kind, l.Gemeente + l.Get("aanbieder_agb"), l.Get("referentie_nummer")}] ||
			w.gone[[3]string{"jeugd_toewijzing", l.Gemeente, l.Get("toewijzing_nummer")}] {
			continue
		}
		out = append(out, l)
	}
	return out
}

func (w *world) jeugdzorg(l *line, from, to day, add adder) {
	if c := l.Get("product_categorie"); c >= "40" && c <= "55" {
		add("jeugdzorg", c != "47" && c != "48", from, to, l)
	}
}

// debts is rule 37, but for the guardian on an allocation.
func (w *world) debts(p *person, add adder) {
	for _, l := range w.trajects(p) {
		from, to := l.From, l.Until
		if l.To != lines.Never {
			to = l.To - 1 + 365
		}
		if from < l.Until {
			add("schulden", true, from, to, l)
		}
	}
	arrears := w.of["schuldhulp_signaal"][p.PS]
	for _, l := range arrears {
		if l.Get("opgepakt_op") != "" {
			add("schulden", true, l.From, l.From+180, l)
		}
		for _, other := range arrears {
			if other.Get("signaalpartner_type") < l.Get("signaalpartner_type") {
				add("schulden", false, max(l.From, other.From), min(l.From, other.From)+180, l)
			}
		}
	}
	for _, l := range w.of["participatie_vordering"][p.PS] {
		add("schulden", false, l.From, l.From+180, l)
	}
}

// trajects are those of the person, of each the newest line.
func (w *world) trajects(p *person) (out []*line) {
	list := slices.Clone(w.of["schuldhulp_traject"][p.PS])
	slices.SortFunc(list, newer)
	seen := map[[2]string]bool{}
	for _, l := range list {
		at := [2]string{l.Gemeente, l.Get("traject_id")}
		if !seen[at] {
			out = append(out, l)
		}
		seen[at] = true
	}
	return out
}

// housing is rule 38, but for what is on a spell or an allocation.
func (w *world) housing(p *person, add adder) {
	for _, l := range w.of["participatie_uitkering"][p.PS] {
		if w.unequal[benefitOf(l)] {
			continue
		}
		if h := l.Get("huisvesting"); in(h, "4 5 6") {
			add("woonproblematiek", h != "4", l.From, l.To, l)
		}
		if in(l.Get("cluster_bijz_bijstand"), "c d") {
			add("woonproblematiek", false, l.From, l.To, l)
		}
	}
	for _, l := range w.trajects(p) {
		if l.Get("crisisinterventie") == "ja" || l.Get("moratorium") == "ja" {
			from, to := l.From, l.Until
			add("woonproblematiek", true, from, to, l)
		}
	}
	for _, l := range w.of["schuldhulp_signaal"][p.PS] {
		if in(l.Get("signaalpartner_type"), "Huur Hypotheek") {
			add("woonproblematiek", l.Get("crisissignaal") == "ja", l.From, l.From+180, l)
		}
	}
	for _, l := range w.of["wonen_signaal"][p.PS] {
		soort := l.Get("soort")
		strong := in(soort, "ontruiming ontruimingsaanzegging woningsluiting briefadres opvang")
		to := l.To
		_, period := l.Day("einddatum")
		switch {
		case period:
		case soort == "ontruiming":
			to = l.From + 365
		default:
			to = l.From + 180
		}
		add("woonproblematiek", strong, l.From, to, l)
	}
}
