package nl

import "strings"

// words are the Dutch words for codes of the marts, per sort of code. Codes of the standards keep their number: the
// words follow it.
var words = map[string]map[string]string{
	"kind": {
		"huishouden":             "Huishoudens (BRP)",
		"wmo_toewijzing":         "Wmo-toewijzingen",
		"jeugd_toewijzing":       "Jeugdwet-toewijzingen",
		"wmo_declaratie":         "Wmo-declaraties",
		"jeugd_declaratie":       "Jeugdwet-declaraties",
		"participatie_uitkering": "Uitkeringen (BUS)",
		"participatie_vordering": "Vorderingen (BDFS)",
		"schuldhulp_traject":     "Schuldhulptrajecten",
		"schuldhulp_signaal":     "Vroegsignalen schulden",
		"zvw_declaratie":         "Zvw-declaraties",
		"zvw_verzekerde":         "Verzekerden (Zvw)",
		"pgb_uitputting":         "Pgb-uitputting (SVB)",
		"wonen_signaal":          "Woonsignalen",
		"veldmelding":            "Veldmeldingen",
		"uitsluiting":            "Uitsluitingen",
		"grootboek_totaal":       "Grootboektotalen",
		"maatwerk_plan":          "Maatwerkplannen",
		"maatwerk_plan_regel":    "Regels bij plannen",
		"maatwerk_meting":        "Tevredenheidsmetingen",
		"maatwerk_akkoord":       "Akkoorden op plannen",
		"maatwerk_uitgave":       "Uitgaven van het programma",
		"claim":                  "Claims",
		"totaal":                 "Totaal",
	},
	// what nobody can say without a kind
	"zonder": {
		"huishouden":             "wie bij wie woont",
		"wmo_toewijzing":         "welke Wmo-voorzieningen lopen, en of er beschermd wonen of niet-passende begeleiding is",
		"jeugd_toewijzing":       "welke Jeugdwet-voorzieningen lopen, en of er jeugdzorg of niet-passende begeleiding is",
		"wmo_declaratie":         "wat de Wmo kost",
		"jeugd_declaratie":       "wat de Jeugdwet kost",
		"participatie_uitkering": "wat bijstand kost, en wie er geen heeft",
		"participatie_vordering": "of er een terugvordering of boete loopt",
		"schuldhulp_traject":     "of er schuldhulp loopt en wat die kost",
		"schuldhulp_signaal":     "of er betalingsachterstanden zijn: schulden en huurachterstand",
		"zvw_declaratie":         "wat de zorgverzekeraar betaalt, en of er ggz is",
		"zvw_verzekerde":         "wie verzekerd is bij een verzekeraar die levert: dat er geen ggz is, valt dan van niemand te zeggen",
		"pgb_uitputting":         "wat persoonsgebonden budgetten kosten",
		"wonen_signaal":          "of er een ontruiming, briefadres of opvang is",
		"veldmelding":            "welke huishoudens professionals hebben gemeld",
		"uitsluiting":            "wie een geheim adres heeft of bezwaar heeft gemaakt",
		"grootboek_totaal":       "of de leveringen volledig zijn",
		"maatwerk_plan":          "wie al een maatwerkplan heeft, en wat plannen naar verwachting besparen",
		"maatwerk_plan_regel":    "hoe de bedragen van een plan zijn opgebouwd",
		"maatwerk_meting":        "hoe tevreden mensen zijn",
		"maatwerk_akkoord":       "of een plan genoeg akkoorden had",
		"maatwerk_uitgave":       "wat het programma zelf kost",
		"claim":                  "welke besparingen zijn beweerd",
	},
	"betaler": {
		"gemeente_wmo": "gemeente (Wmo)", "gemeente_jeugd": "gemeente (Jeugdwet)",
		"gemeente_participatie": "gemeente (Participatiewet)", "gemeente_schuldhulp": "gemeente (schuldhulp)",
		"gemeente_overig": "gemeente (overig)", "zorgverzekeraar": "zorgverzekeraar", "rijk": "Rijk",
		"woningcorporatie": "woningcorporatie", "overig": "overig", "alle": "alle betalers", "niet_verdeeld": "niet verdeeld", "programma": "programma maatwerk", "onbekend": "niet bekend wie",
	},
	"niveau":    {"rij": "Vertrouwelijk, niet doorsturen", "totaal": "Zonder huishoudens, voor intern gebruik", "vrij": "Vrij om te delen"},
	"grondslag": {"gedeclareerd": "gedeclareerd", "geprijsd": "geschat met een vaste prijs"},
	"typhh": {
		"1": "alleenstaand", "2": "paar", "3": "gehuwd paar", "4": "paar met kinderen", "5": "gehuwd paar met kinderen",
		"6": "eenouder", "7": "overig", "8": "instelling",
	},
	"reden": {
		"volwassenen": "geen volwassene", "kinderen": "geen kind", "domeinen": "te weinig domeinen",
		"drempel": "onder de drempel", "zvw_aandeel": "vooral Zvw-kosten", "heeft_plan": "heeft al een plan",
		"instelling": "woont in een instelling",
	},
	"band": {
		"top_0.1": "duurste 0,1%", "top_0.5": "0,1 tot 0,5%", "top_1": "0,5 tot 1%", "top_2": "1 tot 2%", "top_5": "2 tot 5%",
		"top_10": "5 tot 10%", "rest": "de andere 90%",
	},
	"jaren": {
		"alle": "samen", "0": "geen van de twee jaren", "1": "een van de twee jaren", "2": "beide jaren",
	},
	"maat": {
		"gemiddelde_afwijking": "gemiddelde afwijking, alle huishoudens",
		"afwijking_top_10":     "gemiddelde afwijking, de duurste 10%",
		"verhouding":           "verwacht totaal, als deel van het werkelijke",
		"overlap_drempel":      "hoeveel van de latere dure huishoudens stonden erop",
		"overlap_100":          "overlap met de 100 duurste",
		"overlap_1pct":         "overlap met de duurste 1%",
		"twee_of_meer":         "twee of meer voorzieningen", "meer_wetten": "voorzieningen uit meer dan één wet",
	},
	"beter": {"verwacht": "verwachting", "vorig": "jaar ervoor", "gelijk": "gelijk"},
	"kenmerk": {
		"huishoudtype": "Soort huishouden", "kinderen": "Kinderen", "leeftijd": "Leeftijd van de oudste", "geslacht": "Volwassenen",
		"gemeente": "Gemeente", "wijk": "Wijk",
	},
	"verschil": {
		"peildatum": "andere peildatum", "nieuwe_gegevens": "nieuwe gegevens", "vervangen": "regels vervangen", "samenstelling": "andere samenstelling",
		"maatwerkplan": "maatwerkplan", "configuratie": "andere instellingen", "programma": "ander programma", "niet_toegeschreven": "niet toegeschreven",
	},
	"rijpheid": {
		"dekking_onbekend": "geen levering zegt wat zij dekt", "niet_gedekt": "niet geleverd",
		"ontvangst_onbekend": "niet bekend wanneer regels binnenkwamen", "nog_niet_ontvangen": "nog niet ontvangen",
		"te_weinig_historie": "minder dan 24 maanden historie", "te_weinig_leveringen": "te weinig leveringen om het aan te zien",
		"niets_ontvangen": "niets ontvangen", "ondergrens": "er komt nog te veel binnen",
	},
	"zvw_gedekt": {
		"deels": "zvw deels gedekt", "nee": "zvw niet gedekt", "onbekend": "zvw onbekend",
	},
	"ingredient": {
		"ggz": "ggz", "woonproblematiek": "woonproblematiek", "kinderen": "kinderen",
		"niet_passende_begeleiding": "niet-passende begeleiding", "jeugdzorg": "jeugdzorg", "schulden": "schulden",
		"geen_uitkering": "geen bijstand", "bijstand": "bijstand", "scheiding": "partners uit elkaar", "woningvraag": "vraag om een woning",
		"huurachterstand": "huurachterstand", "dakloos": "zonder vast adres of in de opvang", "woningsluiting": "woningsluiting",
		"overbewoning": "overbewoning", "adresonderzoek": "adresonderzoek", "crisis": "crisis",
		"gedwongen_opname": "gedwongen opname of zorg", "terugvordering": "terugvordering of boete",
		"verlies_inkomen": "bijstand gestopt zonder ander inkomen", "detentie": "detentie",
	},
	"ernst":       {"let_op": "let op", "fout": "fout"},
	"leverstatus": {"geaccepteerd": "geaccepteerd", "geweigerd": "geweigerd", "dubbel": "dubbel"},
	"planstatus": {
		"concept": "concept", "sparren": "sparren", "akkoord": "akkoord", "uitvoering": "in uitvoering", "gereed": "gereed",
		"afgewezen": "afgewezen", "ingetrokken": "ingetrokken",
	},
	"bevinding": {
		"akkoord_ontbreekt":      "gestart met minder dan twee akkoorden",
		"akkoord_na_datum":       "tweede akkoord later dan de akkoorddatum",
		"regels_tellen_niet_op":  "regels tellen niet op tot het totaal",
		"horizon_anders":         "andere horizon dan 12 maanden",
		"negatieve_doorlooptijd": "akkoord vóór de aanmelding",
		"plan_onbekend":          "geen plan met dit casusnummer",
		"verblijf_ingekort":      "overlappend verblijf ingekort",
		"verblijf_dubbel":        "twee verblijven met dezelfde begindatum; het nieuwste telt",
		"bedrag_ongelijk":        "regels van één uitkering noemen verschillende bedragen",
		"buiten_periode":         "regels buiten de periode van de leveringsbrief",
		"contract_versie":        "leveringsbrief noemt een andere contractversie",
		"datum_onvolledig":       "datums zonder dag of maand, gelezen als de eerste of laatste dag die het kan zijn",
		"kopregel_herhaald":      "kopregel herhaald: aan elkaar geplakte bestanden?",
		"sep_regel":              "eerste regel sep=; overgeslagen",
		"totaal_debet_ct":        "totaal debet van de leveringsbrief niet na te rekenen",
		"totaal_credit_ct":       "totaal credit van de leveringsbrief niet na te rekenen",
		"8017":                   "8017: credit zonder debet, of meer credit dan debet",
		"8021":                   "8021: referentienummer komt vaker voor",
		"9307":                   "9307: zorg vóór de toewijzing",
		"9308":                   "9308: zorg na de toewijzing",
		"9346":                   "9346: bedrag is niet volume maal tarief",
		"9384":                   "9384: toewijzing is ingetrokken (reden 13)",
		"9389":                   "9389: dezelfde zorg twee keer gedeclareerd",
		"9390":                   "9390: twee credits op een referentienummer",

		"overlap_gelijk":           "dubbel met een nieuwere levering",
		"overlap_verschilt":        "ontbreekt in een nieuwere levering over dezelfde maand",
		"regel_gelijk":             "gelijk aan een eerdere regel",
		"periode_onwaarschijnlijk": "onwaarschijnlijke periode",
		"voor_geboorte":            "zorg vóór de geboorte",
		"na_overlijden":            "zorg na het overlijden",
		"uitkering_gedeeld":        "uitkering in delen, opgeteld",
		"toewijzing_gelijk":        "toewijzing met gelijke datum en tijd",
		"twee_leveranciers":        "twee leveranciers over dezelfde maand",
		"huishouden_te_groot":      "onwaarschijnlijk groot huishouden",
		"verblijven_te_veel":       "onwaarschijnlijk veel adressen",
		"geboortejaar_verschilt":   "twee geboortejaren van een persoon",
	},
	"stap": {
		"geleverd": "geleverd", "geweigerd": "geweigerd", "dubbel": "dubbel", "quarantaine": "quarantaine",
		"vervangen": "vervangen", "geaccepteerd": "geaccepteerd", "uitgesloten": "uitgesloten", "herhaald": "herhaald",
		"ouder": "ouder", "gebruikt": "gebruikt", "in_vensters": "in de vensters", "buiten_vensters": "buiten de vensters",
		"voor_vensters": "voor de vensters", "na_vensters": "na de vensters",
		"huishoudens": "huishoudens", "onbekend": "huishouden onbekend", "niet_getoond": "niet getoond",
		"grootboek": "grootboek", "verklaard": "verschil met het grootboek, verklaard", "onverklaard": "verschil met het grootboek, niet verklaard",
		"zonder_grootboek": "zonder grootboektotaal", "niet_vergeleken": "buiten de vergelijking",
		"ranglijst": "ranglijst", "geprijsd": "geschat met een vaste prijs", "andere_gemeente": "andere gemeente",
		"overlap_gelijk": "ook in een nieuwere levering", "overlap_verschilt": "niet in een nieuwere levering", "regel_gelijk": "gelijk aan een eerdere regel",
	},
	"gedekt": {"ja": "gedekt", "nee": "niet gedekt", "onbekend": "onbekend", "opgeheven": "gemeente opgeheven"},
	"koppelt": {
		"ja": "koppelt", "te_laag": "te laag", "geen": "koppelt niet", "niet_beoordeeld": "niet beoordeeld: te weinig personen",
		"ter_informatie": "ter informatie",
	},
	"oordeel": {
		"vol": "vol", "dreigend": "dreigend", "onbekend": "onbekend", "niet_te_beoordelen": "niet te beoordelen", "nee": "zeker niet",
		"alle": "samen",
	},
	"aansluiting": {
		"sluit": "sluit", "verklaard": "verklaard", "verschil": "verschil", "geen_grootboek": "geen grootboektotaal", "niet_geleverd": "niet geleverd",
		"geen_bedrag": "geen bedragen in het extract",
	},
	"verklaring": {
		"andere_periode": "andere periode", "buiten_levering": "niet in de levering", "zonder_regels": "betaald zonder regels per persoon", "eigen_bijdrage": "eigen bijdrage of terugvordering",
		"later_verwerkt": "later verwerkt", "uitval": "regels die niet te lezen waren", "anders": "anders",
	},
	"pad": {
		"al_vol": "al vol toen de 24 maanden begonnen", "onbekend": "volgorde niet te zien", "overig": "andere wegen samen", "vol": "cocktail vol",
	},
	"deel":      {"vol": "met de hele cocktail", "overig": "alle andere huishoudens", "alle": "alle huishoudens"},
	"stand":     {"met": "met een terugvordering of boete", "zonder": "zonder", "niet_te_beoordelen": "niet te beoordelen", "alle": "samen"},
	"groep":     {"geen": "zonder een van de cocktails", "alle": "alle huishoudens"},
	"hindernis": {"alle": "alle plannen"},
	"partij":    {"alle": "alle partijen samen", "niet_genoemd": "partij niet genoemd"},
	"plaats":    {"alle": "alle gemeenten", "": "wijk niet geleverd"},
	"bronstand": {
		"heel": "helemaal", "deels": "voor een deel", "niet_gedekt": "niet over deze maanden", "koppelt_niet": "niet: koppelt niet aan huishoudens",
		"niet_geleverd": "niet geleverd",
	},
	"vrijstand": {"vrij": "getoond", "vergroofd": "grover getoond", "geweigerd": "niet getoond"},
	"schatter": {
		"voor_na": "Voor en na", "regressie_naar_het_midden": "Even dure huishoudens zonder maatwerk", "gematcht": "Vergelijkbare huishoudens",
		"gematcht_verschil": "Vergelijkbaar, als verschil in verandering", "gematcht_gelijke_kosten": "Vergelijkbaar, met dezelfde kosten ervoor",
		"gematcht_bootstrap": "Vergelijkbaar, interval door opnieuw trekken", "gestaffeld": "Per halfjaar van start",
		"gestaffeld_niet_gecorrigeerd": "Per halfjaar van start, niet gecorrigeerd", "loting": "Loting", "loting_niet_gecorrigeerd": "Loting, niet gecorrigeerd",
		"placebo_ruimte": "Proef: huishoudens zonder maatwerk", "placebo_tijd": "Proef: het jaar voor de keuze", "piek": "Piek in het kwartaal ervoor", "kleinst_aantoonbaar": "Kleinste effect dat te zien is",
		"kwetsbaar_weglaten": "Als steeds één set wordt weggelaten", "kwetsbaar_grootste": "Deel dat bij één set ligt", "kwetsbaar_afgetopt": "Met hoge kosten afgetopt",
		"grens_ongedekt": "Als niet gedekte maanden zijn als ervoor", "verwacht": "Verwacht in de plannen", "verwacht_min_25": "Verwacht, 25% eraf",
		"verwacht_min_40": "Verwacht, 40% eraf", "netto": "Netto: met de uitgaven van het programma", "terugverdientijd": "Terugverdiend na (maanden)",
	},
	"herkomst": {"data": "uit de gegevens gekozen", "veld": "door het veld aangemeld", "loting": "geloot", "alle": "alle plannen samen", "": "herkomst niet bekend"},
	"klok":     {"gestart": "na de start", "aangemeld": "na de aanmelding"},
	"uitkomst": {
		"kosten": "Kosten", "dagen_uithuisgeplaatst": "Dagen uit huis geplaatst", "ontruiming": "Ontruimingen", "actieve_ingredienten": "Onderdelen die spelen",
		"cocktail_vol": "Hele cocktail", "cocktail_opgelost": "Cocktail opgelost", "in_schuldhulp": "In schuldhulp", "bijstand": "In de bijstand",
		"vertrek_verhuisd": "Mensen die verhuisden", "vertrek_overleden": "Mensen die overleden", "vertrek_andere_verzekeraar": "Mensen die van verzekeraar wisselden",
		"vertrek_onbekend": "Mensen die om een onbekende reden weg zijn",
	},
	"balans": {
		"kosten_jaar_voor": "Kosten in het jaar ervoor", "kosten_tweede_jaar_voor": "Kosten in het jaar daarvoor", "kosten_laatste_kwartaal": "Kosten in het laatste kwartaal (per jaar)",
		"personen": "Personen", "oudste_leeftijd": "Leeftijd van de oudste", "ingredienten": "Onderdelen die spelen", "trend": "Verandering van het tweede naar het eerste jaar ervoor",
		"kosten_wmo": "Kosten Wmo", "kosten_jeugd": "Kosten Jeugdwet", "kosten_participatie": "Kosten Participatiewet", "kosten_zvw": "Kosten Zvw",
		"tweede_jaar_onbekend": "Tweede jaar ervoor niet bekend",
	},
	"uitgave":  {"alle": "samen", "organisatie": "organisatie", "training": "training", "coaching": "coaching", "hulpmiddel": "hulpmiddelen", "maatwerkbudget": "maatwerkbudget", "overig": "overig"},
	"scenario": {"huidig": "nu", "dreigend": "zonder maatwerk", "maatwerk": "met maatwerk"},
	"tabel": {
		"cocktail": "Cocktails naar dag en plaats", "cocktail_type": "Cocktails naar soort huishouden", "cocktail_kosten": "Kosten met en zonder cocktail",
		"pad": "Wegen naar een cocktail", "pad_stap": "Stappen van die wegen", "overgang": "Wat aan wat voorafgaat", "bijna": "Nog één onderdeel van vol",
		"fraudefuik": "Terugvorderingen en boetes", "combinatie": "Combinaties van onderdelen", "hindernis": "Hindernissen bij plannen",
		"bron": "Bronnen", "verslag": "Wat verborgen is", "effect": "Effect van maatwerk op kosten", "effect_betaler": "Effect op kosten per betaler",
		"uitkomst": "Wat er naast geld veranderde", "plan_totaal": "Maatwerkplannen", "tevredenheid": "Tevredenheid", "claim": "Beweerde besparingen",
	},
}

