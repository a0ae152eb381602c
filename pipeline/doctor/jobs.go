package doctor

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"stapel/config"
	"stapel/pipeline/arrival"
	"stapel/pipeline/schedule"
	"stapel/pipeline/setup"
	"stapel/reports/nl"
)

// inbox looks whether there is something to run on.
func (x *examination) inbox(context.Context) {
	const name = "inbox"
	if !exists(x.Data) {
		return
	}
	if !exists(x.lake.Inbox()) {
		x.say(name, Fault, "maak hem met stapel init", "er is geen inbox")
		return
	}
	if x.cfg == nil {
		return
	}
	needed, exclusions := setup.Needed(x.cfg)
	if exclusions {
		needed = append(needed, "uitsluiting")
	}
	var missing []string
	for _, kind := range needed {
		marks, err := x.arrived()(kind)
		if err != nil {
			x.unseen(name, err)
			return
		}
		if len(marks) == 0 {
			missing = append(missing, kind)
		}
	}
	if len(missing) > 0 {
		x.say(name, Fault, "vraag ze op bij de leverancier; stapel contract SOORT beschrijft wat er komt", "van wat verplicht is ontbreekt: %s", nl.List(missing))
		return
	}
	x.say(name, Good, "", "alles wat verplicht is, is geleverd: %s tekst", sizeText(x.inboxBytes()))
}

// arrived is what of a kind lies whole in the inbox.
func (x *examination) arrived() schedule.Inbox {
	var terms arrival.Terms
	if x.Arrival != nil {
		terms = x.Arrival(x.cfg)
	}
	return schedule.InboxOf(x.Data, terms)
}

// overdue is how long after its tick a job that systemd or cron looks at every hour may begin.
const overdue = 2 * time.Hour

// jobs looks whether the jobs run: the expressions and feeds themselves were checked with the configuration.
func (x *examination) jobs(context.Context) {
	const name = "taken"
	if x.cfg == nil || len(x.cfg.Jobs) == 0 {
		if x.cfg != nil {
			x.say(name, Good, "", "er zijn geen taken")
		}
		return
	}
	log, err := schedule.FileLog(x.Data).Read()
	if err != nil {
		x.unseen(name, err)
		return
	}
	states := schedule.Fold(log)
	there := x.Machine.Memory().Bytes() >> 20
	for _, job := range x.cfg.Jobs {
		if there > 0 && int64(job.MemoryMB) > there {
			x.say(name, Note, "zet memory_mb van de taak lager", "taak %s mag %s MB gebruiken, en er is %s MB", job.Name, nl.Int(int64(job.MemoryMB)), nl.Int(there))
		}
		for _, kind := range job.Required {
			if marks, err := x.arrived()(kind); err == nil && len(marks) == 0 {
				x.say(name, Note, "vraag haar op, of haal haar uit required", "taak %s vraagt een levering van %s, en daarvan ligt er niets in %s", job.Name, nl.Word("kind", kind),
					filepath.ToSlash(filepath.Join("inbox", kind)))
			}
		}
		x.job(name, job, states[job.Name])
	}
}

func (x *examination) job(name string, job config.Job, s *schedule.State) {
	next, err := schedule.Next(job, x.Now)
	if err != nil {
		x.say(name, Fault, "verbeter cron in jobs.yaml", "taak %s heeft geen volgende keer", job.Name)
		return
	}
	if s == nil {
		x.say(name, Note, "stapel schedule install, of een andere klok: docs/schedule.md", "taak %s is nog nooit gedraaid, en ook niet geïnstalleerd", job.Name)
		return
	}
	look, err := schedule.Judge(job, *s, x.Now, schedule.Later(job), x.arrived())
	if err != nil {
		x.unseen(name, err)
		return
	}
	tick := look.Tick.In(job.Location).Format("02-01-2006 15:04 MST")
	service := "systemctl status stapel-" + job.Name + ".timer"
	switch {
	case s.Failures > 0 && !x.busy():
		how := "er is geen einde van bekend"
		if s.LastExit != nil {
			how = fmt.Sprintf("exitcode %d", *s.LastExit)
		}
		x.say(name, Fault, "kijk waarom: journalctl -u stapel-"+job.Name+".service", "taak %s is %s mislukt (%s)", job.Name, nl.Count(int64(s.Failures), "keer", "keer"), how)
	case look.Do == schedule.Wait:
		x.say(name, Note, "vraag de levering op", "taak %s wacht sinds %s op %s", job.Name, tick, nl.List(look.Late))
	case look.Do != schedule.Rest && x.Now.Sub(look.Tick) > overdue+schedule.Later(job) && !x.busy():
		x.say(name, Fault, "kijk of de klok loopt ("+service+", of cron), en haal hem in: stapel schedule run --once --job "+job.Name, "taak %s had op %s moeten draaien, en dat is niet gebeurd", job.Name, tick)
	default:
		x.say(name, Good, "", "taak %s: de volgende keer is %s", job.Name, next.In(job.Location).Format("02-01-2006 15:04 MST"))
	}
}
