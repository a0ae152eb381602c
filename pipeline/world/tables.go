package world

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
)

func (w *World) parameter() parameterRow {
	e := w.Cfg.Selection.Eligibility
	return parameterRow{
		Peildatum: day(w.Peil), Tot: day(w.Peil) + 1, Peilmaand: day(monthStart(w.Peil)),
		T0Van: day(w.WindowStart(0)), T1Van: day(w.WindowStart(1)), T2Van: day(w.WindowStart(2)), T3Van: day(w.WindowStart(3)),
		HalfjaarVan:  day(monthStart(w.Peil).AddDate(0, -5, 0)),
		SignaalVan:   day(w.WindowStart(1)), // 24 months to P (rules 41)
		AttachMinors: w.Cfg.Settings.Household.AttachMinors,
		DrempelCt:    w.Cfg.Selection.ThresholdEur * 100, SelectieAantal: int64(w.Cfg.Selection.Count),

		MinVolwassenen: int64(e.MinAdults), MinKinderen: int64(e.MinChildren), MinDomeinen: int64(e.MinDomains),
		EisDrempel: e.AtThreshold, MaxZvwProcent: int64(e.MaxZvwPercent), EisGeenPlan: e.NoPlan, EisGeenInstelling: e.NotInstitutional,
		MaxHerhaaldPpm: config.PPM(w.Cfg.Settings.Limits.MaxRepeatedShare),
		ZvwDekking:     w.zvwCoverage(),
		AlleMaanden:    monthBits(0, months), SignaalMaanden: monthBits(12, months), T0Maanden: monthBits(24, months),

		MaxGelijkPpm: config.PPM(w.Cfg.Settings.Limits.MaxIdenticalShare), MaxBuitenLevenPpm: config.PPM(w.Cfg.Settings.Limits.MaxOutsideLifeShare),
		MaxHuishoudenPersonen: int64(w.Cfg.Settings.Limits.MaxHouseholdPersons), MaxVerblijvenJaar: int64(w.Cfg.Settings.Limits.MaxSpellsAYear),
		AlleenGekozenGemeenten: len(w.Cfg.Settings.Run.Gemeenten) > 0,
	}
}

func (w *World) kindFacts() []kindFeitRow {
	var out []kindFeitRow
	for _, kind := range w.Cfg.Kinds() {
		c := w.Cfg.Contracts[kind]
		row := kindFeitRow{Kind: kind, Persoon: c.Person() != "", Gemeente: c.Gemeente() != "", Geld: c.Money != nil, Periode: c.Period != nil,
			Optellend: c.Replaces == config.ReplacesNone && c.Period != nil, Referentie: len(c.Reference) > 0, VeelLeveranciers: c.Suppliers == config.SuppliersMany, MinKoppelPpm: config.PPM(c.LinkShare())}
		if c.Period != nil {
			row.MaxDagen = int64(c.Period.MaxDays)
		}
		out = append(out, row)
	}
	return out
}

func (w *World) costKinds() []kostenKindRow {
	var out []kostenKindRow
	for _, kind := range w.Cfg.Kinds() {
		contract := w.Cfg.Contracts[kind]
		if contract.Cost == nil {
			continue
		}
		for _, domein := range contract.Domeinen() {
			out = append(out, kostenKindRow{kind, domein, w.Cfg.Betaler(contract, domein), string(contract.Cost.Grondslag), string(contract.Cost.Per),
				w.Cfg.Required(kind)})
		}
	}
	return out
}

func (w *World) ownGemeenten() []gemeenteRow {
	var out []gemeenteRow
	for _, g := range w.Gemeenten {
		out = append(out, gemeenteRow{g, w.abolished[g]})
	}
	return out
}

// moments are P and the ends of the three years before.
func (w *World) moments() []peilRow {
	var out []peilRow
	for n := range 4 {
		from := w.WindowStart(n)
		row := peilRow{Nr: int64(n), Van: day(from), Tot: day(from.AddDate(1, 0, 0)), Gedekt: true}
		row.Peildatum = row.Tot - 1
		for _, kind := range w.Cfg.CostKinds(config.Gedeclareerd) {
			for _, g := range w.Gemeenten {
				row.Gedekt = row.Gedekt && (!w.Cfg.Required(kind) || w.covers(kind, g, row.Van, row.Tot))
			}
		}
		out = append(out, row)
	}
	return out
}

// months is how many months the three windows have.
const months = 36

// monthBits is the set of the months from up to to (exclusive) of the calendar.
func monthBits(from, to int) int64 { return 1<<to - 1<<from }

// calendar lists the months of the windows, oldest first.
func (w *World) calendar() []kalenderRow {
	var out []kalenderRow
	first := w.WindowStart(2)
	for i := range months {
		m := first.AddDate(0, i, 0)
		out = append(out, kalenderRow{day(m), day(m.AddDate(0, 1, 0)), monthBits(i, i+1), monthBits(i, i+1) >> 1})
	}
	return out
}