// Capital begins a sentence with a word.
func Capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// Ingredients are the words for a list of codes joined by +.
func Ingredients(list string) []string {
	parts := strings.Split(list, "+")
	for i, code := range parts {
		parts[i] = Word("ingredient", code)
	}
	return parts
}

// Together are ingredients as one phrase: a + b.
func Together(list string) string { return strings.Join(Ingredients(list), " + ") }

// Lacking is the word for an ingredient that an episode lacks; one that shows weakly is probably so.
func Lacking(code string) string {
	name, remark, _ := strings.Cut(strings.TrimSpace(code), " (")
	switch word := Word("ingredient", name); {
	case strings.HasPrefix(remark, "zwak aanwezig"):
		return "waarschijnlijk " + word
	case remark != "":
		return word + " (" + remark
	default:
		return word
	}
}

// Word is the Dutch word for a code of a sort: kind, domein, betaler, typhh, reden, ingredient, leverstatus, planstatus,
// bevinding, ernst, stap, gedekt, koppelt, oordeel. A code without a word is shown as it is, with blanks for underscores: configuration can add codes.
func Word(sort, code string) string {
	if word, ok := words[sort][code]; ok {
		return word
	}
	return strings.ReplaceAll(code, "_", " ")
}

// Kinds are kinds of extract in words, as a list in a sentence.
func Kinds(kinds []string) string {
	var out []string
	for _, kind := range kinds {
		out = append(out, Word("kind", kind))
	}
	return List(out)
}
