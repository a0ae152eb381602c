package accountant

import (
	"fmt"
	"slices"
	"strings"

	"stapel/reports/nl"
	"stapel/reports/table"
)

// shownMethods are the estimates of the primary figure that stand here; the analyst's report has them all.
var shownMethods = []string{"voor_na", "regressie_naar_het_midden", "gematcht", "gestaffeld", "loting", "placebo_ruimte", "kleinst_aantoonbaar", "verwacht", "netto"}

// effects are the figures on what maatwerk did, and the claims that were held to them.
func (p *page) effects() section {
	s := section{ID: "effect", Title: "Effect van maatwerk, en claims"}
	if len(p.f.Estimates) == 0 && len(p.f.Claims) == 0 {
		s.text("Er is geen effect berekend en er zijn geen claims.")
		return s
	}
	s.text("Dit zijn schattingen, geen tellingen. ‘Voor en na’ is geen effect: huishoudens zijn gekozen toen zij duur waren, en dan dalen kosten vanzelf. Het oordeel volgt een regel die vóór de run vastlag.")
	g := &grid{Name: "effect", ids: "effect/*/n_behandeld,n_sets,n_vergelijking,maanden,schatting_ct,ci_laag_ct,ci_hoog_ct,p_waarde,oordeel",
		Title: "Effect", Caption: "Totale kosten over 12 maanden na de start, euro per huishouden per jaar; onder nul is minder kosten",
		Columns: []table.Column{coded("herkomst", "Plannen", "herkomst"), coded("schatter", "Werkwijze", "schatter"), column("n_behandeld", "Huishoudens", table.Int), column("n_sets", "Sets", table.Int),
			column("n_vergelijking", "Vergelijking", table.Int), column("maanden", "Maanden", table.Int), column("schatting_ct", "Schatting", table.Euro), column("ci_laag_ct", "Van (95%)", table.Euro),
			column("ci_hoog_ct", "Tot (95%)", table.Euro), column("p_waarde", "p", table.Number), column("oordeel", "Oordeel", table.Text), figureID()}}
	g.Columns[1].Width = 40
	for _, e := range p.primary() {
		var pvalue any
		if e.P != nil {
			pvalue = *e.P
		}
		g.add(e.Herkomst, e.Schatter, e.Behandeld, e.Sets, e.Vergelijk, e.Maanden, table.Opt(e.Ct), table.Opt(e.LaagCt), table.Opt(e.HoogCt), pvalue, e.Oordeel,
			strings.Join([]string{"effect", e.Schatter, e.Herkomst, e.Klok, e.Uitkomst, e.Domein, e.Betaler, "schatting_ct"}, "/"))
	}
	s.grid(g.or())
	c := &grid{Name: "claim_toets", ids: "claim_toets/*/huishoudens,beweerd_ct,netto_ct,ci_laag_ct,ci_hoog_ct,oordeel,reden",
		Title: "Claims", Caption: "Beweerde besparingen en wat de gegevens ervan zeggen; boven nul is een besparing",
		Note: "Claims gaan elk over eigen huishoudens en een eigen periode: tel ze niet op.",
		Columns: []table.Column{column("claim_id", "Claim", table.Text), column("huishoudens", "Huishoudens", table.Int), column("beweerd_ct", "Beweerd", table.Euro), column("netto_ct", "Gezien, netto", table.Euro),
			column("ci_laag_ct", "Van (95%)", table.Euro), column("ci_hoog_ct", "Tot (95%)", table.Euro), column("oordeel", "Oordeel", table.Text), column("reden", "Waarom", table.Text), figureID()}}
	c.Columns[7].Width = 60
	for _, r := range p.f.Claims {
		c.add(r.ID, r.Huishouden, r.BeweerdCt, table.Opt(r.NettoCt), table.Opt(r.LaagCt), table.Opt(r.HoogCt), r.Oordeel, r.Reden, "claim_toets/"+r.ID+"/netto_ct")
	}
	s.grid(c.or())
	return s
}

// primary are the estimates of the figure that the verdict is about.
func (p *page) primary() (out []estimate) {
	for _, e := range p.f.Estimates {
		if e.Klok == "gestart" && e.Uitkomst == p.ev.Config.Effect.Primary.Outcome && e.Domein == "alle" && e.Betaler == "alle" && slices.Contains(shownMethods, e.Schatter) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b estimate) int {
		if a.Herkomst != b.Herkomst {
			return strings.Compare(a.Herkomst, b.Herkomst)
		}
		return slices.Index(shownMethods, a.Schatter) - slices.Index(shownMethods, b.Schatter)
	})
	return out
}

