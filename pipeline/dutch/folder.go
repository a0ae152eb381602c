package dutch

// folder are texts of a data folder, its configuration and its key, and what is removed from it, a part of the catalogue.
var folder = map[string]string{
	// data folder, inbox, key
	"there is no data folder %s":                                                 "er is geen datamap %s",
	"name another with --data; `stapel init` makes one":                          "noem een andere met --data; `stapel init` maakt er een",
	"name another with --data (that of the demo is %s); `stapel init` makes one": "noem een andere met --data (die van de demo is %s); `stapel init` maakt er een",
	"there is no inbox: %s is not there":                                         "er is geen inbox: %s bestaat niet",
	"make it with `stapel init`, or name another data folder with --data":        "maak hem met `stapel init`, of noem een andere datamap met --data",
	"there are no extracts in the inbox":                                         "er staan geen extracten in de inbox",
	"put extracts in inbox/<kind>/":                                              "zet extracten in inbox/<soort>/",
	"the inbox holds files that are not of the sample":                           "in de inbox staan bestanden die niet van het voorbeeld zijn",
	"the demo key protects nobody: use `stapel run` with a key of your own, or another --data for the demo": "de sleutel van de demo beschermt niemand: gebruik `stapel run` met " +
		"een eigen sleutel, of een andere --data voor de demo",
	"%s/%s is a file of the sample, whose households do not exist": "%s/%s is een bestand van het voorbeeld, waarvan de huishoudens niet bestaan",
	"take the files of the sample out of the inbox; `stapel demo` runs on them, in a folder of its own": "haal de bestanden van het voorbeeld uit de inbox; `stapel demo` " +
		"draait daarop, in een eigen map",
	"there is no project key":                        "er is geen sleutel",
	"make one with `stapel key new --key-file FILE`": "maak er een met `stapel key new --key-file BESTAND`",
	"make one with `stapel key new --key-file FILE` and name it with --key-file or STAPEL_KEY_FILE": "maak er een met `stapel init`, of met `stapel key new --key-file BESTAND`, " +
		"en noem hem met --key-file of STAPEL_KEY_FILE",
	"the key file does not exist":      "het sleutelbestand bestaat niet",
	"the key file does not hold a key": "in het sleutelbestand staat geen sleutel",
	"the key file can't be read: %v":   "het sleutelbestand is niet te lezen: %s",
	"the key file: %s":                 "het sleutelbestand: %s",
	"the key file is there already":    "het sleutelbestand is er al",
	"keep it: a new key gives every household another id; for another project name another file": "bewaar het: met een nieuwe sleutel krijgt elk huishouden een ander nummer; " +
		"noem voor een ander project een ander bestand",
	"others can read the key file":                       "anderen kunnen het sleutelbestand lezen",
	"chmod 600 it":                                       "maak het alleen voor uzelf leesbaar: chmod 600",
	"use the file that `stapel key new` made":            "gebruik het bestand dat `stapel key new` of `stapel init` maakte",
	"use the file that `stapel key new` made, as it was": "gebruik het bestand dat `stapel key new` of `stapel init` maakte, zoals het was",
	"where should the key go":                            "waar moet de sleutel komen",
	"the key would lie in the data folder":               "de sleutel zou in de datamap liggen",
	"name a file elsewhere with --key-file: who has the data should not have the key with it": "noem met --key-file een bestand ergens anders: wie de gegevens heeft " +
		"moet er niet de sleutel bij hebben",

	// configuration
	"config/domeinen.yaml: it gives the ranking the columns %s, and the ranking has %s":      "config/domeinen.yaml geeft de ranglijst de kolommen %s, en zij heeft %s",
	"keep the names and grondslag of the built-in domeinen; labels and betaler can be yours": "houd de namen en de grondslag van de ingebouwde domeinen; label en betaler mogen eigen zijn",
	"mend the file in the folder given with --config":                                        "herstel het bestand in de map van --config",
	"look at signals/*.sql in the folder given with --config":                                "kijk naar signals/*.sql in de map van --config",
	"mend the model, or take it out of the folder of --config; nothing was published":        "herstel het model, of haal het uit de map van --config; er is niets gepubliceerd",
	"a signal model reads the tables that its header names, by name: no files, and no functions in from or join": "een signaalmodel leest de tabellen die zijn kop noemt, bij hun naam: " +
		"geen bestanden, en geen functies in from of join",
	"write signals/<name>.sql, which can read any column": "schrijf signals/<naam>.sql, dat elke kolom kan lezen",
	"%s: there is no such variable; did you mean %s?":     "%s: zo'n variabele is er niet; bedoelde u %s?",
	"%s: feeds.* is set in stapel.yaml only":              "%s: feeds.* wordt alleen in stapel.yaml ingesteld",
	"%s: there is no such variable; settings are named as `stapel config show` has them, %s for run.peildatum": "%s: zo'n variabele is er niet; instellingen heten zoals `stapel config show` " +
		"ze toont, %s voor run.peildatum",

	"--config: %s is not a folder":         "--config: %s is geen map",
	"--redenen: no such file or directory": "--redenen: dat bestand is er niet",
	"--redenen: permission denied":         "--redenen: dat bestand mag u niet lezen",
	"--redenen: is a directory":            "--redenen: dat is een map",
	"%s: no such file or directory":        "%s is er niet",
	"%s: permission denied":                "%s mag u niet lezen of schrijven",
	"%s: is a directory":                   "%s is een map",

	// purge
	"it is not said how many runs stay":                                          "er staat niet hoeveel runs er blijven",
	"say how many runs stay with --keep: 1 or more":                              "zeg met --keep hoeveel runs er blijven: 1 of meer",
	"removing runs needs a reason":                                               "runs weghalen vraagt een reden",
	"nothing is removed: %s is not what was written":                             "er is niets weggehaald: %s is niet wat er is geschreven",
	"`stapel verify --all` says what is wrong":                                   "`stapel verify --all` zegt wat er niet klopt",
	"nothing is removed: the chain of runs, or a run, is not what was published": "er is niets weggehaald: de keten van runs, of een run, is niet wat er is gepubliceerd",
	"interrupted; what was removed so far is in the log":                         "afgebroken; wat er al is weggehaald staat in het logboek",
	"run %s was removed with stapel purge":                                       "run %s is weggehaald met stapel purge",
	"make it again from the same extracts, or name another":                      "maak hem opnieuw van dezelfde extracten, of noem een andere",
}
