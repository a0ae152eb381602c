package dutch

import "maps"

func init() { maps.Copy(catalogue, bundles) }

// bundles are texts of bundles for an accountant, a part of the catalogue.
var bundles = map[string]string{
	"a bundle holds source lines of samples, and figures that were not through disclosure control, so looking at it needs a reason": "een bundel bevat bronregels van steekproeven en cijfers " +
		"die niet door de onthullingscontrole zijn gegaan, dus wie haar maakt geeft een reden",
	"a bundle holds source lines of samples, and figures that were not through disclosure control": "een bundel bevat bronregels van steekproeven en cijfers die niet door de " +
		"onthullingscontrole zijn gegaan",
	"it is not said with --to who may read the bundle":     "met --to staat er niet wie de bundel mag lezen",
	"--to, number %d: that is no public key of age or ssh": "--to, nummer %s: dat is geen openbare sleutel van age of ssh",
	"ask the accountant for a public key: age1… (age-keygen, or `stapel bundle --new-identity FILE`), or a line of ssh-ed25519 or ssh-rsa": "vraag de accountant om een openbare " +
		"sleutel: age1… (age-keygen, of `stapel bundle --new-identity BESTAND`), of een regel ssh-ed25519 of ssh-rsa",
	"age does not encrypt to these keys together":                  "age versleutelt niet voor deze sleutels samen",
	"use keys of one kind":                                         "gebruik sleutels van één soort",
	"the file of --identity can't be read":                         "het bestand van --identity is niet te lezen",
	"the file of --identity holds no private key that can be used": "in het bestand van --identity staat geen private sleutel die te gebruiken is",
	"name the file that age-keygen or `stapel bundle --new-identity` wrote, or a private ssh key without a passphrase": "noem het bestand dat age-keygen of `stapel bundle --new-identity` " +
		"schreef, of een private ssh-sleutel zonder wachtwoord",
	"name a private ed25519 or rsa key of ssh without a passphrase, or use age itself, which asks for one": "noem een private ssh-sleutel (ed25519 of rsa) zonder wachtwoord, of gebruik age " +
		"zelf, dat erom vraagt",
	"the file for the private key is there already":                                        "het bestand voor de private sleutel is er al",
	"name another file: a key is never overwritten":                                        "noem een ander bestand: een sleutel wordt nooit overschreven",
	"the bundle is not encrypted to the key of --identity":                                 "de bundel is niet versleuteld voor de sleutel van --identity",
	"use the private key of which the public one was given with --to":                      "gebruik de private sleutel waarvan de openbare met --to is gegeven",
	"that is no bundle: it is not encrypted with age":                                      "dat is geen bundel: het is niet met age versleuteld",
	"name a file that `stapel bundle` wrote":                                               "noem een bestand dat `stapel bundle` schreef",
	"name the file that `stapel bundle` wrote":                                             "noem het bestand dat `stapel bundle` schreef",
	"it is not said where the bundle goes":                                                 "er staat niet waar de bundel heen gaat",
	"name a folder that is not there yet, with --out":                                      "noem met --out een map die er nog niet is",
	"the folder of --out is there":                                                         "de map van --out is er al",
	"name one that is not there yet":                                                       "noem er een die er nog niet is",
	"the bundle can't be read":                                                             "de bundel is niet te lezen",
	"interrupted; nothing was unpacked":                                                    "afgebroken; er is niets uitgepakt",
	"the bundle is damaged, was changed or was cut off":                                    "de bundel is beschadigd, veranderd of afgekapt",
	"nothing was unpacked; ask for it again":                                               "er is niets uitgepakt; vraag haar opnieuw",
	"name a file with --out":                                                               "noem een bestand met --out",
	"the file of --out is there already":                                                   "het bestand van --out is er al",
	"the bundle would lie in the data folder":                                              "de bundel zou in de datamap liggen",
	"name a file elsewhere":                                                                "noem een bestand ergens anders",
	"stapel verify finds differences in run %s: %d":                                        "stapel verify vindt verschillen in run %s: %s",
	"nothing is bundled; `stapel verify` names them":                                       "er is niets gebundeld; `stapel verify` noemt ze",
	"interrupted; nothing is bundled":                                                      "afgebroken; er is niets gebundeld",
	"there is no record of a sample %s":                                                    "er is geen vastlegging van een steekproef %s",
	"name the first twelve digits of a draw, or the .json file that `stapel sample` wrote": "noem de eerste twaalf tekens van een trekking, of het .json-bestand dat `stapel sample` schreef",
	"the sample %s is named twice":                                                         "de steekproef %s staat er twee keer",
	"name it once":                                                                         "noem haar één keer",
	"the sample %s was drawn from another run":                                             "de steekproef %s is uit een andere run getrokken",
	"name papers of the run that is bundled":                                               "noem werkbladen van de run die gebundeld wordt",
	"%d lines of samples are not in the lake":                                              "%s regels van steekproeven staan niet in het lake",
	"lines of samples belong to %d rows of mart %s, and it has %d of them":                 "regels van steekproeven horen bij %s rijen van mart %s, en die heeft er %s",
	"there is no bundle there":                                                             "daar is geen bundel",
	"name the folder that `stapel bundle --open` made, or what age decrypted":              "noem de map die `stapel bundle --open` maakte, of wat age ontsleutelde",
	"that is no bundle: its %s is not there or can't be read":                              "dat is geen bundel: %s is er niet of is niet te lezen",
	"the bundle is encrypted":                                                              "de bundel is versleuteld",
	"open it first: stapel bundle --open FILE --identity KEY --out FOLDER":                 "open haar eerst: stapel bundle --open BESTAND --identity SLEUTEL --out MAP",
	"there is something in the bundle that is no file":                                     "in de bundel zit iets dat geen bestand is",
	"unpack it again":                                                                      "pak haar opnieuw uit",
	"--open needs a key":                                                                   "--open vraagt een sleutel",
	"name the file of the private key with --identity":                                     "noem het bestand van de private sleutel met --identity",
	"--bundle looks at a bundle alone":                                                     "--bundle kijkt alleen naar een bundel",
	"leave out the run, --all and --rerun":                                                 "laat de run, --all en --rerun weg",
}