func (w *World) deliveries() []leveringRow {
	byID := map[[2]string]*leveringRow{}
	for _, d := range w.All {
		if d.Status == inbox.Refused {
			continue
		}
		id := [2]string{d.Kind, d.Sha256}
		r := byID[id]
		if r == nil {
			r = &leveringRow{Kind: d.Kind}
			byID[id] = r
		}
		if d.Status == inbox.Accepted {
			r.Levering, r.Bestand = d.Extract.Levering, d.Name
		}
		if at := d.MadeOn(); at != nil && (r.Aangemaakt == nil || *at < *r.Aangemaakt) {
			r.Aangemaakt = at
		}
		// the same bytes delivered again later are as new as that later delivery
		if d.Order > r.Volgnr {
			r.Volgnr, r.GemaaktNr, r.NieuwstGemaakt, r.HeeftNote = d.Order, d.Moment, d.MadeOn(), r.HeeftNote || d.Note != nil
			if d.Note != nil {
				r.Gegevensleverancier = d.Note.Gegevensleverancier
			}
		}
	}
	var out []leveringRow
	for _, r := range byID {
		r.Vervangt = w.Cfg.Replaces(r.Kind, r.Gegevensleverancier) == config.ReplacesPeriod
		r.Optellend = !r.Vervangt && w.Cfg.Contracts[r.Kind].Period != nil
		r.Gegevensleverancier = config.FoldName(r.Gegevensleverancier)
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b leveringRow) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Bestand, b.Bestand))
	})
	return out
}

func (w *World) coverageRows() []leveringDekkingRow {
	var out []leveringDekkingRow
	for _, c := range w.coverage {
		if c.delivery == nil {
			continue // from the configuration: says what is covered, replaces nothing
		}
		out = append(out, leveringDekkingRow{c.levering, c.kind, c.delivery.Order, config.FoldName(c.delivery.Note.Gegevensleverancier), c.gemeente, c.van, c.tot,
			w.Cfg.Replaces(c.kind, c.delivery.Note.Gegevensleverancier) == config.ReplacesPeriod, day(monthStart(date(c.van))), day(monthStart(date(c.tot-1)).AddDate(0, 1, 0)), c.delivery.MadeOn()})
	}
	return out
}

func (w *World) totals() []leveringTotaalRow {
	first := map[[2]string]*ingest.Extract{}
	for _, d := range w.All {
		if d.Status == inbox.Accepted {
			first[[2]string{d.Kind, d.Sha256}] = d.Extract
		}
	}
	var out []leveringTotaalRow
	for _, d := range w.All {
		r := leveringTotaalRow{Kind: d.Kind, Bestand: d.Name, Status: d.Status}
		r.Sha256 = text(d.Sha256)
		if n := d.Note; n != nil {
			r.LeveringID, r.Gegevensleverancier = text(n.LeveringID), text(n.Gegevensleverancier)
			if n.Aangemaakt != nil {
				r.Aangemaakt = text(n.Aangemaakt.Format(time.DateOnly))
			}
			// what was refused covers nothing, and may be refused for a day that no mart may hold (rules 64, 65)
			if d.Refusal == nil && n.PeriodeVan != nil && n.PeriodeTot != nil {
				from, to := int32(*n.PeriodeVan), int32(*n.PeriodeTot)+1
				r.PeriodeVan, r.PeriodeTot = &from, &to
			}
		}
		x := d.Extract
		if d.Status == inbox.Duplicate {
			x = first[[2]string{d.Kind, d.Sha256}]
		}
		if x != nil {
			r.Regels = x.Geleverd.Records
			if d.Status == inbox.Accepted {
				r.Geaccepteerd, r.Quarantaine, r.QuarantaineCt = x.Aanvaard.Records, x.Quarantaine.Records, x.Quarantaine.Cent
			}
			if w.Cfg.Contracts[d.Kind].Money != nil {
				r.BedragCt = &x.Geleverd.Cent
			}
		}
		if d.Refusal != nil {
			r.Reden = text(d.Refusal.Error())
		}
		out = append(out, r)
	}
	return out
}

func (w *World) quarantine() []quarantaineRow {
	var out []quarantaineRow
	for _, d := range w.All {
		if d.Extract == nil {
			continue
		}
		for _, r := range d.Extract.Redenen {
			out = append(out, quarantaineRow{d.Kind, d.Name, r.Code, r.Kolom, r.Aantal, r.Eerste, r.Tekst})
		}
	}
	slices.SortFunc(out, func(a, b quarantaineRow) int {
		return cmp.Or(cmp.Compare(a.Bestand, b.Bestand), cmp.Compare(a.RegelCode, b.RegelCode), cmp.Compare(a.Kolom, b.Kolom),
			cmp.Compare(a.Reden, b.Reden))
	})
	return out
}

