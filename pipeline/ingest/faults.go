package ingest

// What can be wrong with a line, and with a cell. Order rules of the contract have the numbers from faultOrder on.
const (
	faultQuote fault = iota + 1
	faultTeLang
	faultTeWeinig
	faultTeVeel
	faultLeeg
	faultBedrag
	faultBedragDubbelzinnig
	faultBedragNegatief
	faultBedragGroot
	faultDatum
	faultMaand
	faultGetal
	faultGrens
	faultStap
	faultJaar
	faultCode
	faultVlag
	faultGemeente
	faultGemeenteBuiten
	faultPseudoniem
	faultVorm
	faultTeken
	faultPeriode
	faultOrder
)

// faultTexts are the regel_code and the Dutch reason of each fault. A reason never holds a value.
var faultTexts = [faultOrder]struct{ code, text string }{
	faultQuote:              {"aanhalingsteken", "de aanhalingstekens kloppen niet: alleen om een hele cel heen, binnen de cel verdubbeld, en gesloten"},
	faultTeLang:             {"regel_te_lang", "de regel is langer dan limits.max_record_bytes"},
	faultTeWeinig:           {"te_weinig_velden", "de regel heeft minder velden dan de kopregel"},
	faultTeVeel:             {"te_veel_velden", "de regel heeft meer velden dan de kopregel"},
	faultLeeg:               {"leeg_verplicht", "een verplichte cel is leeg"},
	faultBedrag:             {"bedrag_ongeldig", "dit is geen bedrag in de vorm van het contract"},
	faultBedragDubbelzinnig: {"bedrag_dubbelzinnig", "een scheidingsteken met drie cijfers erachter: duizendtallen of decimalen, dat wordt niet geraden"},
	faultBedragNegatief:     {"bedrag_negatief", "een bedrag onder nul kan hier niet"},
	faultBedragGroot:        {"bedrag_te_groot", "een bedrag van meer dan tien miljard euro"},
	faultDatum:              {"datum_ongeldig", "deze datum bestaat niet of heeft een andere vorm dan het contract toelaat"},
	faultMaand:              {"maand_ongeldig", "deze maand bestaat niet of heeft een andere vorm dan het contract toelaat"},
	faultGetal:              {"getal_ongeldig", "dit is geen getal in de vorm van het contract"},
	faultGrens:              {"getal_buiten_grens", "het getal ligt buiten de grenzen van het contract"},
	faultStap:               {"getal_stap", "het getal is geen veelvoud van de stap die het contract voorschrijft"},
	faultJaar:               {"jaar_ongeldig", "dit is geen jaartal van vier cijfers"},
	faultCode:               {"code_onbekend", "de code staat niet in de codelijst van het contract"},
	faultVlag:               {"vlag_ongeldig", "hier hoort ja of nee"},
	faultGemeente:           {"gemeentecode_ongeldig", "een gemeentecode heeft vier cijfers, met of zonder GM ervoor"},
	faultGemeenteBuiten:     {"gemeente_buiten_levering", "deze gemeente staat niet in de leveringsbrief"},
	faultPseudoniem:         {"pseudoniem_vorm", "dit is geen pseudoniem: versielabel, liggend streepje, ten minste 32 letters en cijfers"},
	faultVorm:               {"vorm_ongeldig", "de waarde heeft niet de vorm die het contract voorschrijft"},
	faultTeken:              {"teken_ongeldig", "een teken dat in Windows-1252 niet bestaat"},
	faultPeriode:            {"periode_omgekeerd", "het einde ligt voor het begin"},
}
