package analist

import (
	"context"
	"io/fs"

	"stapel/reports/mart"
	"stapel/reports/table"
	"stapel/transforms"
)

// col is a column in the order name, heading, kind.
func col(name, title string, kind table.Kind) table.Column {
	return table.Column{Name: name, Title: title, Kind: kind}
}

// wide sets a spreadsheet width.
func wide(c table.Column, width float64) table.Column {
	c.Width = width
	return c
}

// summed makes the workbook add the column up.
func summed(c table.Column) table.Column {
	c.Sum = true
	return c
}

// euroSum is an amount that is added up.
func euroSum(name, title string) table.Column { return summed(col(name, title, table.Euro)) }

func rankTable(expected bool) table.Table {
	t := table.Table{Name: "ranglijst", Title: "Ranglijst", Columns: []table.Column{
		col("rang", "Rang", table.Int), wide(col("huishouden_id", "Huishouden", table.Text), 21),
		euroSum("kosten_t0_ct", "Kosten T0"), euroSum("kosten_t1_ct", "Kosten T1"), euroSum("kosten_t2_ct", "Kosten T2"),
		euroSum("kosten_wmo_ct", "T0 Wmo"), euroSum("kosten_jeugd_ct", "T0 Jeugdwet"),
		euroSum("kosten_participatie_ct", "T0 Participatiewet"), euroSum("kosten_zvw_ct", "T0 Zvw"),
		euroSum("geprijsd_schuldhulp_ct", "Geprijsd schuldhulp T0"), euroSum("geprijsd_t0_ct", "Geprijsd totaal T0"),
		col("domeinen", "Domeinen", table.Int), col("voorzieningen", "Voorzieningen", table.Int),
		col("aanbieders", "Aanbieders", table.Int), col("jaren_boven_drempel", "Jaren op of boven de drempel", table.Int),
		col("aandeel_zvw", "Aandeel Zvw", table.Fraction), col("zvw_gedekt", "Zvw gedekt", table.Text),
		col("cum_aandeel", "Cumulatief aandeel", table.Fraction), wide(col("cocktails", "Cocktails (vol, actief)", table.Text), 24),
		col("veldmelding", "Veldmelding", table.Flag), col("in_maatwerk", "In maatwerk", table.Flag),
		col("in_aanmerking", "In aanmerking", table.Flag), wide(col("reden_niet", "Reden niet", table.Text), 34),
	}}
	if expected {
		t.Columns = append(t.Columns, euroSum("verwacht_volgend_jaar_ct", "Verwacht volgend jaar"))
	}
	return t
}

func rankCells(r *mart.Ranglijst, expected bool) []any {
	cells := []any{r.Rang, r.Huishouden, r.T0Ct, r.T1Ct, r.T2Ct, r.WmoCt, r.JeugdCt, r.ParticipatieCt, r.ZvwCt,
		r.GeprijsdSchuldCt, r.GeprijsdT0Ct, r.Domeinen, r.Voorzieningen, r.Aanbieders, r.JarenBovenDrempel,
		table.Opt(r.AandeelZvw), r.ZvwGedekt, table.Opt(r.CumAandeel), r.Cocktails, r.Veldmelding, r.InMaatwerk,
		r.InAanmerking, r.RedenNiet}
	if expected {
		cells = append(cells, table.Opt(r.VerwachtCt))
	}
	return cells
}

var householdColumns = []table.Column{
	wide(col("huishouden_id", "Huishouden", table.Text), 21), col("gemeentecode", "Gemeente", table.Text),
	col("wijkcode", "Wijk", table.Text), col("typhh", "Type huishouden", table.Text), col("personen", "Personen", table.Int),
	col("volwassenen", "Volwassenen", table.Int), col("kinderen", "Kinderen", table.Int),
	col("aangehechte_kinderen", "Waarvan elders ingeschreven", table.Int),
	col("jongste_geboortejaar", "Geboortejaar jongste", table.Int),
}

