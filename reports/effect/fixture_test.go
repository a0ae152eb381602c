package effect

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/reporttest"
	"stapel/reports/seen"
)

func ref[T any](v T) *T { return &v }

func month(s string) mart.Date {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return mart.DateOf(t)
}

// testRun is a run of the built-in configuration.
var testRun = reporttest.Run()

// everything says that all kinds were delivered whole, but for those named.
func everything(absent ...string) seen.Sources {
	out := seen.Sources{}
	for _, kind := range testRun.Kinds {
		out[kind] = seen.Source{Kind: kind, Reach: seen.ReachWhole, Months: 12}
	}
	for _, kind := range absent {
		out[kind] = seen.Source{Kind: kind, Reach: seen.ReachAbsent}
	}
	return out
}

// world is what was found: of plans from data, and of those from the field; amounts are euros a household a year.
type world struct {
	effect, half float64 // estimate, and half its interval
	sets         int64
	verdict, why string
	bare         bool // most feeds are missing: nothing can be estimated
	absent       []string
}

// worlds are the five that pages are held to.
var worlds = map[string]world{
	"effect":   {effect: -8765, half: 4321, sets: 64, verdict: "aangetoond", why: "het interval ligt onder nul en de werkwijze vindt niets waar niets is"},
	"geen":     {effect: -321, half: 4567, sets: 63, verdict: "niet aangetoond", why: "het interval bevat nul of ligt erboven"},
	"schade":   {effect: 9876, half: 3210, sets: 62, verdict: "niet aangetoond", why: "het interval bevat nul of ligt erboven"},
	"te_klein": {effect: -5432, half: 0, sets: 7, verdict: "te weinig sets", why: "te weinig sets voor een interval"},
	"weinig": {sets: 0, verdict: "niet te berekenen", why: "er is geen schatting", bare: true,
		absent: []string{"wmo_declaratie", "jeugd_declaratie", "zvw_declaratie", "participatie_uitkering", "maatwerk_meting", "maatwerk_uitgave", "claim"}},
}

// names are the worlds in an order.
var names = []string{"effect", "geen", "schade", "te_klein", "weinig"}

func cents(euro float64) *int64 { return ref(int64(math.Round(euro * 100))) }

// estimate is a row of mart effect of a world, moved by some euros.
func (w world) estimate(method, origin string, by float64) Effect {
	e := Effect{Schatter: method, Herkomst: origin, Klok: started, Uitkomst: cost, Domein: every, Betaler: every, Eenheid: "ct per huishouden per jaar", Behandeld: w.sets, Sets: w.sets,
		Vergelijk: 3*w.sets - 5, Maanden: 7, Meest: 12, Opmerking: "aanname van " + method}
	if w.bare {
		e.Vergelijk, e.Maanden, e.Meest, e.Opmerking = 0, 0, 0, "geen sets met bedragen"
		return e
	}
	e.Ct = cents(w.effect + by)
	if w.half > 0 {
		e.SeCt, e.LaagCt, e.HoogCt, e.P = cents(w.half/2), cents(w.effect+by-w.half), cents(w.effect+by+w.half), ref(0.0321)
	} else {
		e.Opmerking = "minder dan 10 sets: geen interval"
	}
	return e
}

