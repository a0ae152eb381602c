package nl

// finding is what a finding, or a reason to leave a line out, means and asks for.
type finding struct {
	means  string // to whom reads the report
	advice string // what an analyst does
	supply string // what a supplier does; empty when there is nothing for a supplier to do
}

// findings are the codes of marts bevinding and uitgesloten that are about money, persons or deliveries.
var findings = map[string]finding{
	"overlap_gelijk": {
		means:  "Twee leveringen gaan over dezelfde maand en hebben dezelfde regels. Zo'n regel telt één keer: in de nieuwste levering.",
		advice: "Niets; het geld telt niet dubbel.",
	},
	"overlap_verschilt": {
		means:  "Twee leveringen van een leverancier gaan over dezelfde maand, en de nieuwste heeft deze regels niet. Of zij nog gelden, is niet te zien.",
		advice: "Vraag de leverancier welke levering geldt. Zolang dat niet duidelijk is, wordt er niets gepubliceerd.",
		supply: "Lever een correctie als creditregel. Levert u een periode altijd helemaal opnieuw, meld dat dan: dan vervangt de nieuwe levering de oude.",
	},
	"regel_gelijk": {
		means:  "Regels die in alle kolommen gelijk zijn aan een eerdere. Twee keer dezelfde zorg op een dag kan; een regel die dubbel is geleverd ook. Zij tellen alle mee.",
		advice: "Vraag de leverancier of het om verschillende zorg gaat.",
		supply: "Kijk na of dit verschillende prestaties zijn. Haal dubbele regels weg, of geef elke regel een eigen kenmerk mee.",
	},
	"8017": {
		means:  "Een credit noemt geen debetregel, of er is meer teruggenomen dan gedeclareerd. De regels tellen mee.",
		advice: "Vraag na bij welke declaratie de credit hoort.",
	},
	"8021": {
		means:  "Een aanbieder gebruikt een referentienummer voor een tweede regel. Dat kan dubbel geld zijn. De regels tellen mee.",
		advice: "Vergelijk de twee regels: bestand en regel staan in csv/bevinding.csv.",
	},
	"9307": {
		means:  "De zorg begint vóór de ingangsdatum van de toewijzing. De regels tellen mee.",
		advice: "Kijk na of de toewijzing klopt.",
	},
	"9308": {
		means:  "De zorg eindigt na de einddatum van de toewijzing. De regels tellen mee.",
		advice: "Kijk na of de toewijzing klopt.",
	},
	"9346": {
		means:  "Het bedrag is niet volume maal tarief, ook niet na afronden. De regels tellen mee.",
		advice: "Kijk na of volume, eenheid en tarief bij elkaar horen.",
	},
	"9384": {
		means:  "De toewijzing is ingetrokken. Haar regels, en de declaraties erop, tellen niet mee.",
		advice: "Is de zorg toch geleverd, vraag dan om een nieuwe toewijzing.",
	},
	"9389": {
		means:  "Dezelfde zorg is nog eens gedeclareerd zonder credit ertussen. De regels tellen mee.",
		advice: "Vraag na welke van de twee geldt.",
	},
	"9390": {
		means:  "Een declaratie is meer dan één keer teruggenomen. De regels tellen mee.",
		advice: "Vraag na welke credit geldt.",
	},
	"periode_onwaarschijnlijk": {
		means:  "De periode van een kostenregel is langer dan bij deze soort past, of eindigt na de dag waarop de levering is gemaakt. De regels tellen mee.",
		advice: "Vraag de leverancier de datums na te kijken: het bedrag kan in het verkeerde jaar vallen.",
		supply: "Kijk begin en einde na. Zorg die nog geleverd moet worden, hoort niet in een declaratie.",
	},
	"voor_geboorte": {
		means:  "Zorg voor iemand die toen nog niet geboren was. De regels tellen mee.",
		advice: "Vraag de leverancier de datum en het pseudoniem na te kijken: het kan een ander persoon zijn.",
		supply: "Kijk de begindatum en het pseudoniem van de persoon na.",
	},
	"na_overlijden": {
		means:  "Zorg meer dan 31 dagen na het overlijden. De regels tellen mee.",
		advice: "Vraag de leverancier de datum en het pseudoniem na te kijken: het kan een ander persoon zijn.",
		supply: "Kijk de einddatum en het pseudoniem van de persoon na.",
	},
	"uitkering_gedeeld": {
		means:  "Een uitkering staat voor één persoon in dezelfde maand op meer regels. De bedragen zijn opgeteld.",
		advice: "Kijk na of het deelbetalingen zijn.",
	},
	"bedrag_ongelijk": {
		means:  "De regels van één uitkering noemen voor de partners verschillende bedragen. Geen van de regels telt mee.",
		advice: "Laat bij elke persoon op de uitkering hetzelfde bedrag leveren.",
	},
	"toewijzing_gelijk": {
		means:  "Een levering heeft van een toewijzing meer regels met dezelfde datum en tijd. Een intrekking gaat dan voor.",
		advice: "Kijk na welke regel de laatste is.",
		supply: "Lever toewijzing_tijd mee, of lever van elke toewijzing alleen de laatste regel.",
	},
	"twee_leveranciers": {
		means:  "Twee leveranciers leverden dezelfde maand en gemeente. De nieuwste levering vervangt de regels van de oudere.",
		advice: "Spreek af wie deze bron levert.",
		supply: "Stem met de gemeente af wie deze maand levert: er is ook een levering van een andere leverancier.",
	},
	"huishouden_te_groot": {
		means:  "Een huishouden buiten een instelling heeft meer personen dan waarschijnlijk is. Vaak delen mensen dan door een fout één sleutel.",
		advice: "Gebruik het huishouden niet voordat het is nagekeken; op de ranglijst staat er een merk bij.",
		supply: "Kijk na of deze mensen één huishouden zijn. Woont men in een instelling, lever dan typhh 8.",
	},
	"verblijven_te_veel": {
		means:  "Een persoon heeft in één jaar meer adressen dan waarschijnlijk is. Vaak delen mensen dan door een fout één pseudoniem.",
		advice: "Kijk na of dit één persoon is.",
		supply: "Kijk na of dit pseudoniem van één persoon is.",
	},
	"geboortejaar_verschilt": {
		means:  "Van een persoon zijn verschillende geboortejaren geleverd. Vaak delen mensen dan door een fout één pseudoniem.",
		advice: "Kijk na of dit één persoon is.",
		supply: "Kijk het geboortejaar na, en of dit pseudoniem van één persoon is.",
	},
}

// Meaning says in a sentence or two what a code of bevinding or uitgesloten means; empty for a code it does not know.
func Meaning(code string) string { return findings[code].means }

// Advice says what an analyst does about a code of bevinding or uitgesloten; empty for a code it does not know.
func Advice(code string) string { return findings[code].advice }

// SupplierAdvice says what a supplier does about a code of bevinding; empty when it is nothing for a supplier.
func SupplierAdvice(code string) string { return findings[code].supply }

// LinkAdvice is what a supplier does about persons who are not found in huishouden.
const LinkAdvice = "Kijk na of de pseudoniemen met dezelfde sleutel en versie zijn gemaakt als die van de huishoudens, en lever opnieuw."
