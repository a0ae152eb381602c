package doctor

import (
	"context"
	"os"
	"os/exec"
	"runtime"
	"time"

	"stapel/config"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/machine"
	"stapel/reports/nl"
)

func (x *examination) defaults() {
	if x.free == nil {
		x.free = machine.Free
	}
	if x.device == nil {
		x.device = machine.Device
	}
	if x.find == nil {
		x.find = exec.LookPath
	}
	if !x.asUser {
		x.uid = os.Getuid()
	}
	if x.zone == nil {
		x.zone = time.Local
	}
	if x.tz == nil {
		tz := os.Getenv("TZ")
		x.tz = &tz
	}
}

func (x *examination) versions(context.Context) {
	x.say("versie", Good, "", "stapel %s, duckdb %s, %s, %s/%s", x.Version, duckdb.LibraryVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

func (x *examination) configuration(ctx context.Context) {
	const name = "configuratie"
	cfg, err := x.Load(ctx)
	if err != nil {
		x.say(name, Fault, "verbeter het bestand dat genoemd is; stapel config validate kijkt opnieuw", "%s", x.Say(err))
		return
	}
	x.cfg = cfg
	x.say(name, Good, "", "%s en %s kloppen", nl.Count(int64(len(cfg.Contracts)), "soort extract", "soorten extracten"),
		nl.Count(int64(len(cfg.SignalQueries)), "eigen signaalmodel", "eigen signaalmodellen"))
}

// leastMB is what the program was seen to need beside its engine for the sample; less is a run that is likely to be killed.
const leastMB = 1024

// engineSettings are those of the configuration, or what is built in where it is not right.
func (x *examination) engineSettings() config.EngineSettings {
	if x.cfg == nil {
		return config.EngineSettings{Kind: config.EngineDuckDB}
	}
	return x.cfg.Settings.Engine
}

func (x *examination) memory(context.Context) {
	const name = "geheugen"
	mem := x.Machine.Memory()
	if mem.Bytes() == 0 {
		x.say(name, Unknown, "zet engine.memory_mb in stapel.yaml op 60% van het geheugen van de machine", "niet te zien hoeveel geheugen er is")
		return
	}
	there := int(mem.Bytes() >> 20)
	of := nl.Int(int64(there)) + " MB van de machine"
	if mem.Limit > 0 && mem.Bytes() == mem.Limit {
		of = nl.Int(int64(there)) + " MB van de cgroup (versie " + nl.Int(int64(mem.Version)) + ")"
	}
	set := x.engineSettings().MemoryMB
	used := set
	if set == 0 || set > there*8/10 {
		used = map[bool]int{true: there * 6 / 10, false: there * 8 / 10}[set == 0]
	}
	switch {
	case there < leastMB:
		x.say(name, Fault, "geef de machine of de service (memory_mb in jobs.yaml) minstens "+nl.Int(leastMB)+" MB", "er is %s, te weinig voor een run", of)
	case used < duckdb.LeastMB:
		x.say(name, Fault, "zet engine.memory_mb op "+nl.Int(duckdb.LeastMB)+" of meer, of laat het op 0 staan", "DuckDB mag %s MB gebruiken, te weinig voor een run", nl.Int(int64(used)))
	case set > there:
		x.say(name, Fault, "zet engine.memory_mb op "+nl.Int(int64(there*6/10))+" of minder, of laat het op 0 staan", "engine.memory_mb is %s, en er is %s", nl.Int(int64(set)), of)
	case set > there*8/10:
		x.say(name, Note, "zet engine.memory_mb op "+nl.Int(int64(there*6/10))+" of minder: de rest van stapel heeft ook geheugen nodig",
			"engine.memory_mb is %s, en er is %s", nl.Int(int64(set)), of)
	default:
		x.say(name, Good, "", "DuckDB mag %s MB gebruiken; er is %s", nl.Int(int64(used)), of)
	}
}

func (x *examination) threads(context.Context) {
	const name = "processors"
	there, e := runtime.GOMAXPROCS(0), x.engineSettings()
	set := e.Threads
	_, used := duckdb.Limits(e.MemoryMB, set)
	if set > there {
		x.say(name, Note, "zet engine.threads op "+nl.Int(int64(there))+" of minder, of laat het op 0 staan", "engine.threads is %s, en stapel mag %s gebruiken: dat kost geheugen en levert niets op",
			nl.Int(int64(set)), nl.Count(int64(there), "processor", "processors"))
		return
	}
	x.say(name, Good, "", "DuckDB rekent met %s; stapel mag %s gebruiken", nl.Count(int64(used), "thread", "threads"), nl.Count(int64(there), "processor", "processors"))
}

func (x *examination) programs(context.Context) {
	const name = "cbc"
	if x.cfg != nil && !x.cfg.Settings.Reports.Werktafel {
		return // nothing is to leave
	}
	if _, err := x.find("cbc"); err != nil {
		x.say(name, Note, "installeer het: apt-get install coinor-cbc", "het programma cbc is er niet: alleen kleine tabellen zijn dan als veilig te bewijzen, en de andere komen niet in vrij/")
		return
	}
	x.say(name, Good, "", "is er: bewijst wat er naar buiten mag")
}

func (x *examination) zoneOfMachine(context.Context) {
	const name = "tijdzone"
	if *x.tz != "" && *x.tz != "Local" {
		if _, err := time.LoadLocation(*x.tz); err != nil {
			x.say(name, Note, "zet TZ op Europe/Amsterdam, of haal TZ weg", "de variabele TZ noemt een tijdzone die er niet is; de klok staat dan op UTC")
			return
		}
	}
	if _, err := time.LoadLocation("Europe/Amsterdam"); err != nil {
		x.say(name, Fault, "installeer stapel opnieuw", "de tijdzone Europe/Amsterdam is niet te vinden")
		return
	}
	here := x.Now.In(x.zone)
	short, _ := here.Zone()
	x.say(name, Good, "", "de machine staat op %s (%s); taken hebben een eigen tijdzone, logboeken zijn in UTC", short, here.Format("UTC-07:00"))
}