// fixture is a folder with the marts of the chapter for a world.
func fixture(t testing.TB, name string) fstest.MapFS {
	t.Helper()
	w, ok := worlds[name]
	if !ok {
		t.Fatalf("there is no world %q", name)
	}
	marts := fstest.MapFS{}
	var rows []Effect
	for i, origin := range []string{fromData, fromField} {
		w, by := w, 1000*float64(i)
		if origin == fromField && !w.bare {
			w.sets = max(w.sets-11, 4)
		}
		for k, method := range methods {
			e := w.estimate(method, origin, by+37*float64(k))
			switch method {
			case beforeAfter:
				e = w.estimate(method, origin, by-14_000)
				e.Sets, e.Vergelijk, e.Opmerking = 0, 0, "geen effect: wie gekozen is omdat het duur was, wordt ook zonder maatwerk goedkoper"
			case matched:
				e = w.estimate(method, origin, by)
				e.Oordeel, e.Opmerking = w.verdict, w.why
			case lottery, "loting_niet_gecorrigeerd":
				if origin != fromData {
					continue
				}
				e = Effect{Schatter: method, Herkomst: drawn, Klok: started, Uitkomst: cost, Domein: every, Betaler: every, Eenheid: e.Eenheid, Opmerking: "er is niet geloot"}
			case placebo:
				if !w.bare && w.half > 0 {
					e.Ct, e.LaagCt, e.HoogCt, e.Opmerking = cents(123), cents(-3300), cents(3456), "999 van 999 trekkingen"
				}
			case detectable:
				e.LaagCt, e.HoogCt, e.SeCt, e.P = nil, nil, nil, nil
				if e.Ct = nil; !w.bare && w.half > 0 {
					e.Ct = cents(1.43 * w.half)
				}
			case expected, "verwacht_min_25", "verwacht_min_40":
				e.Ct, e.SeCt, e.LaagCt, e.HoogCt, e.P, e.Vergelijk, e.Opmerking = cents(-21_300*[]float64{1, 0.75, 0.6}[k-slices.Index(methods, expected)]), nil, nil, nil, nil, 0, "20 van 64 plannen zeggen wat zij verwachten"
			case "kwetsbaar_grootste":
				e.Eenheid, e.Ct, e.SeCt, e.LaagCt, e.HoogCt, e.P = "aandeel", nil, nil, nil, nil, nil
				if !w.bare {
					e.Waarde = ref(0.173)
				}
			case payback:
				e.Eenheid, e.Ct, e.SeCt, e.LaagCt, e.HoogCt, e.P = "maanden", nil, nil, nil, nil, nil
				if !w.bare && w.effect < -5000 {
					e.Waarde, e.WaardeLaag = ref(7.4), ref(4.9)
				}
			}
			rows = append(rows, e)
			e.Klok = reported
			rows = append(rows, e)
		}
		for k, d := range testRun.Domeinen {
			e := w.estimate(matched, origin, by+float64(700*k))
			e.Domein, e.Opmerking = d.Naam, "interval dat voor alle delen samen geldt"
			rows = append(rows, e)
		}
		for k, b := range payers {
			e := w.estimate(matched, origin, by-float64(300*k))
			e.Betaler, e.Opmerking = b, "interval dat voor alle delen samen geldt"
			rows = append(rows, e)
		}
	}
	marttest.Write(t, marts, "effect", rows)
	var months []Month
	for _, origin := range []string{fromData, fromField} {
		for m := int64(-12); m <= 12; m++ {
			row := Month{Schatter: "gematcht_verschil", Herkomst: origin, Uitkomst: cost, Domein: every, Maand: m, Sets: w.sets}
			at := 150 * math.Sin(float64(m))
			if m > 0 {
				at += w.effect
			}
			switch {
			case w.bare:
				row.Opmerking = "geen set kent deze maand"
			case w.half == 0:
				row.Ct, row.Opmerking = cents(at), "te weinig sets: geen interval"
			default:
				row.Ct, row.LaagCt, row.HoogCt = cents(at), cents(at-1.6*w.half), cents(at+1.6*w.half)
			}
			months = append(months, row)
		}
	}
	marttest.Write(t, marts, "effect_maand", months)
	var balance []Balance
	for k, f := range features {
		b := Balance{Kenmerk: f, Voor: ref(1.6 - 0.2*float64(k)), Opmerking: "geen sets"}
		if !w.bare {
			b.Na, b.Variantie, b.Opmerking = ref(0.13-0.02*float64(k)), ref(1.07), ""
			if k < 2 {
				b.VerschilCt, b.Opmerking = cents(611.11*float64(k+1)), map[bool]string{true: "uit balans"}[*b.Na > 0.1]
			}
		}
		balance = append(balance, b)
	}
	marttest.Write(t, marts, "balans", balance)
	var matrix []Payment
	for k, b := range payers {
		p := Payment{Kosten: "programma", Baten: b, Opmerking: "geen sets met bedragen"}
		if !w.bare {
			at := -(w.effect - float64(300*k)) * float64(w.sets)
			if p.Ct, p.Opmerking = cents(at), "te weinig sets: geen interval"; w.half > 0 {
				p.LaagCt, p.HoogCt, p.Inbaar, p.Opmerking = cents(at-w.half*64), cents(at+w.half*64), ref(at-w.half*64 > 0), ""
			}
		}
		matrix = append(matrix, p)
	}
	marttest.Write(t, marts, "betaler_matrix", matrix)
	var other []Outcome
	for k, o := range outcomes[1:] {
		row := Outcome{Uitkomst: o, Herkomst: fromData, Eenheid: "per jaar", Sets: w.sets, Opmerking: "geen sets"}
		if !w.bare {
			row.Voor, row.Na, row.VergelijkVoor, row.VergelijkingNa = ref(1.25+float64(k)), ref(0.75+float64(k)), ref(1.5), ref(1.25)
			if row.Verschil, row.Opmerking = ref(-0.25*float64(k)), ""; w.half > 0 {
				row.Laag, row.Hoog, row.P = ref(-0.25*float64(k)-0.2), ref(-0.25*float64(k)+0.2), ref(0.04)
			}
		}
		other = append(other, row)
	}
	other = append(other, Outcome{Uitkomst: "vertrek_verhuisd", Herkomst: fromData, Eenheid: "personen per huishouden", Sets: w.sets, Opmerking: "heeft geen ervoor"})
	marttest.Write(t, marts, "uitkomst", other)
	var members []Member
	for s := int64(1); s <= min(w.sets, 5); s++ {
		members = append(members, Member{Set: s, Huishouden: fmt.Sprintf("h-%016d", s), Behandeld: true, Gewicht: 1, T0: month("2024-02-01"), Start: ref(month("2024-05-01")), Tot: ref(month("2025-05-01")),
			Herkomst: fromData, Casus: fmt.Sprintf("C%03d", s)})
		for c := range int64(3) {
			members = append(members, Member{Set: s, Huishouden: fmt.Sprintf("h-%016d", 100*s+c), Gewicht: 1.0 / 3, T0: month("2024-02-01"), Start: ref(month("2024-05-01")), Tot: ref(month("2025-04-01")), Herkomst: fromData})
		}
	}
	marttest.Write(t, marts, "koppeling", members)
	claims := []Claim{{ID: "DH-1", Tekst: "150 gezinnen bespaarden 2,5 miljoen (Den Haag)", Huishouden: 150, BeweerdCt: 2_500_000_00, Oordeel: "niet te toetsen", Reden: "de huishoudens van deze claim zijn niet in de gegevens"},
		{ID: "MA-1", Tekst: "20 analyses, 426.000 euro (Maastricht)", Huishouden: 20, BeweerdCt: 426_000_00, VerwachtCt: cents(426_000), VoorNaCt: cents(511_111), Oordeel: "niet aangetoond",
			Reden: "het interval bevat nul en de claim"}}
	if !w.bare {
		claims[1].NettoCt, claims[1].LaagCt, claims[1].HoogCt = cents(123_456), cents(-65_432), cents(234_567)
		marttest.Write(t, marts, "tevredenheid", []Mark{{Maand: 0, Gevraagd: 31, Beantwoord: 28, Gemiddelde: ref(6.12), Plannen: 21, PlanGevraagd: 20, PlanBeantwoord: 19},
			{Maand: 12, Gevraagd: 24, Beantwoord: 17, Gemiddelde: ref(7.34), GepaardN: ref(int64(15)), Verandering: ref(0.93), Plannen: 18, PlanGevraagd: 16, PlanBeantwoord: 13}})
		marttest.Write(t, marts, "uitgave", []Expense{{Jaar: 2024, Soort: "training", BedragCt: 31_415_92, Regels: 4}, {Jaar: 2024, Soort: every, BedragCt: 140_000_00, BegrootCt: cents(300_000),
			BegrootBesteed: cents(138_000), VoorPlannenCt: 21_000_00, Regels: 44, RegelsBegroot: 40, Plannen: 12}})
	} else {
		marttest.Write(t, marts, "tevredenheid", []Mark{})
		marttest.Write(t, marts, "uitgave", []Expense{})
	}
	marttest.Write(t, marts, "claim_toets", claims)
	marttest.Write(t, marts, "plan_betaler", []Payer{{"alle", "zorgverzekeraar", 100_000_00, 430_000_00, 180_000_00, 250_000_00, 90_000_00, 17, 20}, {"alle", "gemeente_wmo", 90_000_00, 400_000_00, 224_000_00, 176_000_00, 0, 19, 20},
		{"uitgevoerd", "zorgverzekeraar", 80_000_00, 330_000_00, 150_000_00, 180_000_00, 70_000_00, 13, 15}})
	marttest.Write(t, marts, "plan_regel", []Part{{"C001", "dreigend", "zorgverzekeraar", 90_000_00, 40_000_00, 50_000_00, 2}})
	marttest.Write(t, marts, "doorlooptijd", []Wait{{Dagen: 30, AtRisk: 29, Akkoord: 2, Open: 0.931, Laag: ref(0.75), Hoog: ref(0.98)}, {Dagen: 182, AtRisk: 15, Akkoord: 6, Open: 0.5, Laag: ref(0.31), Hoog: ref(0.66)},
		{Dagen: 400, AtRisk: 4, Akkoord: 1, Gecensureerd: 1, Open: 0.37, Laag: ref(0.2), Hoog: ref(0.55)}})
	marttest.Write(t, marts, "rijpheid_kind", []Maturity{{"zvw_declaratie", 12, 7, ref(month("2025-07-01")), ref(month("2025-12-01")), ref(0.991), ref(0.962), "ondergrens"},
		{"wmo_declaratie", 12, 12, ref(month("2025-12-01")), ref(month("2025-12-01")), ref(0.999), ref(0.993), ""}})
	marttest.Write(t, marts, "plan_totaal", []mart.PlanTotaal{{Meting: "plannen", Waarde: ref(30.0), Noemer: 30, Eenheid: "plannen"},
		{Meting: "besparing_alle", WaardeCt: cents(426_000), Noemer: 20, Eenheid: "eurocent"}, {Meting: "besparing_uitgevoerd", WaardeCt: cents(318_222), Noemer: 15, Eenheid: "eurocent"},
		{Meting: "gemiddelde_besparing_alle", WaardeCt: cents(21_300), Noemer: 20, Eenheid: "eurocent"}, {Meting: "mediaan_dagen_tot_akkoord", Waarde: ref(182.0), Noemer: 30, Eenheid: "dagen", Laag: ref(120.0)},
		{Meting: "akkoord_binnen_twee_maanden", Waarde: ref(0.138), Noemer: 29, Eenheid: "aandeel", Laag: ref(0.054), Hoog: ref(0.322)}})
	marttest.Write(t, marts, "plan", []mart.Plan{{Casus: "C001", Status: "uitvoering", Aanmelding: month("2024-02-11"), BesparingCt: cents(27_000)}})
	return marts
}

// payers are those of the fixture.
var payers = []string{"gemeente_jeugd", "gemeente_wmo", "zorgverzekeraar"}

// render writes both pages of a folder of marts.
func render(t testing.TB, marts fstest.MapFS, run reports.Run, in seen.Sources) (page, households string) {
	t.Helper()
	f, err := Read(context.Background(), marts)
	if err != nil {
		t.Fatal(err)
	}
	w, err := run.Windows()
	if err != nil {
		t.Fatal(err)
	}
	out := reporttest.Dir{}
	if err := Write(reports.NewWriter(out, reports.Analist), run, w, in, f); err != nil {
		t.Fatal(err)
	}
	return out[FileName].String(), out[HouseholdsFile].String()
}
