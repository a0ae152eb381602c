package pipeline

import "stapel/reports/accountant"

// evidence is what the run knows of itself for the accountant: nothing of when, where or with how many threads it ran.
func (x *execution) evidence() accountant.Evidence {
	m := x.manifest
	ev := accountant.Evidence{Config: x.opt.Config, Binary: m.Binary, Key: m.Key, Go: m.Go, Platform: m.Platform,
		Files: int64(x.result.Files), Lines: x.result.Lines, Quarantined: x.result.Quarantined, Tests: int64(x.result.Checks)}
	for _, c := range m.Checks {
		if c.Violations > 0 {
			ev.Warnings = append(ev.Warnings, accountant.Check{Name: c.Name, Sentence: c.Sentence, Reason: c.Reason, Violations: c.Violations, Of: c.Denominator})
		}
	}
	for _, r := range m.Released {
		ev.Releases = append(ev.Releases, accountant.Release{Table: r.Table, Status: r.Status, Reason: r.Reason, Cells: int64(r.Cells), Primary: int64(r.Primary),
			Secondary: int64(r.Secondary), Rounded: int64(r.Rounded), Proven: r.Proven})
	}
	return ev
}