// parameters are the settings that steer figures, and when they were fixed.
func (p *page) parameters() section {
	s := section{ID: "instellingen", Title: "Instellingen, en wanneer zij vastlagen"}
	s.text("Alle instellingen lagen vast voordat de run iets las: hun hash is deel van de naam van de run. Wie na het zien van een cijfer een instelling wijzigt, krijgt een run met een andere naam; " +
		"de eerste blijft staan. Op welke dag een instelling is gekozen weet stapel niet. Wat er nog meer is ingesteld staat in het manifest en in `stapel config show`.")
	cfg := p.ev.Config
	g := &grid{Name: "instelling", Title: "Instellingen", Caption: "Instellingen die een bedrag, een schatting of een oordeel kunnen veranderen",
		Columns: []table.Column{column("bestand", "Bestand", table.Text), column("wat", "Wat", table.Text), column("waarde", "Waarde", table.Text)}}
	g.Columns[1].Width, g.Columns[2].Width = 60, 40
	percent := func(n int64) string { return nl.Int(n) + "%" }
	e, d, l := cfg.Effect, cfg.Disclosure, cfg.Settings.Limits
	for _, row := range [][3]string{
		{"selection.yaml", "Een huishouden is duur vanaf", nl.EuroWhole(cfg.Selection.ThresholdEur * 100)},
		{"selection.yaml", "Huishoudens in een selectie", nl.Int(int64(cfg.Selection.Count))},
		{"stapel.yaml", "Minderjarigen die elders staan tellen bij hun ouders", yes[cfg.Settings.Household.AttachMinors]},
		{"stapel.yaml", "Een bestand wordt geweigerd boven dit deel van de regels in quarantaine", nl.Percent(l.MaxQuarantineShare)},
		{"stapel.yaml", "Niets wordt gepubliceerd boven dit deel van het geld in gelijke regels", nl.Percent(l.MaxIdenticalShare)},
		{"effect.yaml", "Het cijfer waar het oordeel over gaat", nl.Word("uitkomst", e.Primary.Outcome) + " over " + nl.Count(int64(e.Primary.Months), "maand", "maanden")},
		{"effect.yaml", "Complete maanden die een set nodig heeft", nl.Int(int64(e.Window.MinMonths))},
		{"effect.yaml", "Vergelijkbare huishoudens per huishouden, hoogstens", nl.Int(int64(e.Matching.Ratio))},
		{"effect.yaml", "Sets waaronder geen interval wordt gegeven", nl.Int(int64(e.Matching.MinSets))},
		{"disclosure.yaml", "Kleinste groep die wordt getoond", nl.Count(d.Counts.Minimum, "huishouden", "huishoudens")},
		{"disclosure.yaml", "Aantallen worden afgerond op", nl.Int(d.Counts.RoundTo)},
		{"disclosure.yaml", "Bedragen worden afgerond op", nl.EuroWhole(d.Sums.RoundToEur * 100)},
		{"disclosure.yaml", "Niemand mag een ander schatten binnen", percent(d.Sums.PPercent)},
	} {
		g.add(row[0], row[1], row[2])
	}
	s.grid(g)
	return s
}

// disclosed is what may leave the organisation, and what disclosure control did to it.
func (p *page) disclosed() section {
	s := section{ID: "onthulling", Title: "Wat naar buiten mag"}
	if len(p.ev.Releases) == 0 {
		s.text("Bij deze run is niets voor delen vrijgegeven: het rapport voor de werktafel staat uit.")
		return s
	}
	s.text("Wat gedeeld mag worden is eerst gecontroleerd op onthulling. Wat verborgen is, is ook niet uit de rest terug te rekenen; van elke tabel staat erbij of dat is bewezen. Dit rapport zelf is niet vrijgegeven.")
	g := &grid{Name: "vrijgave", Title: "Vrijgave", Caption: "Tabellen die zijn beoordeeld",
		Columns: []table.Column{column("tabel", "Tabel", table.Text), coded("status", "Status", "vrijstand"), column("cellen", "Cijfers", table.Int), column("primair", "Te klein", table.Int),
			column("secundair", "Mee verborgen", table.Int), column("afgerond", "Afgerond", table.Int), column("bewezen", "Bewezen", table.Flag), column("reden", "Waarom niet", table.Text)}}
	for _, r := range p.ev.Releases {
		g.add(r.Table, r.Status, r.Cells, r.Primary, r.Secondary, r.Rounded, r.Proven, r.Reason)
	}
	g.where = inFiles
	s.grid(p.bySort())
	s.grid(g)
	return s
}

