package naslag_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"stapel/config"
)

// nieuweWereld draws a world.
func nieuweWereld(t *rapid.T) *wereld {
	w := &wereld{t: t, bestanden: map[string][]*bestand{}, vreemd: map[string]string{}, instel: map[string]any{"limits.max_repeated_share": 1,
		"limits.max_quarantine_share": 1, "limits.max_identical_share": 1, "limits.max_outside_life_share": 1, "engine.memory_mb": 512, "engine.threads": 2}, drempel: 100_000}
	w.einde, _ = time.Parse(time.DateOnly, w.kies("einde", "2025-12-31", "2024-02-29", "2025-02-28", "2024-12-31", "2023-03-31"))
	w.gemeenten = []string{"0855", "0824", "0785"}[:w.getal("gemeenten", 1, 3)]
	if w.een("minderjarigen blijven", 6) {
		w.instel["household.attach_minors"] = false
	}
	if w.een("peildatum gezet", 6) {
		w.instel["run.peildatum"] = dagTekst(w.einde)
	}
	if w.een("lage drempel", 3) {
		w.drempel = 5
	}
	if w.een("prijsindex", 4) {
		w.index = []config.Index{{Year: 2011, Value: 1000}, {Year: 2023, Value: 1333}, {Year: 2024, Value: 1407}, {Year: 2025, Value: 999}}
	}
	if w.een("kleine grenzen", 3) {
		w.instel["limits.max_household_persons"], w.instel["limits.max_spells_a_year"] = 2, 1
	}
	if len(w.gemeenten) > 1 {
		if w.een("gemeenten gezet", 5) {
			w.instel["run.gemeenten"] = []string{"GM" + w.gemeenten[0]}
		}
		if w.een("een gemeente stopt", 3) {
			w.stopt = w.gemeenten[len(w.gemeenten)-1]
			w.stopdag = w.einde.AddDate(0, 0, -rapid.SampledFrom([]int{0, 31, 100, 400}).Draw(t, "stopt zo lang voor het einde"))
		}
	}
	w.zvw = w.kies("leveringen van zvw", "opgeteld", "namen", "verzekeraars")
	if w.een("een leverancier vervangt", 8) {
		w.vervangt = []config.SupplierSettings{{Name: "een", Replaces: config.ReplacesPeriod}}
	}
	soorten := append(slices.Clone(verplicht), "wmo_toewijzing", "jeugd_toewijzing", "schuldhulp_traject", "zvw_verzekerde",
		"pgb_uitputting", "uitsluiting", "veldmelding", "maatwerk_plan", "maatwerk_akkoord")
	for _, soort := range soorten {
		w.leveringen(soort)
		if soort != "huishouden" && soort != "maatwerk_akkoord" && w.een(soort+" met een andere sleutel", 30) {
			w.vreemd[soort] = w.kies("in gemeente", "", "", w.gemeenten[0])
		}
	}
	huizen := rapid.SampledFrom([]int{6, 12, 24, 3, 1}).Draw(t, "huishoudens")
	for i := range huizen {
		for range w.getal("personen", 1, 4) {
			w.mens(i)
		}
	}
	for i := range w.mensen {
		w.ouders(i)
		w.verblijven(i, huizen)
	}
	for range huizen { // all lines may be about anybody; drawn per household so that shrinking can leave some out
		for range rapid.SampledFrom([]int{4, 2, 0, 8, 1, 16}).Draw(t, "kosten") {
			w.kosten()
		}
		for range rapid.SampledFrom([]int{3, 1, 0, 8}).Draw(t, "rest") {
			w.rest()
		}
	}
	if len(w.mensen) >= 20 && w.een("regels van iedereen", 2) {
		w.iedereen()
	}
	w.telOp()
	return w
}

// iedereen gives everybody a line of some kinds: enough persons to judge how many of them huishouden knows.
func (w *wereld) iedereen() {
	for _, m := range w.mensen {
		w.regel("zvw_verzekerde", "persoon_ps", m.ps, "uzovi", "3311", "begindatum", dagTekst(w.einde.AddDate(-6, 0, 0)), "einddatum", "")
		w.regel("veldmelding", "persoon_ps", m.ps, "gemeentecode", w.gemeente(), "datum", dagTekst(w.einde.AddDate(0, -2, 0)), "melder", "wijkteam")
		van := w.einde.AddDate(0, 0, -40)
		w.regel("zvw_declaratie", "persoon_ps", m.ps, "prestatie_code", "CO0001", "zorgsoort", "farmacie", "begindatum", dagTekst(van),
			"einddatum", dagTekst(van), "bedrag_ct", fmt.Sprint(w.bedrag("bedrag")), "debet_credit", "D", "uzovi", "3311", "aanbieder_agb", "")
	}
}