func householdCells(h *mart.Huishouden) []any {
	return []any{h.ID, h.Gemeente, h.Wijk, h.Type, h.Personen, h.Volwassenen, h.Kinderen, h.Aangehecht, table.Opt(h.Jongste)}
}

var cocktailTable = table.Table{Name: "cocktail", Title: "Cocktails", Columns: []table.Column{
	wide(col("huishouden_id", "Huishouden", table.Text), 21), wide(col("cocktail_id", "Cocktail", table.Text), 24),
	col("van", "Van", table.Day), col("tot", "Tot (niet meegerekend)", table.Day), col("status", "Status", table.Text),
	col("actief", "Actief op de peildatum", table.Flag), wide(col("ontbrekend", "Ontbrekend", table.Text), 30),
	wide(col("volgorde", "Volgorde", table.Text), 60), col("kosten_t0_ct", "Kosten T0 van het huishouden", table.Euro),
}}

func cocktailCells(c *mart.Cocktail) []any {
	return []any{c.Huishouden, c.Cocktail, c.Van.Time(), table.OptDay(c.Tot), c.Status, c.Actief, c.Ontbrekend, c.Volgorde, c.T0Ct}
}

var chanceTable = table.Table{Name: "dreiging_kans", Columns: []table.Column{
	col("cocktail_id", "Cocktail", table.Text), col("ontbrekend", "Ontbrekend", table.Text), col("huishoudens_toen", "Huishoudens een jaar terug", table.Int),
	col("niet_te_zien", "Niet het hele jaar te zien", table.Int), col("gevolgd", "Gevolgd", table.Int), col("vol", "Vol binnen een jaar", table.Int),
	col("aandeel", "Aandeel", table.Fraction), col("ondergrens", "Ondergrens 95%", table.Fraction), col("bovengrens", "Bovengrens 95%", table.Fraction),
	col("huishoudens_nu", "Huishoudens nu", table.Int),
}}

func chanceCells(c mart.DreigingKans) []any {
	return []any{c.Cocktail, c.Ontbrekend, c.Toen, c.NietTeZien, c.Gevolgd, c.Vol, table.Opt(c.Aandeel), table.Opt(c.Ondergrens),
		table.Opt(c.Bovengrens), c.Nu}
}

var preventiveTable = table.Table{Name: "preventief", Title: "Preventief", Columns: []table.Column{
	col("volgnr", "Nummer", table.Int), wide(col("huishouden_id", "Huishouden", table.Text), 21), wide(col("cocktail_id", "Cocktail", table.Text), 24),
	col("van", "Van", table.Day), wide(col("ontbrekend", "Ontbrekend", table.Text), 30), wide(col("volgorde", "Volgorde", table.Text), 48),
	col("kosten_t0_ct", "Kosten T0 van het huishouden", table.Euro), wide(col("cocktails", "Andere cocktails (vol)", table.Text), 24),
	col("in_maatwerk", "In maatwerk", table.Flag), col("gevolgd", "Gevolgd", table.Int), col("vol", "Vol binnen een jaar", table.Int),
	col("aandeel", "Aandeel", table.Fraction), col("ondergrens", "Ondergrens 95%", table.Fraction), col("bovengrens", "Bovengrens 95%", table.Fraction),
}}

func preventiveCells(r *mart.Preventief) []any {
	return []any{r.Volgnr, r.Huishouden, r.Cocktail, r.Van.Time(), r.Ontbrekend, r.Volgorde, r.T0Ct, r.Cocktails, r.InMaatwerk, r.Gevolgd, r.Vol,
		table.Opt(r.Aandeel), table.Opt(r.Ondergrens), table.Opt(r.Bovengrens)}
}

var planTable = table.Table{Name: "plan", Title: "Plannen", Columns: []table.Column{
	wide(col("casusnummer", "Casusnummer", table.Text), 16), wide(col("huishouden_id", "Huishouden", table.Text), 21),
	col("status", "Status", table.Text), col("datum_aanmelding", "Aanmelding", table.Day),
	col("datum_akkoord", "Akkoord", table.Day), col("datum_start", "Start", table.Day), col("akkoorden", "Akkoorden", table.Int),
	col("dagen_tot_akkoord", "Dagen tot akkoord", table.Int), euroSum("huidig_ct", "Huidig"),
	euroSum("dreigend_ct", "Dreigend"), euroSum("maatwerk_ct", "Maatwerk"),
	euroSum("besparing_verwacht_ct", "Verwachte besparing"), wide(col("bevindingen", "Bevindingen", table.Text), 34),
}}

