package explain

import (
	"slices"
	"time"

	"stapel/config"
	"stapel/reports"
	"stapel/reports/dossier"
	"stapel/reports/mart"
)

// verify compares what was computed again with the figures of the run: the same persons, every cent of every window, the same number of
// running voorzieningen and providers. It is what lets the picture be believed.
func (e *explanation) verify() error {
	var again []memberRow
	for _, p := range e.d.Personen {
		again = append(again, memberRow{Persoon: p.ID, Plhh: p.Plhh, Aangehecht: p.Aangehecht, Geboortejaar: int64(p.Geboren.Time().Year())})
	}
	if !slices.Equal(again, e.members) {
		return e.Differs("the lake gives other persons for this household than the run published")
	}
	type part struct{ venster, domein, betaler, grondslag string }
	sums, lines := map[part]int64{}, map[part]map[dossier.Bron]bool{}
	windows := map[string]int64{}
	for _, m := range e.d.Maanden {
		k := part{e.window(m.Maand), m.Domein, m.Betaler, m.Grondslag}
		sums[k] += m.DeelCt
		if lines[k] == nil {
			lines[k] = map[dossier.Bron]bool{}
		}
		lines[k][dossier.Bron{Kind: m.Kind, Bestand: m.Bestand, Regel: m.Regel}] = true
		if m.Grondslag == "gedeclareerd" {
			windows[k.venster] += m.DeelCt
		}
	}
	for _, k := range e.d.Kosten {
		at := part{k.Venster, k.Domein, k.Betaler, k.Grondslag}
		if sums[at] != k.BedragCt || int64(len(lines[at])) != k.Regels {
			return e.Differs("the months of %s %s do not add up to what the run published", k.Venster, k.Domein)
		}
		delete(sums, at)
	}
	if len(sums) > 0 {
		return e.Differs("the lake has costs of this household that the run did not publish")
	}
	if r := e.d.Rang; windows["T0"] != r.T0Ct || windows["T1"] != r.T1Ct || windows["T2"] != r.T2Ct {
		return e.Differs("the months do not add up to the ranking")
	}
	if e.running.Voorzieningen != e.d.Rang.Voorzieningen || e.running.Aanbieders != e.d.Rang.Aanbieders {
		return e.Differs("the lake gives other running voorzieningen or providers than the ranking")
	}
	shown := map[dossier.Bron]bool{}
	for _, r := range e.d.Regels {
		shown[dossier.Bron{Kind: r.Kind, Bestand: r.Bestand, Regel: r.Regel}] = true
	}
	for _, m := range e.d.Maanden {
		if !shown[dossier.Bron{Kind: m.Kind, Bestand: m.Bestand, Regel: m.Regel}] {
			return e.Differs("a cost line of kind %s belongs to no voorziening", m.Kind)
		}
	}
	return nil
}

// window is the window that a month of the calendar is in.
func (e *explanation) window(m mart.Date) string {
	switch {
	case !m.Time().Before(e.World.WindowStart(0)):
		return "T0"
	case !m.Time().Before(e.World.WindowStart(1)):
		return "T1"
	default:
		return "T2"
	}
}

// describe adds what the picture says of the run and its configuration.
func (e *explanation) describe(opt Options) {
	eligibility, of := e.Config.Selection.Eligibility, reports.Of(e.Config)
	of.ID, of.Peildatum, of.Versie = e.ID(), e.World.Peil.Format(time.DateOnly), opt.Version
	of.Synthetisch = opt.Synthetic != nil && opt.Synthetic(e.Manifest.Key)
	of.NietGezien, of.IngredientKinds = e.World.Unseen(), e.World.IngredientKinds()
	run := dossier.Run{Run: of, MinDomeinen: int64(eligibility.MinDomains), MaxZvw: int64(eligibility.MaxZvwPercent), Soorten: reports.Kostensoorten(e.Config)}
	asked := e.Config.Asked()
	for _, in := range e.Config.Signals.Ingredients {
		if asked[in.Name] {
			run.Ingredienten = append(run.Ingredienten, in.Name)
		}
	}
	run.Code = func(kind, column, code string) string { return codeDoc(e.Config, kind, column, code) }
	e.d.Run = run
}

// codeDoc is what a contract says that a code means.
func codeDoc(cfg *config.Config, kind, column, code string) string {
	contract := cfg.Contracts[kind]
	if contract == nil {
		return ""
	}
	for _, c := range contract.Columns {
		if c.Name == column {
			for _, known := range c.Codes {
				if known.Code == code {
					return known.Doc
				}
			}
		}
	}
	return ""
}