// findings are the remarks ingest made about a file as a whole.
func (w *World) findings() []leveringBevindingRow {
	var out []leveringBevindingRow
	for _, d := range w.All {
		if d.Status == inbox.Accepted {
			for _, b := range d.Extract.Bevindingen {
				out = append(out, leveringBevindingRow{d.Kind, d.Name, b.Code, b.Regels, b.Cent, b.Tekst})
			}
		}
	}
	return out
}

func (w *World) prices() []prijsRow {
	var out []prijsRow
	for _, p := range w.Cfg.Prices.Prices {
		for year := 1900; year <= 2100; year++ {
			out = append(out, prijsRow{p.Kind, int64(year), w.Cfg.Prices.Indexed(p, year), int64(p.Days)})
		}
	}
	return out
}

func (w *World) healthNorms() []zvwNormRow {
	var out []zvwNormRow
	r := w.Cfg.Reference
	for _, n := range r.Norms {
		out = append(out, zvwNormRow{n.Sex, int64(n.From), int64(n.To), n.Class(), n.YearCt, r.Raised(n.YearCt)})
	}
	return out
}

func (w *World) ingredients() []ingredientRow {
	var out []ingredientRow
	asked := w.Cfg.Asked()
	for i, in := range w.Cfg.Signals.Ingredients {
		out = append(out, ingredientRow{in.Name, in.Label, in.Known, 1 << i, string(w.Cfg.Minimum(in.Name)), asked[in.Name]})
	}
	return out
}

// ingredientCoverage lists the dekking of the ingredients.
func (w *World) ingredientCoverage() []ingredientDekkingRow {
	var out []ingredientDekkingRow
	for _, in := range w.Cfg.Signals.Ingredients {
		for _, kind := range in.Coverage {
			out = append(out, ingredientDekkingRow{in.Name, kind})
		}
		for _, kind := range in.IfDelivered {
			if w.delivered(kind) {
				out = append(out, ingredientDekkingRow{in.Name, kind})
			}
		}
	}
	return out
}

// IngredientKinds are the kinds that must cover a household before an ingredient that a cocktail asks may be called absent.
func (w *World) IngredientKinds() map[string][]string {
	kinds := map[string][]string{}
	asked := w.Cfg.Asked()
	for _, r := range w.ingredientCoverage() {
		if asked[r.Ingredient] {
			kinds[r.Ingredient] = append(kinds[r.Ingredient], r.Kind)
		}
	}
	return kinds
}

func (w *World) cocktails() []cocktailLijstRow {
	var out []cocktailLijstRow
	for _, k := range w.Cfg.Cocktails {
		var names []string
		for _, in := range k.Ingredients {
			names = append(names, in.Name)
		}
		out = append(out, cocktailLijstRow{k.ID, k.Name, strings.Join(append(names, k.Conditions...), "+")})
	}
	return out
}

// cocktailIngredients gives every ingredient that a cocktail asks a bit, in the order in which they are first asked, and a hexadecimal
// place of its own within the cocktail.
func (w *World) cocktailIngredients() []cocktailIngredientRow {
	var out []cocktailIngredientRow
	bits := map[string]int64{}
	for _, in := range w.ingredients() {
		bits[in.Ingredient] = in.Bit
	}
	for _, k := range w.Cfg.Cocktails {
		place := int64(1)
		add := func(ingredient string, minimum config.Strength, condition bool) {
			out = append(out, cocktailIngredientRow{k.ID, ingredient, string(minimum), condition, bits[ingredient], place})
			place <<= 4
		}
		for _, in := range k.Ingredients {
			add(in.Name, in.Minimum, false)
		}
		for _, name := range k.Conditions {
			add(name, config.Zwak, true)
		}
	}
	return out
}

func (w *World) codes() []codeIngredientRow {
	s := w.Cfg.Signals
	var out []codeIngredientRow
	for _, r := range s.Rules {
		event, period := cmp.Or(r.EventDays, s.EventDays), cmp.Or(r.PeriodDays, s.PeriodDays)
		for _, code := range r.Codes {
			out = append(out, codeIngredientRow{r.Kind, r.Column, code, r.Ingredient, string(r.Strength), int64(event), int64(period)})
		}
	}
	return out
}

func (w *World) insurers() []leveringUzoviRow {
	var out []leveringUzoviRow
	ids := w.lakeIDs()
	for _, d := range w.All {
		if d.Status == inbox.Refused || d.Note == nil {
			continue
		}
		for _, u := range d.Note.Uzovi {
			out = append(out, leveringUzoviRow{d.Kind, ids[[2]string{d.Kind, d.Sha256}], u})
		}
	}
	return out
}

// text is s, or nil when it is empty.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// bookYears are the calendar years in which the first day of a line can lie, and the one in which the last can end.
func bookYears() (out []boekjaarRow) {
	first := func(year int) int32 { return day(time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)) }
	for year := 1900; year < 2200; year++ {
		out = append(out, boekjaarRow{int64(year), first(year), first(year + 1)})
	}
	return out
}