func planCells(p mart.Plan) []any {
	return []any{p.Casus, p.Huishouden, p.Status, table.OptDay(p.Aanmelding), table.OptDay(p.Akkoord), table.OptDay(p.Start),
		p.Akkoorden, table.Opt(p.DagenTotAkkoord), table.Opt(p.HuidigCt), table.Opt(p.DreigendCt), table.Opt(p.MaatwerkCt),
		table.Opt(p.BesparingCt), p.Bevindingen}
}

var planTotalTable = table.Table{Name: "plan_totaal", Title: "Plantotalen", Columns: []table.Column{
	wide(col("meting", "Meting", table.Text), 34), col("waarde_ct", "Bedrag", table.Euro), col("waarde", "Waarde", table.Number),
	col("noemer", "Noemer (plannen)", table.Int), wide(col("eenheid", "Eenheid", table.Text), 16),
}}

func planTotalCells(t mart.PlanTotaal) []any {
	unit := t.Eenheid
	if t.WaardeCt != nil {
		unit = "euro" // amounts are exported in euros
	}
	return []any{t.Meting, table.Opt(t.WaardeCt), table.Opt(t.Waarde), table.Opt(t.Noemer), unit}
}

var coverageTable = table.Table{Name: "dekking", Title: "Dekking", Columns: []table.Column{
	wide(col("kind", "Soort", table.Text), 24), col("gemeentecode", "Gemeente", table.Text), col("maand", "Maand", table.Day),
	col("gedekt", "Gedekt", table.Text), col("nieuwste_regel", "Nieuwste regel", table.Day),
}}

func coverageCells(d mart.Dekking) []any {
	return []any{d.Kind, d.Gemeente, d.Maand.Time(), d.Gedekt, table.OptDay(d.NieuwsteRegel)}
}

var deliveryTable = table.Table{Name: "levering", Title: "Leveringen", Columns: []table.Column{
	wide(col("kind", "Soort", table.Text), 24), wide(col("bestand", "Bestand", table.Text), 36),
	wide(col("levering_id", "Levering", table.Text), 20), wide(col("gegevensleverancier", "Gegevensleverancier", table.Text), 26),
	wide(col("aangemaakt", "Aangemaakt", table.Text), 20), col("periode_van", "Periode van", table.Day),
	col("periode_tot", "Periode tot (niet meegerekend)", table.Day), col("status", "Status", table.Text),
	summed(col("regels", "Regels", table.Int)), summed(col("geaccepteerd", "Geaccepteerd", table.Int)),
	summed(col("quarantaine", "In quarantaine", table.Int)), euroSum("bedrag_ct", "Bedrag"),
	wide(col("reden", "Reden", table.Text), 60), wide(col("sha256", "SHA-256", table.Text), 66),
}}

func deliveryCells(d mart.Levering) []any {
	return []any{d.Kind, d.Bestand, d.LeveringID, d.Leverancier, d.Aangemaakt, table.OptDay(d.PeriodeVan),
		table.OptDay(d.PeriodeTot), d.Status, d.Regels, d.Geaccepteerd, d.Quarantaine, table.Opt(d.BedragCt), d.Reden, d.SHA256}
}

var quarantineTable = table.Table{Name: "quarantaine", Title: "Quarantaine", Columns: []table.Column{
	wide(col("kind", "Soort", table.Text), 24), wide(col("bestand", "Bestand", table.Text), 36),
	col("regel_code", "Regel", table.Text),
	wide(col("kolom", "Kolom", table.Text), 24), summed(col("regels", "Regels", table.Int)),
	col("eerste_regel", "Eerste regel", table.Int), wide(col("reden", "Reden", table.Text), 80),
}}

