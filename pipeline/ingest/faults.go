package ingest

import (
	"fmt"
	"strings"

	"stapel/config"
)

// fault is what is wrong with a line or a cell, as far as can be seen; 0 is nothing.
type fault uint8

// What can be wrong with a line, and with a cell. From faultSeen on they say what was seen where another one was found: several
// have one regel_code. Order rules of the contract have the numbers from faultOrder on.
const (
	faultQuote fault = iota + 1
	faultTeLang
	faultTeWeinig
	faultTeVeel
	faultTeVeelLeeg
	faultTweeRegels
	faultAaneen
	faultKopHerhaald
	faultLeeg
	faultBedrag
	faultBedragDubbelzinnig
	faultBedragNegatief
	faultBedragGroot
	faultDatum
	faultDatumBuiten
	faultPlafond
	faultMaand
	faultTijd
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
	faultStuurteken
	faultPeriode
	faultPeriodeOnmogelijk

	faultDatumTijd
	faultDatumStrepen
	faultDatumPunten
	faultDatumLangeStreep
	faultDatumExcel
	faultDatumTweeCijfers
	faultDatumEenCijfer
	faultDatumNul
	faultDatumOnbekend
	faultDatumBestaatNiet
	faultDatumLetters
	faultDatumJaar
	faultDatumMaand
	faultDatumDagVoorop
	faultDatumAaneen
	faultMaandDag
	faultCentDecimalen
	faultBedragTeken
	faultBedragSpatie
	faultGetalDecimalen
	faultGetalSpatie
	faultWetenschappelijk
	faultWetenschappelijkBedrag
	faultWetenschappelijkID
	faultJaarNul
	faultJaarTweeCijfers
	faultNulWeg
	faultNulWegGemeente
	faultGemeenteNul
	faultNulWegCode
	faultKommaNul
	faultKommaNulCode
	faultKommaNulGemeente
	faultKommaNulJaar
	faultHoofdletters
	faultPseudoniemStreep
	faultPseudoniemKort
	faultPseudoniemTeken

	faultWoord                                          // + place in nullWords
	faultOnzichtbaar = faultWoord + numNullWords        // + place in invisibles
	faultOrder       = faultOnzichtbaar + numInvisibles // the order rules of the contract
)

// faultText is the regel_code and the Dutch reason of a fault. A reason never holds a value of a cell. What stands between
// braces is filled in for the column: see reason.
type faultText struct{ code, text string }

// faultTexts hold those of every fault but the order rules.
var faultTexts = func() (t [faultOrder]faultText) {
	copy(t[:], ownFaultTexts[:])
	for i, w := range nullWords {
		t[faultWoord+fault(i)] = faultText{"leeg_als_woord", "het woord " + w + " staat er als tekst; {leeg}"}
	}
	for i, s := range invisibles {
		t[faultOnzichtbaar+fault(i)] = faultText{"teken_onzichtbaar", "er staat een onzichtbaar teken in de cel: " + s.String()}
	}
	return t
}()

const (
	lostDigits    = "een spreadsheet heeft de waarde afgekort met een E (zoals 1E+05): cijfers zijn verloren"
	pointZeroText = "er staat ,0 of .0 achter de waarde: zij is als kommagetal bewaard"
)

