package doctor

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"stapel/pipeline/chain"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports/nl"
)

// clockSlack is how far clocks may be apart that were set by hand.
const clockSlack = time.Minute

// clock holds the time to the last thing that a log has: a run of before the run before it would be signed, chained and kept in the wrong order.
func (x *examination) clock(context.Context) {
	const name = "klok"
	var last time.Time
	of := ""
	for _, log := range append([]string{lake.ChainName}, lake.Logs...) {
		if at := lastTime(filepath.Join(x.Data, log)); at.After(last) {
			last, of = at, log
		}
	}
	now := x.Now.UTC()
	switch {
	case of == "":
		x.say(name, Good, "", "%s; er is nog geen run om mee te vergelijken", moment(now))
	case now.Before(last.Add(-clockSlack)):
		x.say(name, Fault, "zet de klok goed (timedatectl), voor er een run wordt gemaakt", "de klok staat op %s, maar %s heeft een regel van %s", moment(now), of, moment(last))
	default:
		x.say(name, Good, "", "%s, na de laatste regel van de logboeken (%s)", moment(now), moment(last))
	}
}

func moment(t time.Time) string { return t.UTC().Format("02-01-2006 15:04") + " UTC" }

// lastTime is the newest time that lines of a log have; zero without one.
func lastTime(name string) (last time.Time) {
	lines, _ := chain.Read[struct {
		When  string `json:"wanneer"`
		Chain string `json:"tijd"`
	}](name) // one that can't be read has no time
	for _, e := range lines {
		for _, text := range []string{e.When, e.Chain} {
			if at, err := time.Parse(time.RFC3339, text); err == nil && at.After(last) {
				last = at
			}
		}
	}
	return last
}

// silent is how long a run may write nothing before somebody should look.
const silent = 2 * time.Hour

// lock says whether somebody works in the data folder. A lock ends with the process that holds it: a file without one is none.
func (x *examination) lock(context.Context) {
	const name = "slot"
	file := filepath.Join(x.Data, lake.LockName)
	if !exists(file) {
		return
	}
	if !x.busy() {
		x.say(name, Good, "", "niemand werkt nu in deze datamap")
		return
	}
	by := "een proces dat hier niet te zien is (op een andere machine, of in een andere container)"
	do := "kijk daar of het nog werkt"
	if pid := x.Machine.Holder(file); pid > 0 {
		by, do = fmt.Sprintf("proces %d", pid), fmt.Sprintf("kijk of het nog werkt (ps -fp %d); stopt u het, dan ruimt de volgende run op", pid)
	}
	if at := x.newest(); !at.IsZero() && x.Now.Sub(at) > silent {
		x.say(name, Note, do, "%s is bezig in deze datamap, en schreef sinds %s niets", by, moment(at))
		return
	}
	x.say(name, Good, "", "%s is bezig in deze datamap", by)
}

// busy reports whether somebody changes the data folder now. It asks once: a run that begins at that very moment is refused.
func (x *examination) busy() bool {
	if x.held == nil {
		held, _ := x.lake.Busy() // what can't be asked is looked at elsewhere
		x.held = &held
	}
	return *x.held
}

// staging are the folders of work in progress.
func (x *examination) staging() []string {
	return []string{x.lake.Kind(stagingName), filepath.Join(x.runs(), stagingName)}
}

// newest is when something was last written in the folders of work in progress.
func (x *examination) newest() (at time.Time) {
	for _, dir := range x.staging() {
		_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if st, err := d.Info(); err == nil && st.ModTime().After(at) {
				at = st.ModTime()
			}
			return nil
		})
	}
	return at
}

// leftovers looks for what runs left that did not come to their end.
func (x *examination) leftovers(context.Context) {
	const name = "resten"
	if !exists(x.Data) {
		return
	}
	good := true
	if !x.busy() {
		for _, dir := range x.staging() {
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) == 0 {
				continue
			}
			good = false
			x.say(name, Note, "kijk zo nodig in journal.jsonl hoe ver hij kwam; de volgende run ruimt het op", "in %s ligt werk van een run die niet klaar is gekomen: %s, %s",
				x.short(dir), nl.Count(int64(len(entries)), "map of bestand", "mappen en bestanden"), sizeText(sizeOf(dir)))
		}
	}
	parts, _ := filepath.Glob(filepath.Join(x.runs(), "*", "selecties", "*.deel"))
	if len(parts) > 0 {
		good = false
		x.say(name, Note, "maak de keuze opnieuw met stapel select; dat ruimt het op", "van een keuze die is afgebroken ligt er nog %s", nl.Count(int64(len(parts)), "deel", "delen"))
	}
	if exists(x.lake.Ledger()) {
		good = false
		x.say(name, Note, "draai een run met engine.kind: trino, of ruim met de hand op (docs/operations.md)", "een run liet iets achter in een Trino")
	}
	if good {
		x.say(name, Good, "", "er ligt niets van runs die niet klaar zijn gekomen")
	}
}

func sizeOf(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if st, err := d.Info(); err == nil {
				n += st.Size()
			}
		}
		return nil
	})
	return n
}

// latest looks whether latest leads to a run that is there.
func (x *examination) latest(context.Context) {
	const name = "latest"
	if !exists(x.Data) {
		return
	}
	id, err := x.lake.Latest()
	if err != nil {
		x.unseen(name, err)
		return
	}
	last := x.lastPublished()
	const again = "zet de map van die run terug uit een back-up, of draai stapel run opnieuw; stapel verify zegt wat er nog meer weg is"
	switch {
	case id == "" && last == "":
		x.say(name, Good, "", "er is nog geen run gepubliceerd")
	case id == "":
		x.say(name, Fault, "zet er de laatste run van "+lake.LatestLog+" in, of draai stapel run opnieuw", "het bestand latest is weg of leeg, terwijl er een run is gepubliceerd")
	case !published.IsRun(id):
		x.say(name, Fault, "zet er de laatste run van "+lake.LatestLog+" in", "in het bestand latest staat geen nummer van een run")
	case !exists(x.lake.Run(id).Manifest()):
		x.say(name, Fault, again, "latest noemt run %s, en die is er niet", id)
	case last != "" && last != id:
		x.say(name, Note, "draai stapel run opnieuw; stapel verify zegt meer", "latest noemt run %s, en de laatste van %s is %s", id, lake.LatestLog, last)
	default:
		x.say(name, Good, "", "run %s is de laatste en is er", id)
	}
}

// lastPublished is the run of the last line of the log of publications.
func (x *examination) lastPublished() (id string) {
	lines, _ := chain.Read[struct {
		Run string `json:"run"`
	}](filepath.Join(x.Data, lake.LatestLog))
	for _, e := range lines {
		if e.Run != "" {
			id = e.Run
		}
	}
	return id
}