func quarantineCells(q mart.Quarantaine) []any {
	return []any{q.Kind, q.Bestand, q.RegelCode, q.Kolom, q.Regels, table.Opt(q.EersteRegel), q.Reden}
}

var returnedTable = table.Table{Name: "aan_leveranciers", Title: "Aan leveranciers", Columns: []table.Column{
	wide(col("gegevensleverancier", "Gegevensleverancier", table.Text), 26), wide(col("kind", "Soort", table.Text), 24),
	wide(col("bestand", "Bestand", table.Text), 36), wide(col("wat", "Wat", table.Text), 28), col("regel_code", "Regel", table.Text),
	wide(col("kolom", "Kolom", table.Text), 24), summed(col("regels", "Regels", table.Int)),
	col("eerste_regel", "Eerste regel", table.Int), wide(col("reden", "Wat er mis is", table.Text), 80),
	wide(col("wat_te_doen", "Wat te doen", table.Text), 80),
}}

func returnedCells(r returned) []any {
	return []any{r.Supplier, r.Kind, r.File, r.What, r.Code, r.Column, table.Opt(r.Lines), table.Opt(r.First), r.Reason, r.Remedy}
}

var controlTable = table.Table{Name: "controle", Title: "Controle", Columns: []table.Column{
	wide(col("kind", "Soort", table.Text), 24), col("stap", "Stap", table.Text), col("regels", "Regels", table.Int),
	col("bedrag_ct", "Bedrag", table.Euro), summed(col("verschil_regels", "Verschil in regels", table.Int)),
	euroSum("verschil_ct", "Verschil in euro"),
}}

func controlCells(c mart.Controle) []any {
	return []any{c.Kind, c.Stap, table.Opt(c.Regels), table.Opt(c.BedragCt), table.Opt(c.VerschilRegel), table.Opt(c.VerschilCt)}
}

var costTable = table.Table{Name: "kosten_totaal", Title: "Kosten", Columns: []table.Column{
	col("domein", "Domein", table.Text), col("betaler", "Betaler", table.Text), col("grondslag", "Grondslag", table.Text),
	col("t0_ct", "T0", table.Euro), col("t1_ct", "T1", table.Euro), col("t2_ct", "T2", table.Euro),
	col("onbekend_t0_ct", "T0 zonder huishouden", table.Euro), col("onbekend_t1_ct", "T1 zonder huishouden", table.Euro),
	col("onbekend_t2_ct", "T2 zonder huishouden", table.Euro), col("regels", "Regels", table.Int),
}}

func costCells(c costRow) []any {
	return []any{c.Domein, c.Betaler, c.Grondslag, c.Ct[0], c.Ct[1], c.Ct[2], c.UnknownCt[0], c.UnknownCt[1], c.UnknownCt[2],
		c.Regels}
}

// withRows gives a table its rows.
func withRows(t table.Table, each func(context.Context, func([]any) error) error) table.Table {
	t.Each = each
	return t
}

var concentrationTable = table.Table{Name: "concentratie", Columns: []table.Column{
	col("maat", "Maat", table.Text), col("waarde", "Waarde", table.Number),
}}

func concentrationCells(c mart.Concentratie) []any { return []any{c.Maat, table.Opt(c.Waarde)} }

var maturityTable = table.Table{Name: "rijpheid", Columns: []table.Column{
	col("kind", "Soort", table.Text), col("productgroep", "Productgroep", table.Text), col("productmaand", "Maand", table.Day),
	col("ontvangen_ct", "Binnen", table.Euro), col("verwacht_ct", "Komt op", table.Euro), col("aandeel_binnen", "Aandeel binnen", table.Fraction),
	col("ondergrens", "Ondergrens", table.Fraction), col("rijp", "Rijp", table.Flag), col("reden", "Reden", table.Text),
}}

