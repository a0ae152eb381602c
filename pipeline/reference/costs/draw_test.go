package costs_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"stapel/config"
)

// drawWorld draws a world.
func drawWorld(t *rapid.T) *world {
	w := &world{t: t, files: map[string][]*file{}, strange: map[string]string{}, settings: map[string]any{"limits.max_repeated_share": 1,
		"limits.max_quarantine_share": 1, "limits.max_identical_share": 1, "limits.max_outside_life_share": 1, "engine.memory_mb": 512, "engine.threads": 1, "selection.require_exclusions": false}, threshold: 100_000}
	w.end, _ = time.Parse(time.DateOnly, w.pick("einde", "2025-12-31", "2024-02-29", "2025-02-28", "2024-12-31", "2023-03-31"))
	w.gemeenten = []string{"0855", "0824", "0785"}[:w.whole("gemeenten", 1, 3)]
	if w.chance("minderjarigen blijven", 6) {
		w.settings["household.attach_minors"] = false
	}
	if w.chance("peildatum gezet", 6) {
		w.settings["run.peildatum"] = dayText(w.end)
	}
	if w.chance("lage drempel", 3) {
		w.threshold = 5
	}
	if w.chance("prijsindex", 4) {
		w.index = []config.Index{{Year: 2011, Value: 1000}, {Year: 2023, Value: 1333}, {Year: 2024, Value: 1407}, {Year: 2025, Value: 999}}
	}
	if w.chance("kleine grenzen", 3) {
		w.settings["limits.max_household_persons"], w.settings["limits.max_spells_a_year"] = 2, 1
	}
	if len(w.gemeenten) > 1 {
		if w.chance("gemeenten gezet", 5) {
			w.settings["run.gemeenten"] = []string{"GM" + w.gemeenten[0]}
		}
		if w.chance("een gemeente stopt", 3) {
			w.stops = w.gemeenten[len(w.gemeenten)-1]
			w.stopDay = w.end.AddDate(0, 0, -rapid.SampledFrom([]int{0, 31, 100, 400}).Draw(t, "stopt zo lang voor het einde"))
		}
	}
	w.zvw = w.pick("leveringen van zvw", "opgeteld", "namen", "verzekeraars")
	if w.chance("een leverancier vervangt", 8) {
		w.replacing = []config.SupplierSettings{{Name: "een", Replaces: config.ReplacesPeriod}}
	}
	kinds := append(slices.Clone(required), "wmo_toewijzing", "jeugd_toewijzing", "schuldhulp_traject", "zvw_verzekerde",
		"pgb_uitputting", "uitsluiting", "veldmelding", "maatwerk_plan", "maatwerk_akkoord")
	for _, kind := range kinds {
		w.deliveries(kind)
		if kind != "huishouden" && kind != "maatwerk_akkoord" && w.chance(kind+" met een andere sleutel", 30) {
			w.strange[kind] = w.pick("in gemeente", "", "", w.gemeenten[0])
		}
	}
	houses := rapid.SampledFrom([]int{6, 12, 24, 3, 1}).Draw(t, "huishoudens")
	for i := range houses {
		for range w.whole("personen", 1, 4) {
			w.resident(i)
		}
	}
	for i := range w.residents {
		w.parents(i)
		w.spells(i, houses)
	}
	for range houses { // all lines may be about anybody; drawn per household so that shrinking can leave some out
		for range rapid.SampledFrom([]int{4, 2, 0, 8, 1, 16}).Draw(t, "kosten") {
			w.costs()
		}
		for range rapid.SampledFrom([]int{3, 1, 0, 8}).Draw(t, "rest") {
			w.rest()
		}
	}
	if len(w.residents) >= 20 && w.chance("regels van iedereen", 2) {
		w.everybody()
	}
	w.addUp()
	return w
}

// everybody gives everybody a line of some kinds: enough persons to judge how many of them huishouden knows.
func (w *world) everybody() {
	for _, m := range w.residents {
		w.line("zvw_verzekerde", "persoon_ps", m.ps, "uzovi", "3311", "begindatum", dayText(w.end.AddDate(-6, 0, 0)), "einddatum", "")
		w.line("veldmelding", "persoon_ps", m.ps, "gemeentecode", w.gemeente(), "datum", dayText(w.end.AddDate(0, -2, 0)), "melder", "wijkteam")
		from := w.end.AddDate(0, 0, -40)
		w.line("zvw_declaratie", "persoon_ps", m.ps, "prestatie_code", "CO0001", "zorgsoort", "farmacie", "begindatum", dayText(from),
			"einddatum", dayText(from), "bedrag_ct", fmt.Sprint(w.amount("bedrag")), "debet_credit", "D", "uzovi", "3311", "aanbieder_agb", "")
	}
}

