package dutch

// jobs are texts of jobs by the clock, deliveries that still come in, how a data folder is doing and who is told, a part of the catalogue.
var jobs = map[string]string{
	// status
	"add --reminders, or leave it out": "voeg --reminders toe, of laat het weg",
	"--uit is the folder of reminders": "--uit is de map van herinneringen",
	"make it, or name another":         "maak hem, of noem een andere",
	"the folder of %s is not there":    "de map van %s is er niet",
	"name a file in it":                "noem een bestand daarin",
	"%s is a folder":                   "%s is een map",

	// notify
	"nobody is to be told anything":                    "er is niemand om iets te melden",
	"set notify.command or notify.mail in stapel.yaml": "zet notify.command of notify.mail in stapel.yaml",

	// schedule
	"there are no jobs": "er zijn geen taken",
	"write them in jobs.yaml in the folder of --config; docs/schedule.md has an example": "schrijf ze in jobs.yaml, in de map van --config; docs/schedule.md heeft een voorbeeld",
	"there is no job %s": "er is geen taak %s",
	"the jobs are %s":    "de taken zijn %s",
	"job %s: a timer of systemd has no way to say %dW, the working day nearest to a day": "taak %s: een timer van systemd kan %sW, de werkdag die het dichtst bij een dag ligt, niet zeggen",
	"name a day of the month or of the week, as 1#2 for the second Monday":               "noem een dag van de maand of van de week, zoals 1#2 voor de tweede maandag",
	"%s can't be written into a unit of systemd":                                         "%s kan niet in een unit van systemd staan",
	"give it another name": "geef het een andere naam",
	"%s lies in a folder for temporary files, of which a service has its own": "%s ligt in een map voor tijdelijke bestanden, en daarvan heeft een service een eigen",
	"put it elsewhere": "zet het ergens anders",
	"there is a unit %s that stapel did not write":         "er is een unit %s die niet van stapel is",
	"give the job another name, or move the file away":     "geef de taak een andere naam, of zet dat bestand ergens anders",
	"unit %s is of another data folder":                    "unit %s is van een andere datamap",
	"give the job another name":                            "geef de taak een andere naam",
	"services of --user run as you":                        "services van --user draaien als uzelf",
	"leave --as out":                                       "laat --as weg",
	"whose the data folder is has no name on this machine": "van wie de datamap is heeft op deze machine geen naam",
	"name one with --as":                                   "noem iemand met --as",

	// what is still coming in
	"every extract in the inbox is still being written":                                       "elk extract in de inbox wordt nog geschreven",
	"wait until the copying is done and run again, or put their sha256 in the delivery notes": "wacht tot het kopiëren klaar is en draai opnieuw, of zet sha256 in de leveringsbrieven",
}