func maturityCells(r *mart.Rijpheid) []any {
	return []any{r.Kind, r.Groep, r.Maand.Time(), r.OntvangenCt, table.Opt(r.VerwachtCt), table.Opt(r.Aandeel), table.Opt(r.Ondergrens), r.Rijp, r.Reden}
}

var lorenzTable = table.Table{Name: "lorenz", Columns: []table.Column{
	col("huishoudens", "Duurste huishoudens", table.Int), col("aandeel_huishoudens", "Aandeel huishoudens", table.Fraction),
	col("aandeel_kosten", "Aandeel kosten", table.Fraction),
}}

func lorenzCells(l mart.Lorenz) []any {
	return []any{l.N, table.Opt(l.DeelHuish), table.Opt(l.DeelKosten)}
}

var bandTable = table.Table{Name: "ijking", Title: "Terugtoets", Columns: []table.Column{
	wide(col("band", "Kostengroep in T2", table.Text), 20), summed(col("n", "Huishoudens", table.Int)), euroSum("vorig_ct", "Kosten T2"),
	euroSum("verwacht_ct", "Verwacht voor T1"), euroSum("werkelijk_ct", "Werkelijk in T1"),
}}

func bandCells(b mart.Ijking) []any {
	return []any{b.Band, b.N, b.VorigCt, b.VerwachtCt, b.WerkelijkCt}
}

var measureTable = table.Table{Name: "ijking_maat", Columns: []table.Column{
	wide(col("maat", "Maat", table.Text), 28), col("n", "Huishoudens", table.Int), col("verwacht_ct", "Verwachting, euro", table.Euro),
	col("vorig_ct", "Jaar ervoor, euro", table.Euro), col("verwacht", "Verwachting, aandeel", table.Number),
	col("vorig", "Jaar ervoor, aandeel", table.Number), col("beter", "Dichterbij", table.Text),
}}

func measureCells(m mart.IjkingMaat) []any {
	return []any{m.Maat, m.N, table.Opt(m.VerwachtCt), table.Opt(m.VorigCt), table.Opt(m.Verwacht), table.Opt(m.Vorig), m.Beter}
}

var cellTable = table.Table{Name: "verwacht_cel", Columns: []table.Column{
	col("band", "Kostengroep in T1", table.Text), col("jaren", "Jaren op of boven de halve drempel", table.Text),
	col("kinderen", "Kinderen", table.Text), col("huishoudens", "Huishoudens", table.Int), col("som_ct", "Kosten in T0", table.Euro),
	col("gewicht", "Eigen gewicht", table.Number), col("verwacht_ct", "Verwacht", table.Euro),
}}

func expectedCells(c mart.VerwachtCel) []any {
	return []any{c.Band, c.Jaren, c.Kinderen, c.Huishoudens, c.SomCt, c.Gewicht, c.VerwachtCt}
}

var fairnessTable = table.Table{Name: "eerlijkheid", Title: "Eerlijkheid", Columns: []table.Column{
	wide(col("kenmerk", "Kenmerk", table.Text), 16), wide(col("groep", "Groep", table.Text), 24), col("huishoudens", "Huishoudens", table.Int),
	col("in_aanmerking", "In aanmerking", table.Int), col("geselecteerd", "Bij de eersten", table.Int), col("getoetst", "Terugtoets", table.Int),
	col("verwacht_ct", "Verwacht voor T1", table.Euro), col("werkelijk_ct", "Werkelijk in T1", table.Euro),
}}

func fairnessCells(e mart.Eerlijkheid) []any {
	return []any{e.Kenmerk, e.Groep, e.Huishoudens, e.InAanmerking, e.Geselecteerd, e.Getoetst, e.VerwachtCt, e.WerkelijkCt}
}

var stackTable = table.Table{Name: "stapeling", Title: "Stapeling", Columns: []table.Column{
	col("moment", "Moment", table.Text), col("gemeentecode", "Gemeente", table.Text), wide(col("maat", "Voorzieningen", table.Text), 16),
	col("huishoudens", "Huishoudens", table.Int), col("van_huishoudens", "van huishoudens", table.Int), col("personen", "Inwoners", table.Int),
	col("inwoners", "van inwoners", table.Int), col("per_100_huishoudens", "per 100 huishoudens", table.Number), col("per_1000_inwoners", "per 1.000 inwoners", table.Number),
}}