// bySort adds up what became of the tables of a sort, of which there can be a hundred and more.
func (p *page) bySort() *grid {
	g := &grid{Name: "vrijgave_soort", Caption: "Tabellen die zijn beoordeeld, per soort", where: onPage,
		Columns: []table.Column{column("soort", "Soort tabel", table.Text), column("tabellen", "Tabellen", table.Int), column("getoond", "Getoond", table.Int), column("bewezen", "Bewezen", table.Int),
			column("cellen", "Cijfers", table.Int), column("primair", "Te klein", table.Int), column("secundair", "Mee verborgen", table.Int), column("afgerond", "Afgerond", table.Int),
			column("reden", "Waarom niet", table.Text)},
		Note: "Wat er met elke tabel is gebeurd staat in csv/vrijgave.csv."}
	type sort struct {
		name                                                      string
		tables, shown, proven, cells, primary, secondary, rounded int64
		why                                                       []string
	}
	var sorts []*sort
	for _, r := range p.ev.Releases {
		name, _, _ := strings.Cut(r.Table, " ")
		at := slices.IndexFunc(sorts, func(f *sort) bool { return f.name == name })
		if at < 0 {
			at, sorts = len(sorts), append(sorts, &sort{name: name})
		}
		f := sorts[at]
		f.tables, f.cells, f.primary, f.secondary, f.rounded = f.tables+1, f.cells+r.Cells, f.primary+r.Primary, f.secondary+r.Secondary, f.rounded+r.Rounded
		if r.Proven {
			f.proven++
		}
		if r.Status == shownStatus {
			f.shown++
		}
		if r.Reason != "" && !slices.Contains(f.why, r.Reason) {
			f.why = append(f.why, r.Reason)
		}
	}
	for _, f := range sorts {
		g.add(f.name, f.tables, f.shown, f.proven, f.cells, f.primary, f.secondary, f.rounded, strings.Join(f.why, "; "))
	}
	return g
}

// shownStatus is a table that is published as it was to be.
const shownStatus = "vrij"

// untested is what nobody should read into the report.
func (p *page) untested() section {
	s := section{ID: "niet-getoetst", Title: "Wat niet is getoetst"}
	list := []string{
		"Of zorg is geleverd, nodig was, en of de prijs klopt. stapel ziet declaraties en betalingen, geen dossiers.",
		"Of een betaling rechtmatig was: of de persoon er recht op had, en of binnen begroting en verordening is gebleven.",
		"Of het grootboek zelf klopt, en of een gegeven verklaring van een verschil klopt.",
		"Of pseudoniemen bij de bron aan de goede persoon zijn gegeven. Wel is gemeten hoeveel er koppelen.",
		"Of de inrichting van de computer en de toegang tot de map veilig zijn; `stapel doctor` kijkt daar een eerste keer naar.",
	}
	if without := p.in.Ledger.Unproven(); p.in.Ledger.Compared() == 0 {
		list = append([]string{"Of de leveringen volledig zijn: er zijn geen grootboektotalen om ze mee te vergelijken."}, list...)
	} else if len(without) > 0 {
		list = append([]string{"Of deze leveringen volledig zijn: " + nl.List(without) + "."}, list...)
	}
	if len(p.Run.NietGezien) > 0 {
		list = append(list, "Kosten die niemand levert: "+strings.Join(p.Run.NietGezien, "; ")+".")
	}
	s.list(list...)
	return s
}