var ownFaultTexts = [faultWoord]faultText{
	faultQuote:              {"aanhalingsteken", "de aanhalingstekens kloppen niet: alleen om een hele cel heen, binnen de cel verdubbeld, en gesloten"},
	faultTeLang:             {"regel_te_lang", "de regel is langer dan limits.max_record_bytes"},
	faultTeWeinig:           {"te_weinig_velden", "de regel heeft minder velden dan de kopregel"},
	faultTeVeel:             {"te_veel_velden", "de regel heeft meer velden dan de kopregel"},
	faultTeVeelLeeg:         {"te_veel_lege_velden", "de regel heeft meer velden dan de kopregel, en alle velden die te veel zijn, zijn leeg: achteraan staan puntkomma's te veel"},
	faultTweeRegels:         {"aaneengeplakt", "de regel heeft de velden van twee regels: er ontbreekt een regeleinde"},
	faultAaneen:             {"aaneengeplakt", "achter deze regel staat zonder regeleinde een kopregel: hier zijn twee bestanden aan elkaar geplakt"},
	faultKopHerhaald:        {"kopregel_herhaald", "kopregel herhaald: hier zijn bestanden aan elkaar geplakt"},
	faultLeeg:               {"leeg_verplicht", "een verplichte cel is leeg"},
	faultBedrag:             {"bedrag_ongeldig", "dit is geen bedrag in de vorm van het contract"},
	faultBedragDubbelzinnig: {"bedrag_dubbelzinnig", "een scheidingsteken met drie cijfers erachter: duizendtallen of decimalen, dat wordt niet geraden"},
	faultBedragNegatief:     {"bedrag_negatief", "een bedrag onder nul kan hier niet"},
	faultBedragGroot:        {"bedrag_te_groot", "een bedrag van meer dan tien miljard euro"},
	faultDatum:              {"datum_ongeldig", "dit is geen datum in een vorm die hier mag: {vormen}"},
	faultDatumBuiten:        {"datum_buiten_grens", "de datum ligt buiten de jaren 1900 tot en met 2199"},
	faultPlafond:            {"plafonddatum", "een datum die 'geen einde' betekent ({plafond}) staat waar een echte dag hoort"},
	faultMaand:              {"maand_ongeldig", "deze maand bestaat niet of heeft een andere vorm dan hier mag: {vormen}"},
	faultTijd:               {"tijd_ongeldig", "dit is geen tijd in een vorm die hier mag: {vormen}"},
	faultGetal:              {"getal_ongeldig", "dit is geen getal in de vorm van het contract"},
	faultGrens:              {"getal_buiten_grens", "het getal ligt buiten de grenzen: {grens}"},
	faultStap:               {"getal_stap", "het getal is geen veelvoud van de stap die het contract voorschrijft"},
	faultJaar:               {"jaar_ongeldig", "dit is geen jaartal van vier cijfers"},
	faultCode:               {"code_onbekend", "de code staat niet in de codelijst van het contract"},
	faultVlag:               {"vlag_ongeldig", "hier hoort ja of nee"},
	faultGemeente:           {"gemeentecode_ongeldig", "een gemeentecode heeft vier cijfers, met of zonder GM ervoor"},
	faultGemeenteBuiten:     {"gemeente_buiten_levering", "deze gemeente staat niet in de leveringsbrief"},
	faultPseudoniem:         {"pseudoniem_vorm", "dit is geen pseudoniem: versielabel, liggend streepje, ten minste 32 letters en cijfers"},
	faultVorm:               {"vorm_ongeldig", "de waarde heeft niet de vorm die het contract voorschrijft"},
	faultTeken:              {"teken_ongeldig", "een teken dat in Windows-1252 niet bestaat"},
	faultStuurteken:         {"teken_onzichtbaar", "er staat een regeleinde, tab of ander stuurteken in de cel"},
	faultPeriode:            {"periode_omgekeerd", "het einde ligt voor het begin"},
	faultPeriodeOnmogelijk:  {"periode_onmogelijk", "de kosten gaan over een tijd die niet kan: ze beginnen voor 1990, of eindigen meer dan een jaar nadat de levering is gemaakt"},

	faultDatumTijd:              {"datum_ongeldig", "een datum met een tijd erbij; hier hoort {vormen}"},
	faultDatumStrepen:           {"datum_ongeldig", "een datum met schuine strepen; hier hoort {vormen}"},
	faultDatumPunten:            {"datum_ongeldig", "een datum met punten; hier hoort {vormen}"},
	faultDatumLangeStreep:       {"datum_ongeldig", "een datum met een lang streepje in plaats van het gewone -; hier hoort {vormen}"},
	faultDatumExcel:             {"datum_ongeldig", "een volgnummer van Excel in plaats van een datum; hier hoort {vormen}"},
	faultDatumTweeCijfers:       {"datum_ongeldig", "een jaartal van twee cijfers; hier hoort {vormen}"},
	faultDatumEenCijfer:         {"datum_ongeldig", "een dag of maand van een enkel cijfer, zonder nul ervoor; hier hoort {vormen}"},
	faultDatumNul:               {"datum_ongeldig", "het jaar is 0000 (onbekend): dat mag niet; hier hoort een dag in de jaren 1900 tot en met 2199"},
	faultDatumOnbekend:          {"datum_ongeldig", "de dag of maand is 00 (onbekend): in deze kolom mag dat niet; hier hoort {vormen}"},
	faultDatumBestaatNiet:       {"datum_ongeldig", "deze dag bestaat niet"},
	faultDatumLetters:           {"datum_ongeldig", "een datum met letters, zoals een maand of dag in woorden; hier hoort {vormen}"},
	faultDatumJaar:              {"datum_ongeldig", "alleen een jaartal; hier hoort {vormen}"},
	faultDatumMaand:             {"datum_ongeldig", "alleen een maand; hier hoort {vormen}"},
	faultDatumDagVoorop:         {"datum_ongeldig", "een datum met de dag voorop; hier hoort {vormen}"},
	faultDatumAaneen:            {"datum_ongeldig", "een datum zonder streepjes; hier hoort {vormen}"},
	faultMaandDag:               {"maand_ongeldig", "een dag in plaats van een maand; hier hoort {vormen}"},
	faultCentDecimalen:          {"bedrag_ongeldig", "hele eurocenten verwacht, er staat een komma of punt in het bedrag (12 euro 50 is 1250)"},
	faultBedragTeken:            {"bedrag_ongeldig", "er staat een euroteken of een valuta bij het bedrag"},
	faultBedragSpatie:           {"bedrag_ongeldig", "er staat een spatie in het bedrag"},
	faultGetalDecimalen:         {"getal_ongeldig", "een heel getal verwacht, er staat een komma of punt in"},
	faultGetalSpatie:            {"getal_ongeldig", "er staat een spatie in het getal"},
	faultWetenschappelijk:       {"getal_ongeldig", lostDigits},
	faultWetenschappelijkBedrag: {"bedrag_ongeldig", lostDigits},
	faultWetenschappelijkID:     {"vorm_ongeldig", lostDigits},
	faultJaarNul:                {"getal_buiten_grens", "het jaar is 0000 (onbekend): dat mag niet; {grens}"},
	faultJaarTweeCijfers:        {"jaar_ongeldig", "een jaartal van twee cijfers; hier horen er vier"},
	faultNulWeg:                 {"vorm_ongeldig", "de voorloopnul is weg: met nullen ervoor klopt de waarde"},
	faultGemeenteNul:            {"gemeentecode_ongeldig", "de gemeentecode is 0000 (onbekend): hier hoort de code van een gemeente"},
	faultNulWegGemeente:         {"gemeentecode_ongeldig", "de voorloopnul is weg: een gemeentecode heeft vier cijfers"},
	faultNulWegCode:             {"code_onbekend", "de voorloopnul is weg: met een nul ervoor staat de code in de codelijst"},
	faultKommaNul:               {"vorm_ongeldig", pointZeroText},
	faultKommaNulCode:           {"code_onbekend", pointZeroText},
	faultKommaNulGemeente:       {"gemeentecode_ongeldig", pointZeroText},
	faultKommaNulJaar:           {"jaar_ongeldig", pointZeroText},
	faultHoofdletters:           {"code_onbekend", "de code staat in de codelijst, maar met andere hoofdletters"},
	faultPseudoniemStreep:       {"pseudoniem_vorm", "dit is geen pseudoniem: er is geen versielabel met een liggend streepje erachter"},
	faultPseudoniemKort:         {"pseudoniem_vorm", "dit is geen heel pseudoniem: na het liggend streepje staan minder dan 32 letters en cijfers"},
	faultPseudoniemTeken:        {"pseudoniem_vorm", "dit is geen pseudoniem: er staan andere tekens in dan letters, cijfers en een liggend streepje"},
}