// addUp makes each delivery of health care claims hold what the ones before it held: a supplier that delivers the year so far.
func (w *world) addUp() {
	list := w.files["zvw_declaratie"]
	if w.zvw != "opgeteld" {
		return
	}
	for i := 1; i < len(list); i++ {
		old, newer := list[i-1], list[i]
		if old.header == nil || newer.name == stopName {
			continue
		}
		along := slices.Clone(old.lines)
		if w.chance("alleen de nieuwe regels", 4) { // which stops, where both cover what the older one says
			along = nil
		}
		newer.header = old.header
		if w.chance("nieuwe regels eerst", 2) {
			newer.lines = append(newer.lines, along...)
		} else {
			newer.lines = append(along, newer.lines...)
		}
	}
}

// deliveries draws the deliveries of a kind and what they cover. The first one of a required kind covers everything in most
// worlds, or too few of them would have a month that all cover.
func (w *world) deliveries(kind string) {
	if !slices.Contains(required, kind) && w.chance("niets van "+kind, 6) {
		return
	}
	far := w.end.AddDate(0, -44, 0)
	isRequired := slices.Contains(required, kind)
	for i := range w.whole("leveringen van "+kind, 1, 3) {
		b := &file{kind: kind, name: string(rune('a'+i)) + ".csv", again: w.chance("nog eens geleverd", 10)}
		w.files[kind] = append(w.files[kind], b)
		first := i == 0 && isRequired
		if first && w.chance("eerste zonder brief", 150) || !first && w.chance("zonder brief", 8) {
			continue
		}
		from, to := far, w.end
		again := kind == "zvw_declaratie" && w.zvw == "opgeteld" && !w.chance("een ander tijdvak", 2)
		if !first && !again || w.chance("eerste dekt niet alles", 120) {
			from = w.day("periode_van")
			to, _ = time.Parse(time.DateOnly, w.to("periode_tot", from, false))
		}
		gemeenten := w.gemeenten
		if !first && w.chance("een gemeente", 2) || first && w.chance("eerste mist een gemeente", 120) {
			gemeenten = w.gemeenten[:w.whole("zoveel gemeenten", 1, len(w.gemeenten))]
		}
		if first && w.stops != "" && !w.chance("de rest levert "+kind+" mee", 3) {
			gemeenten = w.gemeenten[:len(w.gemeenten)-1]
		}
		w.note(b, i, from, to, gemeenten)
	}
	if isRequired && w.stops != "" {
		b := &file{kind: kind, name: stopName}
		w.files[kind] = append(w.files[kind], b)
		w.note(b, 0, far, w.stopDay, []string{w.stops})
		b.note["aangemaakt"] = dayText(w.stopDay.AddDate(0, 0, 1))
	}
}

// note gives the i-th delivery of a kind a note. What is not yet known when a delivery is made it does not cover, but for
// allocations.
func (w *world) note(b *file, i int, from, to time.Time, gemeenten []string) {
	months := w.whole("maanden later gemaakt", 0, 2)
	if b.kind == "zvw_declaratie" && w.zvw == "opgeteld" {
		months = i
	}
	made := w.end.AddDate(0, 0, 1+31*months)
	if !strings.HasSuffix(b.kind, "_toewijzing") {
		from, to = earliest(from, made), earliest(to, made)
	}
	b.note = map[string]any{"levering_id": w.pick("levering_id", "a", "b", "c"), "periode_van": dayText(from), "periode_tot": dayText(to),
		"aangemaakt": dayText(made) + w.pick("tijdstip", "", "", "", "T00:30:00+01:00", "T23:30:00-01:00", "T08:00:00Z"), "gemeentecode": gemeenten}
	who := w.pick("leverancier", "een", "twee", "")
	if b.kind == "zvw_declaratie" {
		switch w.zvw {
		case "namen":
			who = []string{"een", "twee", "drie"}[i]
		case "opgeteld":
			if who = "een"; w.stops == "" {
				who = w.pick("leverancier of niemand", "een", "")
			}
		}
		if b.name == stopName { // another supplier and insurer, or what the others lack would stop every such world
			who, i = "vier", 3
		}
		if v := w.pick("alle_verzekeraars", "nee", "ja", ""); v != "" {
			b.note["alle_verzekeraars"] = v
		}
		if w.zvw == "verzekeraars" {
			b.note["uzovi"] = []string{[]string{"3311", "7029", "1111", "2222"}[i]}
		} else if w.chance("uzovi in de brief", 3) {
			b.note["uzovi"] = []string{w.pick("brief uzovi", "3311", "7029")}
		}
	}
	if who != "" {
		b.note["gegevensleverancier"] = who
	}
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
