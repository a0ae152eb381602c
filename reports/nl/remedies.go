package nl

// remedies say what a supplier does about a line in quarantine, by the regel_code of ingest (pipeline/ingest/faults.go)
// and of the order rules in the contracts. They are copied into mails, so they speak to the supplier and need no manual
// of stapel beside them.
var remedies = map[string]string{
	"aanhalingsteken":     "Zet aanhalingstekens alleen om een hele cel heen, verdubbel ze binnen de cel en sluit ze af.",
	"regel_te_lang":       "Kijk of er een aanhalingsteken niet is gesloten, waardoor regels aan elkaar plakken.",
	"te_weinig_velden":    "Geef elke regel evenveel velden als de kopregel; ook een lege cel houdt haar puntkomma.",
	"te_veel_velden":      "Zet een cel waar een puntkomma in staat tussen aanhalingstekens.",
	"te_veel_lege_velden": "Haal de puntkomma's achteraan de regels weg; in een spreadsheet zijn dat kolommen rechts van de laatste: verwijder ze.",
	"aaneengeplakt":       "Lever elk bestand apart, of zet tussen de bestanden een regeleinde en laat de tweede kopregel weg.",
	"kopregel_herhaald":   "Lever elk bestand apart, of laat bij het samenvoegen de kopregel van het tweede bestand en de volgende weg.",
	"leeg_als_woord":      "Laat een cel zonder waarde leeg: geen NULL, NA, None, streepje of een ander woord.",
	"teken_onzichtbaar":   "Haal het teken weg; het komt mee bij kopiëren uit een webpagina, tekstverwerker of spreadsheet.",
	"leeg_verplicht":      "Vul deze kolom in elke regel. Is de waarde er niet, meld dat dan: zonder haar telt de regel niet mee.",
	"bedrag_ongeldig":     "Lever in kolommen op _ct hele eurocenten, in kolommen op _eur euro's met twee decimalen; geen euroteken, geen spaties.",
	"bedrag_dubbelzinnig": "Schrijf bedragen met twee decimalen en zonder scheidingsteken voor duizendtallen.",
	"bedrag_negatief":     "Lever het bedrag zonder minteken. Bij declaraties zegt debet_credit of het erbij of eraf gaat.",
	"bedrag_te_groot":     "Controleer de eenheid (eurocenten of euro's) en of er geen twee waarden aan elkaar staan.",
	"datum_ongeldig":      "Schrijf datums als JJJJ-MM-DD, zonder tijd, en controleer of de dag bestaat.",
	"datum_buiten_grens":  "Controleer het jaar. Is de datum niet bekend, laat de cel dan leeg waar dat mag.",
	"plafonddatum":        "Lever hier de echte datum, of laat de cel leeg waar dat mag. Alleen een einddatum mag zo'n datum hebben, die telt als leeg.",
	"tijd_ongeldig":       "Schrijf tijden als UU:MM of UU:MM:SS.",
	"maand_ongeldig":      "Schrijf maanden als JJJJ-MM.",
	"getal_ongeldig":      "Lever alleen cijfers: geen eenheid, geen spaties en geen scheidingsteken voor duizendtallen.",
	"getal_buiten_grens":  "Controleer de waarde en de eenheid in de bron; de beschrijving van het bestand zegt wat hier hoort.",
	"getal_stap":          "Controleer de waarde en de eenheid in de bron; de beschrijving van het bestand zegt in welke stappen geteld wordt.",
	"jaar_ongeldig":       "Lever een jaartal van vier cijfers.",
	"code_onbekend": "Gebruik een code uit de lijst in de beschrijving van het bestand, precies zo geschreven (01 is iets anders dan 1). " +
		"Ontbreekt er een code, meld dat dan.",
	"vlag_ongeldig":         "Lever ja of nee.",
	"gemeentecode_ongeldig": "Lever de gemeentecode van het CBS: vier cijfers, met de nullen vooraan, met of zonder GM ervoor.",
	"gemeente_buiten_levering": "Hoort deze gemeente bij de levering, zet haar dan in de leveringsbrief (gemeentecode); " +
		"laat de regel anders weg.",
	"pseudoniem_vorm":    "Lever het pseudoniem heel en ongewijzigd, zoals het voor de levering is gemaakt; lever nooit een naam of BSN.",
	"vorm_ongeldig":      "Lever de waarde in de vorm uit de beschrijving; let op nullen vooraan, die een spreadsheet weghaalt.",
	"teken_ongeldig":     "Maak het bestand met de tekencodering uit de beschrijving, zonder het tussendoor anders op te slaan.",
	"periode_omgekeerd":  "Controleer begin en einde: het einde mag niet vóór het begin liggen. Loopt het nog, laat het einde dan leeg.",
	"periode_onmogelijk": "Controleer begin en einde van de zorg of uitgave, en de datum waarop de levering is aangemaakt.",
	"einde_voor_begin":   "Controleer begin en einde: het einde mag niet vóór het begin liggen. Loopt het nog, laat het einde dan leeg.",
}

// otherRemedy is for rules that a gemeente added to a contract itself.
const otherRemedy = "Herstel de regel in de bron; de beschrijving van het bestand zegt wat hier hoort."

// Remedy is what a supplier does about a line that is in quarantine for a regel_code. A code without a remedy of its own
// gets a general one, and known is false: configuration can add order rules with codes of their own.
func Remedy(code string) (text string, known bool) {
	if text, ok := remedies[code]; ok {
		return text, true
	}
	return otherRemedy, false
}