// reason is the Dutch reason of a fault in a column, -1 for the line as a whole.
func (p *plan) reason(f fault, col int32) string {
	text := p.faults[f].text
	if col < 0 || !strings.Contains(text, "{") {
		return text
	}
	c := &p.contract.Columns[col]
	empty := "laat de cel leeg"
	if c.Required && !c.EmptyOK {
		empty = "hier hoort een waarde"
	}
	return strings.NewReplacer("{vormen}", c.Forms(), "{grens}", bounds(c), "{leeg}", empty,
		"{plafond}", strings.Join(p.contract.CeilingDates, ", ")).Replace(text)
}

// bounds says between which numbers a column's value has to lie.
func bounds(c *config.Column) string {
	show := func(v int64) string {
		if c.Type == config.TypeDecimaal {
			return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d,%03d", v/1000, max(v, -v)%1000), "0"), ",")
		}
		return fmt.Sprint(v)
	}
	low := c.Min
	if low == nil && c.NonNegative {
		low = new(int64)
	}
	switch {
	case low != nil && c.Max != nil:
		return "hier hoort " + show(*low) + " tot en met " + show(*c.Max)
	case low != nil:
		return "hier hoort " + show(*low) + " of meer"
	case c.Max != nil:
		return "hier hoort ten hoogste " + show(*c.Max)
	}
	return "zie het contract"
}
