package analist

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"

	"stapel/config"
	"stapel/reports/draw"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// groups is whom the selection concerns, and how the households here compare with elsewhere.
type groups struct {
	Fairness  []mart.Eerlijkheid
	Stacking  []mart.Stapeling
	Reference []mart.ZvwReferentie
	Total     *mart.ZvwReferentie // standardised over all ages
}

// featureOrder is the order in which groups are shown.
var featureOrder = []string{"huishoudtype", "kinderen", "leeftijd", "geslacht", "gemeente", "wijk"}

// ages are the age groups, youngest first.
var ages = []string{"tot 25", "25 tot 35", "35 tot 45", "45 tot 55", "55 tot 65", "65 tot 75", "75 en ouder"}

// stackOrder is the order of the counts of provisions.
var stackOrder = []string{"0", "1", "2", "3", "4", "5", "6+", "twee_of_meer", "meer_wetten"}

func (g *groups) read(ctx context.Context, marts fs.FS) (err error) {
	if g.Fairness, err = mart.AllIfThere(ctx, marts, mart.Fairness); err != nil {
		return err
	}
	if g.Stacking, err = mart.AllIfThere(ctx, marts, mart.Stacking); err != nil {
		return err
	}
	if g.Reference, err = mart.AllIfThere(ctx, marts, mart.Reference); err != nil {
		return err
	}
	slices.SortFunc(g.Fairness, func(a, b mart.Eerlijkheid) int {
		return cmp.Or(cmp.Compare(slices.Index(featureOrder, a.Kenmerk), slices.Index(featureOrder, b.Kenmerk)),
			cmp.Compare(slices.Index(ages, a.Groep), slices.Index(ages, b.Groep)), cmp.Compare(a.Groep, b.Groep))
	})
	slices.SortFunc(g.Stacking, func(a, b mart.Stapeling) int {
		return cmp.Or(cmp.Compare(a.Moment, b.Moment), cmp.Compare(a.Gemeente, b.Gemeente),
			cmp.Compare(slices.Index(stackOrder, a.Maat), slices.Index(stackOrder, b.Maat)))
	})
	g.Reference = slices.DeleteFunc(g.Reference, func(r mart.ZvwReferentie) bool {
		if r.Geslacht == "alle" {
			g.Total = &r
		}
		return r.Geslacht == "alle"
	})
	return nil
}

// feature is a way of looking at the selection, with its groups.
type feature struct {
	Name   string
	Groups []mart.Eerlijkheid
	All    int // groups there are; Groups may have fewer
}

// pageGroups is how many groups of a feature the page shows; a gemeente may have a hundred wijken.
const pageGroups = 25

// Features are the ways of looking at the selection. Of too many groups the largest are shown.
func (g *groups) Features() (out []feature) {
	for _, row := range g.Fairness {
		if n := len(out); n == 0 || out[n-1].Name != row.Kenmerk {
			out = append(out, feature{Name: row.Kenmerk})
		}
		f := &out[len(out)-1]
		f.Groups = append(f.Groups, row)
		f.All++
	}
	for i, f := range out {
		if f.All > pageGroups {
			largest := slices.Clone(f.Groups)
			slices.SortStableFunc(largest, func(a, b mart.Eerlijkheid) int { return cmp.Compare(b.Huishoudens, a.Huishoudens) })
			out[i].Groups = largest[:pageGroups]
		}
	}
	return out
}

// GroupName is the Dutch name of a group.
func (p *page) GroupName(kenmerk, groep string) string {
	switch kenmerk {
	case "huishoudtype":
		return nl.Word("typhh", groep)
	case "kinderen":
		return map[string]string{"ja": "met kinderen", "nee": "zonder kinderen"}[groep]
	case "gemeente":
		return p.Gemeente(groep)
	case "wijk":
		return p.Run.Namen.Wijk(groep)
	default:
		return groep
	}
}

// stackRow is a count of provisions over the two moments.
type stackRow struct {
	Maat      string
	Now, Half mart.Stapeling // of the peildatum, and of the half year; without shares where there is none
}

// StackRows are the counts of provisions over all gemeenten.
func (p *page) StackRows() (out []stackRow) {
	for _, maat := range stackOrder {
		row, found := stackRow{Maat: maat}, false
		for _, s := range p.F.Groups.Stacking {
			if s.Gemeente != "alle" || s.Maat != maat {
				continue
			}
			found = true
			if s.Moment == "peildatum" {
				row.Now = s
			} else {
				row.Half = s
			}
		}
		if found {
			out = append(out, row)
		}
	}
	return out
}