func stackCells(s mart.Stapeling) []any {
	return []any{s.Moment, s.Gemeente, s.Maat, s.N, s.Van, s.Personen, s.Inwoners, table.Opt(s.Per100), table.Opt(s.PerDuizend)}
}

var referenceTable = table.Table{Name: "zvw_referentie", Title: "Zvw-referentie", Columns: []table.Column{
	col("geslacht", "Geslacht", table.Text), col("leeftijdsklasse", "Leeftijd", table.Text), col("verzekerden", "Verzekerden", table.Int),
	col("verzekerde_dagen", "Verzekerde dagen", table.Int), col("kosten_ct", "Kosten T0", table.Euro),
	col("kosten_per_jaar_ct", "per verzekerd jaar", table.Euro), col("referentie_ct", "Nederland 2015", table.Euro),
	col("referentie_verhoogd_ct", "Nederland, opgehoogd", table.Euro), col("verhouding", "Verhouding", table.Fraction),
}}

func referenceCells(r *mart.ZvwReferentie) []any {
	return []any{r.Geslacht, r.Klasse, r.Verzekerden, r.Dagen, r.KostenCt, r.PerJaarCt, r.RefCt, r.VerhoogdCt, table.Opt(r.Verhouding)}
}

var evidenceTable = table.Table{Name: "cocktail_bewijs", Columns: []table.Column{
	col("huishouden_id", "Huishouden", table.Text), col("cocktail_id", "Cocktail", table.Text), col("van", "Van", table.Day),
	col("volgnr", "Nummer", table.Int), col("ingredient", "Ingrediënt", table.Text), col("sterkte", "Sterkte", table.Text),
	col("bron_kind", "Soort", table.Text), col("bron_bestand", "Bestand", table.Text), col("bron_regel", "Regel", table.Int),
}}

func evidenceCells(b *mart.Bewijs) []any {
	return []any{b.Huishouden, b.Cocktail, b.Van.Time(), b.Volgnr, b.Ingredient, b.Sterkte, b.BronKind, b.BronBestand,
		table.Opt(b.BronRegel)}
}

var excludedTable = table.Table{Name: "uitgesloten", Columns: []table.Column{
	col("kind", "Soort", table.Text), col("bestand", "Bestand", table.Text), col("regel", "Regel", table.Int),
	col("regel_code", "Reden", table.Text), col("bedrag_ct", "Bedrag", table.Euro),
}}

func excludedCells(u *mart.Uitgesloten) []any {
	return []any{u.Kind, u.Bestand, table.Opt(u.Regel), u.RegelCode, table.Opt(u.BedragCt)}
}

var findingTable = table.Table{Name: "bevinding", Columns: []table.Column{
	col("onderwerp", "Onderwerp", table.Text), col("sleutel", "Sleutel", table.Text), col("regel_code", "Bevinding", table.Text),
	col("ernst", "Ernst", table.Text), col("regels", "Regels", table.Int), col("bedrag_ct", "Bedrag", table.Euro),
	col("toelichting", "Toelichting", table.Text),
}}

func findingCells(b *mart.Bevinding) []any {
	return []any{b.Onderwerp, b.Sleutel, b.RegelCode, b.Ernst, table.Opt(b.Regels), table.Opt(b.BedragCt), b.Toelichting}
}

