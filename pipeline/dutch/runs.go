package dutch

// runs are texts of runs, what they need, and what computes them, a part of the catalogue.
var runs = map[string]string{
	// runs
	"there is no published run in this data folder":         "in deze datamap is geen gepubliceerde run",
	"run stapel first, or name the data folder with --data": "draai eerst `stapel run`, of noem de datamap met --data",
	"that is no run id": "dat is geen nummer van een run",
	"name it as in the report: peildatum and twelve hex digits":                        "noem hem zoals in het rapport: de peildatum en twaalf hex-cijfers",
	"there is no run %s in this data folder":                                           "in deze datamap is geen run %s",
	"look in runs/ for those there are":                                                "kijk in runs/ welke er zijn",
	"there is no run before the latest":                                                "er is geen run voor de laatste",
	"name two runs by id":                                                              "noem twee runs met hun nummer",
	"these runs have different keys":                                                   "deze runs hebben verschillende sleutels",
	"compare runs of one project key: with another key every household has another id": "vergelijk runs van één sleutel: met een andere heeft elk huishouden een ander nummer",
	"run %s: %s":                                                                             "run %s: %s",
	"%s was changed or removed":                                                              "%s is veranderd of weggehaald",
	"run %s can't be opened again: %s":                                                       "run %s is niet opnieuw te openen: %s",
	"run stapel again and use the new run":                                                   "draai stapel opnieuw en gebruik de nieuwe run",
	"give the --config and STAPEL_* settings of that run, or %s":                             "geef de --config en STAPEL_*-instellingen van die run, of %s",
	"put back the one the run read, or %s":                                                   "zet die terug die de run las, of %s",
	"use the stapel that made the run, or %s":                                                "gebruik de stapel die de run maakte, of %s",
	"the configuration is another than the run had":                                          "de configuratie is een andere dan die van de run",
	"there is no contract of kind %s any more":                                               "er is geen contract meer van soort %s",
	"the lake no longer has %s":                                                              "%s staat niet meer in het lake",
	"it has no table %s":                                                                     "zij heeft geen tabel %s",
	"%s was read otherwise: by another stapel, contract, note, key or limit":                 "%s is anders gelezen: door een andere stapel, of met een ander contract, een andere brief, sleutel of grens",
	"the lake's copy of %s was changed or removed":                                           "het afschrift van %s in het lake is veranderd of weggehaald",
	"the delivery note of %s is gone from the inbox, or changed":                             "de leveringsbrief van %s is uit de inbox verdwenen, of veranderd",
	"this stapel works out another peildatum or other gemeenten":                             "deze stapel komt op een andere peildatum of andere gemeenten",
	"the models of this stapel call other functions than those of the run":                   "de modellen van deze stapel gebruiken andere functies dan die van de run",
	"this stapel has another model %s than the run":                                          "deze stapel heeft een ander model %s dan de run",
	"this stapel does not have model %s of the run":                                          "deze stapel heeft model %s van de run niet",
	"table %s, made of deliveries and configuration, is not what it was":                     "tabel %s, gemaakt van leveringen en configuratie, is niet meer wat zij was",
	"nothing is shown; run stapel again (--full reads every extract again) and use that run": "er is niets getoond; draai stapel opnieuw (--full leest elk extract opnieuw) en gebruik die run",
	"run %s was published before with other bytes: %s":                                       "run %s is eerder gepubliceerd met andere bytes: %s",
	"its manifest names other outputs":                                                       "haar manifest noemt andere uitkomsten",
	"the same extracts, configuration, key and program have to give the same bytes; keep that folder for inspection elsewhere and run again": "dezelfde extracten, " +
		"configuratie, sleutel en hetzelfde programma horen dezelfde bytes te geven; bewaar die map elders om te onderzoeken en draai opnieuw",
	"checks failed, nothing was published: %s": "controles gingen mis, er is niets gepubliceerd: %s",
	"the run before this one stays the latest; look at the extracts and the configuration that the check names": "de vorige run blijft de laatste; kijk naar de extracten " +
		"en de configuratie die de controle noemt",
	"%d keys belong to two persons": "sleutels die bij twee personen horen: %s",
	"make a new project key with `stapel key new` and run again; this happens about once in 57.000 runs at 18 million persons": "maak een nieuwe sleutel met `stapel key new` " +
		"en draai opnieuw; dit gebeurt ongeveer eens in 57.000 runs bij 18 miljoen personen",
	"the extracts carry more than one pseudonym version: %s":                                "de extracten hebben meer dan één versie van de pseudoniemen: %s",
	"have all feeds delivered with the same version; nothing can be joined across versions": "laat alle bronnen met dezelfde versie leveren; over versies heen is niets te koppelen",

	// peildatum, what has to be there
	"no extract of %s was accepted, and a run needs it":              "er is geen goed extract van %s, en een run heeft het nodig",
	"deliver it, set run.peildatum, or set feeds.%s.required: false": "lever het, stel run.peildatum in, of zet feeds.%s.required op false",
	"no extract of %s was accepted, so nobody has said which households must not be shown (secret addresses, objections)": "er is geen goed extract van %s, dus niemand heeft " +
		"gezegd welke huishoudens niet getoond mogen worden (geheime adressen, bezwaren)",
	"deliver a file of kind %[1]s, with no more than its header where there are none (`stapel contract %[1]s` writes it), or set " +
		"selection.require_exclusions: false in stapel.yaml: the report then says on page one that nobody was excluded": "lever een bestand van soort %s, met alleen de kopregel als " +
		"er niemand is (`stapel contract %s` schrijft die), of zet selection.require_exclusions: false in stapel.yaml: het rapport zegt dan op de eerste bladzijde dat niemand is uitgesloten",
	"no feed is required, so the peildatum cannot be worked out": "geen bron is verplicht, dus de peildatum is niet te bepalen",
	"set run.peildatum": "stel run.peildatum in",
	"set run.gemeenten": "stel run.gemeenten in",
	"no delivery of %s says what it covers, so the peildatum cannot be worked out": "geen levering van %s zegt wat zij dekt, dus de peildatum is niet te bepalen",
	"add a delivery note (<file>%s), set feeds.%s.coverage, or set run.peildatum":  "voeg een leveringsbrief toe (<bestand>%s), stel feeds.%s.coverage in, of stel run.peildatum in",
	"the huishouden feed has no accepted lines, so there are no gemeenten":         "huishouden heeft geen goede regels, dus er zijn geen gemeenten",
	"there is no month that all required feeds (%s) cover for all gemeenten (%s)":  "er is geen maand die alle verplichte bronnen (%s) dekken voor alle gemeenten (%s)",
	"look at the periods and gemeenten of the delivery notes, or set run.peildatum and run.gemeenten": "kijk naar de perioden en gemeenten in de leveringsbrieven, of stel " +
		"run.peildatum en run.gemeenten in",
	"run.peildatum %s is later than the last day that huishouden covers, %s": "run.peildatum %s is later dan de laatste dag die huishouden dekt, %s",
	"set an earlier one, or deliver huishouden up to it":                     "stel een eerdere in, of lever huishouden tot en met die dag",
	"end the coverage at the last day that was delivered":                    "laat de dekking eindigen op de laatste dag die is geleverd",

	// a Trino
	"%s: there is no file there that can be read":                                      "%s: daar staat geen bestand dat te lezen is",
	"%s: it is no plain file":                                                          "%s: dat is geen gewoon bestand",
	"%s: others may read it (mode %s)":                                                 "%s: anderen mogen het lezen (modus %s)",
	"%s: it has no line, or more than one":                                             "%s: er staat geen regel in, of meer dan een",
	"%s: there is no certificate in it":                                                "%s: er staat geen certificaat in",
	"put the secret on one line of a file of its own, with mode 0600":                  "zet het geheim op één regel in een eigen bestand, met modus 0600",
	"name a PEM file with the certificate of who signed that of the server":            "noem een PEM-bestand met het certificaat van wie dat van de server tekende",
	"trino.shared_dir: there is no such folder":                                        "trino.shared_dir: die map is er niet",
	"trino.shared_dir: it is no folder, or others can open it (mode %s)":               "trino.shared_dir: het is geen map, of anderen kunnen erin (modus %s)",
	"make a folder of mode 0700 that every node of Trino sees too; docs/operations.md": "maak een map met modus 0700 die elke node van Trino ook ziet; docs/operations.md",
	"the data folder lies in trino.shared_dir":                                         "de datamap ligt in trino.shared_dir",
	"put it elsewhere: what Trino can read there is what a run gives it":               "leg haar ergens anders: Trino kan daar alleen lezen wat een run het geeft",

	// the machine
	"%s: computing needs more memory than engine.memory_mb allows (%d MB); raise engine.memory_mb in stapel.yaml (or STAPEL_ENGINE_MEMORY_MB), or lower engine.threads": "%s: het " +
		"rekenen heeft meer geheugen nodig dan engine.memory_mb toestaat (%s MB); verhoog engine.memory_mb in stapel.yaml (of STAPEL_ENGINE_MEMORY_MB), of verlaag engine.threads",
	"duckdb: the process may not take the memory that the engine begins with; raise its limit (ulimit -v, or that of its cgroup)": "duckdb: het proces mag het geheugen niet nemen waarmee " +
		"de rekenmachine begint; verhoog zijn grens (ulimit -v, of die van zijn cgroup)",
	"%s: no space left on the disk of %s; make room there, or put the data folder on a larger disk (--data)": "%s: de schijf van %s is vol; maak daar ruimte, of zet de datamap op een " +
		"grotere schijf (--data)",
	"%s: no space left on the disk of %s, where the engine puts what does not fit in its %d MB of memory; make room there, put the data folder on a larger disk (--data), or raise engine.memory_mb": "%s: de " +
		"schijf van %s is vol, waar de rekenmachine zet wat niet in haar %s MB geheugen past; maak daar ruimte, zet de datamap op een grotere schijf (--data), of verhoog engine.memory_mb",
	"model %s": "model %s",
}
