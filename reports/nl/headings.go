package nl

import "strings"

// headings are what people call a column whose name does not say it, by that name. A table that calls it otherwise has its own, by table
// and name.
var headings = map[string]string{
	"betekenis":                "Wat het betekent",
	"aandeel_zvw":              "Aandeel Zvw",
	"aangehechte_kinderen":     "Waarvan elders ingeschreven",
	"actief":                   "Actief op de peildatum",
	"band":                     "Kostengroep twee jaar ervoor",
	"bedrag_ct":                "Bedrag",
	"besparing_verwacht_ct":    "Verwachte besparing",
	"bovengrens":               "Bovengrens 95%",
	"cocktail_id":              "Cocktail",
	"cocktails":                "Cocktails (vol, actief)",
	"cum_aandeel":              "Cumulatief aandeel",
	"datum_aanmelding":         "Aanmelding",
	"datum_akkoord":            "Akkoord",
	"datum_start":              "Start",
	"dreigend_ct":              "Dreigend",
	"gekoppeld":                "Gevonden",
	"gemeentecode":             "Gemeente",
	"geprijsd_schuldhulp_ct":   "Geschat: schuldhulp, laatste 12 maanden",
	"geprijsd_t0_ct":           "Geschat: samen, laatste 12 maanden",
	"geselecteerd":             "Bij de eersten",
	"getoetst":                 "Huishoudens in terugtoets",
	"huidig_ct":                "Huidig",
	"huishouden_id":            "Huishouden",
	"inwoners":                 "van inwoners",
	"jaren_boven_drempel":      "Jaren op of boven de drempel",
	"jongste_geboortejaar":     "Geboortejaar jongste",
	"kind":                     "Soort",
	"kosten_jeugd_ct":          "Jeugdwet, laatste 12 maanden",
	"kosten_participatie_ct":   "Participatiewet, laatste 12 maanden",
	"kosten_t0_ct":             "Kosten van het huishouden, laatste 12 maanden",
	"kosten_t1_ct":             "Kosten, jaar ervoor",
	"kosten_t2_ct":             "Kosten, twee jaar ervoor",
	"kosten_wmo_ct":            "Wmo, laatste 12 maanden",
	"kosten_zvw_ct":            "Zvw, laatste 12 maanden",
	"levering_id":              "Levering",
	"maat":                     "Voorzieningen",
	"maatwerk_ct":              "Maatwerk",
	"n":                        "Huishoudens",
	"nee":                      "Zeker niet",
	"noemer":                   "Noemer (plannen)",
	"ondergrens":               "Ondergrens 95%",
	"per_1000_inwoners":        "per 1.000 inwoners",
	"per_100_huishoudens":      "per 100 huishoudens",
	"periode_tot":              "Periode tot (niet meegerekend)",
	"quarantaine":              "In quarantaine",
	"regel_code":               "Regel",
	"sha256":                   "SHA-256",
	"tot":                      "Tot (niet meegerekend)",
	"typhh":                    "Type huishouden",
	"van_huishoudens":          "van huishoudens",
	"verschil_ct":              "Verschil in euro",
	"verschil_regels":          "Verschil in regels",
	"verwacht_ct":              "Verwacht voor het jaar ervoor",
	"verwacht_volgend_jaar_ct": "Verwacht volgend jaar",
	"volgnr":                   "Nummer",
	"vorig_ct":                 "Kosten, twee jaar ervoor",
	"waarde_ct":                "Bedrag",
	"werkelijk_ct":             "Werkelijk in het jaar ervoor",
	"wijkcode":                 "Wijk",

	"aan_leveranciers.reden": "Wat er mis is",
	"opvallend.regel_code":   "Code",
	"opvallend.wat":          "Wat opvalt",
	"preventief.cocktails":   "Andere cocktails (vol)",
	"preventief.vol":         "Vol binnen een jaar",
	"ranglijst.kosten_t0_ct": "Kosten, laatste 12 maanden",
	"stapeling.personen":     "Inwoners",
}

// Heading is the Dutch heading of a column of a table: its name in words where nothing else is said.
func Heading(table, column string) string {
	for _, name := range []string{table + "." + column, column} {
		if heading, ok := headings[name]; ok {
			return heading
		}
	}
	words := strings.ReplaceAll(column, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