// again is how to do it again, and how to follow a figure.
func (p *page) again() section {
	s := section{ID: "opnieuw", Title: "Zelf narekenen"}
	s.text("Een cijfer heet <tabel>/<sleutel>/<kolom>; de vorm staat onder elke tabel, de hele naam in de laatste kolom van de bestanden. In een CSV-bestand staan bedragen in euro en heet de kolom _eur.")
	example := "waterval/totaal/22/bedrag_ct"
	if len(p.f.Ledger) > 0 {
		l := p.f.Ledger[0]
		example = fmt.Sprintf("aansluiting/%s/%s/%d/verschil_ct", l.Feed, l.Gemeente, l.Jaar)
	}
	s.commands(
		[2]string{"stapel verify", "leest de run opnieuw, vergelijkt elk bestand met het manifest en rekent de controles na zonder de rekenmachine van de run"},
		[2]string{"stapel trace " + example, "volgt een cijfer terug tot de regels van de leveringen, of zegt waaruit het is geschat"},
		[2]string{"stapel sample", "trekt een steekproef van euro's met de regels die erbij horen, om tegen de bron te leggen"},
		[2]string{"stapel bundle", "pakt in wat iemand buiten de organisatie nodig heeft om dit over te doen"},
		[2]string{"stapel run", "met dezelfde bestanden, instellingen, sleutel en hetzelfde programma geeft dezelfde bytes; anders eindigt het met code 12"})
	s.text("In accountant.xlsx staat naast elk totaal de formule. Het blad Sluitcontrole telt alle verschillen op en moet 0 zijn.")
	return s
}

// law sets the report beside what SiSa and the rechtmatigheidsverantwoording ask. What it says of these is from public sources, in its own words.
func (p *page) law() section {
	s := section{ID: "verantwoording", Title: "Bruikbaar voor SiSa en de rechtmatigheidsverantwoording"}
	s.text("stapel geeft geen oordeel over rechtmatigheid en vult geen bijlage in. Wel kan een gemeente en haar accountant hieruit bewijs halen. Sinds boekjaar 2023 verantwoordt het college zelf de rechtmatigheid in de jaarrekening, " +
		"langs drie criteria en boven een grens die de raad stelt. SiSa is de bijlage bij de jaarrekening over geld van het Rijk voor een bepaald doel, met één controle door de accountant.")
	g := &grid{Name: "verantwoording", Title: "Verantwoording", Caption: "Wat wordt gevraagd en wat hier staat",
		Columns: []table.Column{column("kader", "Kader", table.Text), column("gevraagd", "Wat wordt gevraagd", table.Text), column("hier", "Wat dit rapport daarvoor geeft", table.Text), column("niet", "Wat het niet geeft", table.Text), column("bron", "Bron", table.Text)}}
	for i := range g.Columns {
		g.Columns[i].Width = 44
	}
	for _, row := range [][5]string{
		{"Rechtmatigheid", "Begroting: uitgaven binnen wat de raad heeft toegestaan", "Kosten per wet en jaar naast het grootboek, tot op de cent", "De begroting zelf, en of een overschrijding is goedgekeurd", "Rechtmatigheidsverantwoording in de jaarstukken 2024 van Breda en 2023 van Zwolle"},
		{"Rechtmatigheid", "Voorwaarden: een uitgave voldoet aan wet en verordening", "Declaraties zonder toewijzing, na intrekking, buiten de periode of voor wie is overleden, als bevinding met bedrag", "Of de persoon recht had; een bevinding is nog geen fout", "dezelfde"},
		{"Rechtmatigheid", "Misbruik en oneigenlijk gebruik", "Hetzelfde geld tweemaal, credits zonder debet, ongelijke bedragen van één uitkering", "Opzet, en wat niet in de leveringen staat", "dezelfde"},
		{"Rechtmatigheid", "Een grens die de raad stelt: 1% van de lasten in beide gemeenten", "Elk verschil en elke weggelaten regel in euro's, om naast die grens te leggen", "De grens van uw gemeente: vraag die na", "dezelfde"},
		{"SiSa", "Per regeling de besteding, als bijlage bij de jaarrekening", "Aansluiting van uitkeringen op het grootboek per jaar; te gebruiken als controle op volledigheid", "De indicatoren van een regeling: stapel kent die niet", "Rijksoverheid, Single information, single audit; Algemene Rekenkamer, begrippenlijst"},
	} {
		g.add(row[0], row[1], row[2], row[3], row[4])
	}
	s.grid(g)
	s.text("Niet nagegaan: de tekst van de Kadernota Rechtmatigheid en van het besluit met de grens zelf, de indicatoren van een SiSa-regeling, en wat uw accountant in zijn protocol vraagt.")
	return s
}
