package generator

import "strings"

// plant is a cocktail put into a household that has no other troubles, so that what a run must find is known.
type plant struct {
	on       bool
	cocktail int    // 0..3
	status   string // vol, dreigend, onbekend
	missing  string // the ingredient that is not there
	hidden   string // the same, when missing coverage hides it
	order    []string
}

// ingredients of the four cocktails that are counted; kinderen is a voorwaarde.
var ingredients = [4][]string{
	{"ggz", "woonproblematiek", "niet_passende_begeleiding"},
	{"jeugdzorg", "woonproblematiek"},
	{"schulden", "woonproblematiek"},
	{"ggz", "woonproblematiek", "geen_uitkering"},
}

// Twelve households in a thousand get a plant: each cocktail vol, dreigend and onbekend.
const (
	plantBlock = 1000
	plantFirst = 7
	plantStep  = 83
)

// planted decides by number, so that every set of a thousand households has every plant.
func (h *household) planted() plant {
	at := h.number%plantBlock - plantFirst
	if at < 0 || at%plantStep != 0 {
		return plant{}
	}
	d := h.root.dice(topicPlant)
	at /= plantStep
	p := plant{on: true, cocktail: at % 4}
	list := ingredients[p.cocktail]
	switch at / 4 {
	case 0:
		p.status = "vol"
	case 1:
		p.status = "dreigend"
		p.missing = list[d.whole(0, len(list)-1)]
	default:
		p.status = "onbekend"
		p.missing = []string{"ggz", "woonproblematiek", "schulden", "ggz"}[p.cocktail]
		p.hidden = p.missing
	}
	for _, name := range list {
		if name != p.missing {
			p.order = append(p.order, name)
		}
	}
	for i := len(p.order) - 1; i > 0; i-- {
		j := d.whole(0, i)
		p.order[i], p.order[j] = p.order[j], p.order[i]
	}
	return p
}

// sow writes the ingredients, one after the other in the last half year, each still active at the end of the period.
func (h *household) sow() {
	d, end := h.root.dice(topicHousing), h.w.to
	g := h.at(0, end)
	for i, name := range h.plant.order {
		on := end - day(165-50*i) + day(d.whole(0, 12))
		switch name {
		case "ggz":
			for ; on < end-20; on += day(d.whole(12, 24)) {
				z := zvw{person: 0, code: "CO0497", sort: "consulten_ggz", from: on, to: on, ct: h.w.price(13589, on.year()), received: on + 20, provider: 56}
				h.zvw = append(h.zvw, z)
				h.cost[h.w.monthOf(on)] += int64(z.ct)
			}
		case "woonproblematiek":
			h.housing = append(h.housing, housing{person: 0, gemeente: g, sort: "ontruimingsaanzegging", from: on})
		case "niet_passende_begeleiding":
			h.needs = append(h.needs, need{person: 0, of: guidance, from: on - 300, to: on, tariff: guidance.tariff, weekly: 2, ends: "22"})
		case "jeugdzorg":
			h.needs = append(h.needs, need{person: h.adults, of: ambulatory, from: on, to: end + 400, tariff: ambulatory.tariff, weekly: 60,
				provider: 101})
		case "schulden":
			h.debts = append(h.debts, debt{persons: []int{0}, gemeente: g, from: on, to: end + 500, euros: d.whole(8000, 60000)})
		case "geen_uitkering":
			h.pay(d, (on - 700).first(), on.first()-1, "98")
		}
	}
	if h.plant.missing == "geen_uitkering" {
		h.pay(d, (end - 900).first(), end+400, "98")
	}
}

// recordPlant writes the plant into the truth.
func (h *household) recordPlant(o *output) {
	if p := h.plant; p.on {
		s := h.spells[0]
		o.row(kTruthCocktail, 0).s(h.persons[0].ps).s(h.root.pseudonym('h', s.unit)).s(gemeenten[s.gemeente]).
			s("cocktail_" + string(rune('1'+p.cocktail))).s(p.status).s(p.missing).s(strings.Join(p.order, ">")).end()
	}
}
