package nl

import "strings"

// headings are what people call a column whose name does not say it, by that name. A table that calls it otherwise has its own, by table
// and name.
var headings = map[string]string{
	"betekenis":                "Wat het betekent",
	"aandeel_zvw":              "Aandeel Zvw",
	"aangehechte_kinderen":     "Waarvan elders ingeschreven",
	"actief":                   "Actief op de peildatum",
	"band":                     "Kostengroep in T2",
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
	"geprijsd_schuldhulp_ct":   "Geprijsd schuldhulp T0",
	"geprijsd_t0_ct":           "Geprijsd totaal T0",
	"geselecteerd":             "Bij de eersten",
	"getoetst":                 "Terugtoets",
	"huidig_ct":                "Huidig",
	"huishouden_id":            "Huishouden",
	"inwoners":                 "van inwoners",
	"jaren_boven_drempel":      "Jaren op of boven de drempel",
	"jongste_geboortejaar":     "Geboortejaar jongste",
	"kind":                     "Soort",
	"kosten_jeugd_ct":          "T0 Jeugdwet",
	"kosten_participatie_ct":   "T0 Participatiewet",
	"kosten_t0_ct":             "Kosten T0 van het huishouden",
	"kosten_t1_ct":             "Kosten T1",
	"kosten_t2_ct":             "Kosten T2",
	"kosten_wmo_ct":            "T0 Wmo",
	"kosten_zvw_ct":            "T0 Zvw",
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
	"verwacht_ct":              "Verwacht voor T1",
	"verwacht_volgend_jaar_ct": "Verwacht volgend jaar",
	"volgnr":                   "Nummer",
	"vorig_ct":                 "Kosten T2",
	"waarde_ct":                "Bedrag",
	"werkelijk_ct":             "Werkelijk in T1",
	"wijkcode":                 "Wijk",

	"aan_leveranciers.reden": "Wat er mis is",
	"opvallend.regel_code":   "Code",
	"opvallend.wat":          "Wat opvalt",
	"preventief.cocktails":   "Andere cocktails (vol)",
	"preventief.vol":         "Vol binnen een jaar",
	"ranglijst.kosten_t0_ct": "Kosten T0",
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