// StackPerGemeente are the households with two provisions or more over the half year, per gemeente.
func (p *page) StackPerGemeente() []mart.Stapeling {
	return slices.DeleteFunc(slices.Clone(p.F.Groups.Stacking), func(s mart.Stapeling) bool {
		return s.Moment != "halfjaar" || s.Maat != "twee_of_meer" || s.Gemeente == "alle"
	})
}

// elsewhere is a published value beside that of the run.
type elsewhere struct {
	Maat, Unit, Where, Period, Source string
	Here                              any // nil where the run has none
	There                             float64
}

// Elsewhere are the published values of the Netherlands, beside the run as a whole, and of its gemeenten, beside their own.
func (p *page) Elsewhere() (out []elsewhere) {
	for _, v := range p.Run.Elders {
		row := elsewhere{Maat: v.Maat, Unit: strings.ReplaceAll(strings.ReplaceAll(v.Eenheid, "_", " "), "1000", "1.000"), Where: "Nederland", Period: v.Periode, Source: v.Bron, There: v.Waarde}
		here := "alle"
		if v.Gebied != config.Netherlands {
			if here = "GM" + v.Gebied; !slices.Contains(p.Run.Gemeenten, here) {
				continue
			}
			row.Where = p.Gemeente(here)
		}
		for _, s := range p.F.Groups.Stacking {
			if s.Moment == "halfjaar" && s.Gemeente == here && s.Maat == v.Maat {
				own := s.Per100
				if v.Eenheid == "per_1000_inwoners" {
					own = s.PerDuizend
				}
				row.Here = own
			}
		}
		out = append(out, row)
	}
	return out
}

// refRow is an age class with men and women side by side.
type refRow struct {
	Klasse     string
	Men, Women *mart.ZvwReferentie
}

// RefRows are the age classes of the comparison with the Netherlands.
func (p *page) RefRows() (out []refRow) {
	for i := range p.F.Groups.Reference {
		r := &p.F.Groups.Reference[i]
		at := slices.IndexFunc(out, func(o refRow) bool { return o.Klasse == r.Klasse })
		if at < 0 {
			out, at = append(out, refRow{Klasse: r.Klasse}), len(out)
		}
		if r.Geslacht == "1" {
			out[at].Men = r
		} else {
			out[at].Women = r
		}
	}
	slices.SortFunc(out, func(a, b refRow) int { return cmp.Compare(a.Klasse, b.Klasse) })
	return out
}

// perYear is an amount per insured year of a class, in eurocents.
func perYear(ct int64, r *mart.ZvwReferentie) int64 { return divRound(ct*365, r.Dagen) }

// yearly is the cost of a class per insured year, here and in the Netherlands at the later level; nil without anybody.
type yearly struct {
	N           int64 // insured persons
	Here, There *int64
}

// PerYear is the cost of a class per insured year.
func (p *page) PerYear(r *mart.ZvwReferentie) yearly {
	if r == nil {
		return yearly{}
	}
	there := perYear(r.VerhoogdCt, r)
	return yearly{r.Verzekerden, &r.PerJaarCt, &there}
}

// Age is an age class without leading zeros.
func (p *page) Age(class string) string {
	parts := strings.Split(class, "-")
	for i, part := range parts {
		if trimmed := strings.TrimLeft(part, "0"); trimmed != "" {
			parts[i] = trimmed
		} else {
			parts[i] = "0"
		}
	}
	return strings.Join(parts, "–")
}

func (p *page) drawReference() {
	rows := p.RefRows()
	if len(rows) < 2 {
		return
	}
	labels := make([]string, len(rows))
	series := []draw.Series{{Name: "mannen, hier"}, {Name: "mannen, Nederland", Reference: true}, {Name: "vrouwen, hier"},
		{Name: "vrouwen, Nederland", Reference: true}}
	for i, row := range rows {
		labels[i] = p.Age(row.Klasse)
		for k, r := range []*mart.ZvwReferentie{row.Men, row.Men, row.Women, row.Women} {
			var ct *int64
			if r != nil && r.Dagen > 0 {
				v := r.PerJaarCt
				if series[k].Reference {
					v = perYear(r.VerhoogdCt, r)
				}
				ct = &v
			}
			series[k].Values = append(series[k].Values, ct)
		}
	}
	p.Figures["zvw"] = draw.Lines("fig-zvw", "Zorgkosten per verzekerd jaar in "+p.Jaar(0)+", naar leeftijd",
		"Vier lijnen over de leeftijdsklassen: mannen en vrouwen hier, en in Nederland. De bedragen staan in de tabel hieronder.", labels, series)
}
