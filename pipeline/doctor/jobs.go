package doctor

import (
	"context"
	"path/filepath"

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
func (x *examination) arrived() schedule.Inbox { return schedule.InboxOf(x.Data, x.terms()) }

// terms say when a file of the inbox is whole.
func (x *examination) terms() (t arrival.Terms) {
	if x.Arrival != nil {
		t = x.Arrival(x.cfg)
	}
	return t
}

// jobs looks whether the jobs run: the expressions and feeds themselves were checked with the configuration.
func (x *examination) jobs(context.Context) {
	const name = "taken"
	if x.cfg == nil || len(x.cfg.Jobs) == 0 {
		if x.cfg != nil {
			x.say(name, Good, "", "er zijn geen taken")
		}
		return
	}
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
	}
	place := schedule.Place{Data: x.Data, Now: x.Now, Busy: x.busy(), Arrival: x.terms()}
	all, err := place.Standings(x.cfg.Jobs)
	if err != nil {
		x.unseen(name, err)
		return
	}
	for i, job := range x.cfg.Jobs {
		s := all[i]
		switch {
		case s.Stand == schedule.JobFailed || s.Stand == schedule.JobOverdue:
			x.say(name, Fault, s.Do, "taak %s %s", job.Name, s.Why)
		case s.Stand.Bad():
			x.say(name, Note, s.Do, "taak %s %s", job.Name, s.Why)
		default:
			x.say(name, Good, "", "taak %s: de volgende keer is %s", job.Name, s.Next.In(job.Location).Format("02-01-2006 15:04 MST"))
		}
	}
}