// exportTables are the tables written as CSV: all rows of the marts the report uses, at the level of the mart.
func exportTables(marts fs.FS, f *facts) []table.Table {
	expected := f.Ranking.HasExpected
	ranks := eachRow(marts, "ranglijst", func(r *mart.Ranglijst) []any { return rankCells(r, expected) })
	households := table.Table{Name: "huishouden", Columns: householdColumns}
	back := "levering" // either mart has something for suppliers
	if !f.Supply.HasDeliveries {
		back = "quarantaine"
	}
	all := []struct {
		mart  string
		level transforms.Level
		table table.Table
	}{
		{"ranglijst", transforms.LevelRij, withRows(rankTable(expected), ranks)},
		{"huishouden", transforms.LevelRij, withRows(households, eachRow(marts, "huishouden", householdCells))},
		{"kosten", transforms.LevelTotaal, withRows(costTable, table.Slice(f.Costs.Rows, costCells))},
		{"concentratie", transforms.LevelTotaal, withRows(concentrationTable, table.Slice(f.Ranking.Concentration, concentrationCells))},
		{"lorenz", transforms.LevelTotaal, withRows(lorenzTable, table.Slice(f.Groups.Lorenz, lorenzCells))},
		{"verwacht_cel", transforms.LevelTotaal, withRows(cellTable, table.Slice(f.Foresight.Cells, expectedCells))},
		{"ijking", transforms.LevelTotaal, withRows(bandTable, table.Slice(f.Foresight.Bands, bandCells))},
		{"ijking_maat", transforms.LevelTotaal, withRows(measureTable, table.Slice(f.Foresight.Measures, measureCells))},
		{"eerlijkheid", transforms.LevelTotaal, withRows(fairnessTable, table.Slice(f.Groups.Fairness, fairnessCells))},
		{"stapeling", transforms.LevelTotaal, withRows(stackTable, table.Slice(f.Groups.Stacking, stackCells))},
		{"zvw_referentie", transforms.LevelTotaal, withRows(referenceTable, eachRow(marts, "zvw_referentie", referenceCells))},
		{"cocktail", transforms.LevelRij, withRows(cocktailTable, eachRow(marts, "cocktail", cocktailCells))},
		{"cocktail_bewijs", transforms.LevelRij, withRows(evidenceTable, eachRow(marts, "cocktail_bewijs", evidenceCells))},
		{"cocktail_oordeel", transforms.LevelTotaal, withRows(verdictTable, table.Slice(f.Cocktails.Verdicts(), verdictCells))},
		{"dreiging_kans", transforms.LevelTotaal, withRows(chanceTable, table.Slice(f.Threats.Chances, chanceCells))},
		{"preventief", transforms.LevelRij, withRows(preventiveTable, eachRow(marts, "preventief", preventiveCells))},
		{"plan", transforms.LevelRij, withRows(planTable, table.Slice(f.Plans.Rows, planCells))},
		{"plan_totaal", transforms.LevelTotaal, withRows(planTotalTable, table.Slice(f.Plans.Totals, planTotalCells))},
		{"dekking", transforms.LevelTotaal, withRows(coverageTable, table.Slice(f.Supply.Coverage, coverageCells))},
		{"rijpheid", transforms.LevelTotaal, withRows(maturityTable, eachRow(marts, "rijpheid", maturityCells))},
		{"levering", transforms.LevelTotaal, withRows(deliveryTable, table.Slice(f.Supply.Deliveries, deliveryCells))},
		{"quarantaine", transforms.LevelTotaal, withRows(quarantineTable, table.Slice(f.Supply.Quarantine, quarantineCells))},
		{back, transforms.LevelRij, withRows(returnedTable, table.Slice(f.Supply.Returned(), returnedCells))},
		{"koppelgraad", transforms.LevelTotaal, withRows(linkTable, table.Slice(f.Supply.Links, linkCells))},
		{"controle", transforms.LevelTotaal, withRows(controlTable, table.Slice(f.Supply.Control, controlCells))},
		{"uitgesloten", transforms.LevelRij, withRows(excludedTable, eachRow(marts, "uitgesloten", excludedCells))},
		{"bevinding", transforms.LevelRij, withRows(findingTable, eachRow(marts, "bevinding", findingCells))},
		{"bevinding", transforms.LevelTotaal, withRows(doubtTable, table.Slice(f.Seen.Findings, doubtCells))},
	}
	var out []table.Table
	for _, t := range all {
		if mart.Has(marts, t.mart) {
			t.table.Level = t.level
			out = append(out, t.table)
		}
	}
	return out
}