// telOp makes each delivery of health care claims hold what the ones before it held: a supplier that delivers the year so far.
func (w *wereld) telOp() {
	lijst := w.bestanden["zvw_declaratie"]
	if w.zvw != "opgeteld" {
		return
	}
	for i := 1; i < len(lijst); i++ {
		oud, nieuw := lijst[i-1], lijst[i]
		if oud.kop == nil || nieuw.naam == stopNaam {
			continue
		}
		mee := slices.Clone(oud.regels)
		if w.een("alleen de nieuwe regels", 4) { // which stops, where both cover what the older one says
			mee = nil
		}
		nieuw.kop = oud.kop
		if w.een("nieuwe regels eerst", 2) {
			nieuw.regels = append(nieuw.regels, mee...)
		} else {
			nieuw.regels = append(mee, nieuw.regels...)
		}
	}
}

// leveringen draws the deliveries of a kind and what they cover. The first one of a required kind covers everything in most
// worlds, or too few of them would have a month that all cover.
func (w *wereld) leveringen(soort string) {
	if !slices.Contains(verplicht, soort) && w.een("niets van "+soort, 6) {
		return
	}
	ver := w.einde.AddDate(0, -44, 0)
	verplichte := slices.Contains(verplicht, soort)
	for i := range w.getal("leveringen van "+soort, 1, 3) {
		b := &bestand{soort: soort, naam: string(rune('a'+i)) + ".csv", weer: w.een("nog eens geleverd", 10)}
		w.bestanden[soort] = append(w.bestanden[soort], b)
		eerste := i == 0 && verplichte
		if eerste && w.een("eerste zonder brief", 150) || !eerste && w.een("zonder brief", 8) {
			continue
		}
		van, tot := ver, w.einde
		opnieuw := soort == "zvw_declaratie" && w.zvw == "opgeteld" && !w.een("een ander tijdvak", 2)
		if !eerste && !opnieuw || w.een("eerste dekt niet alles", 120) {
			van = w.dag("periode_van")
			tot, _ = time.Parse(time.DateOnly, w.tot("periode_tot", van, false))
		}
		gemeenten := w.gemeenten
		if !eerste && w.een("een gemeente", 2) || eerste && w.een("eerste mist een gemeente", 120) {
			gemeenten = w.gemeenten[:w.getal("zoveel gemeenten", 1, len(w.gemeenten))]
		}
		if eerste && w.stopt != "" && !w.een("de rest levert "+soort+" mee", 3) {
			gemeenten = w.gemeenten[:len(w.gemeenten)-1]
		}
		w.brief(b, i, van, tot, gemeenten)
	}
	if verplichte && w.stopt != "" {
		b := &bestand{soort: soort, naam: stopNaam}
		w.bestanden[soort] = append(w.bestanden[soort], b)
		w.brief(b, 0, ver, w.stopdag, []string{w.stopt})
		b.brief["aangemaakt"] = dagTekst(w.stopdag.AddDate(0, 0, 1))
	}
}

// brief gives the i-th delivery of a kind a note. What is not yet known when a delivery is made it does not cover, but for
// allocations.
func (w *wereld) brief(b *bestand, i int, van, tot time.Time, gemeenten []string) {
	maanden := w.getal("maanden later gemaakt", 0, 2)
	if b.soort == "zvw_declaratie" && w.zvw == "opgeteld" {
		maanden = i
	}
	gemaakt := w.einde.AddDate(0, 0, 1+31*maanden)
	if !strings.HasSuffix(b.soort, "_toewijzing") {
		van, tot = vroegste(van, gemaakt), vroegste(tot, gemaakt)
	}
	b.brief = map[string]any{"levering_id": w.kies("levering_id", "a", "b", "c"), "periode_van": dagTekst(van), "periode_tot": dagTekst(tot),
		"aangemaakt": dagTekst(gemaakt) + w.kies("tijdstip", "", "", "", "T00:30:00+01:00", "T23:30:00-01:00", "T08:00:00Z"), "gemeentecode": gemeenten}
	wie := w.kies("leverancier", "een", "twee", "")
	if b.soort == "zvw_declaratie" {
		switch w.zvw {
		case "namen":
			wie = []string{"een", "twee", "drie"}[i]
		case "opgeteld":
			if wie = "een"; w.stopt == "" {
				wie = w.kies("leverancier of niemand", "een", "")
			}
		}
		if b.naam == stopNaam { // another supplier and insurer, or what the others lack would stop every such world
			wie, i = "vier", 3
		}
		if v := w.kies("alle_verzekeraars", "nee", "ja", ""); v != "" {
			b.brief["alle_verzekeraars"] = v
		}
		if w.zvw == "verzekeraars" {
			b.brief["uzovi"] = []string{[]string{"3311", "7029", "1111", "2222"}[i]}
		} else if w.een("uzovi in de brief", 3) {
			b.brief["uzovi"] = []string{w.kies("brief uzovi", "3311", "7029")}
		}
	}
	if wie != "" {
		b.brief["gegevensleverancier"] = wie
	}
}

func vroegste(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
