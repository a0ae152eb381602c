package config

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

var gemeenteRE = regexp.MustCompile(`^(?:GM)?(\d{4})$`)

// NormalGemeente returns the code as GM + four digits; ok is false for anything else than four digits or GM + four.
func NormalGemeente(code string) (normal string, ok bool) {
	m := gemeenteRE.FindStringSubmatch(strings.TrimSpace(code))
	if m == nil {
		return "", false
	}
	return "GM" + m[1], true
}

// validate checks what lies between files and completes the settings.
func (c *Config) validate() error {
	var errs []error
	bad := func(format string, a ...any) { errs = append(errs, fmt.Errorf(format, a...)) }
	s := &c.Settings
	c.validateEffect(bad)
	if p := s.Run.Peildatum; p != "" {
		d, err := time.Parse(time.DateOnly, p)
		if err != nil {
			bad("run.peildatum: want JJJJ-MM-DD")
		} else if d.AddDate(0, 0, 1).Day() != 1 {
			bad("run.peildatum: want the last day of a month (rules 17)")
		}
	}
	for i, g := range s.Run.Gemeenten {
		normal, ok := NormalGemeente(g)
		if !ok {
			bad("run.gemeenten: entry %d is not a gemeentecode; want four digits, or GM and four", i+1)
			continue
		}
		s.Run.Gemeenten[i] = normal
	}
	slices.Sort(s.Run.Gemeenten)
	s.Run.Gemeenten = slices.Compact(s.Run.Gemeenten)
	l := s.Limits
	for key, ok := range map[string]bool{
		"limits.max_quarantine_share":   l.MaxQuarantineShare >= 0 && l.MaxQuarantineShare <= 1,
		"limits.max_repeated_share":     l.MaxRepeatedShare >= 0 && l.MaxRepeatedShare <= 1,
		"limits.max_identical_share":    l.MaxIdenticalShare >= 0 && l.MaxIdenticalShare <= 1,
		"limits.max_outside_life_share": l.MaxOutsideLifeShare >= 0 && l.MaxOutsideLifeShare <= 1,
		"limits.max_household_persons":  l.MaxHouseholdPersons > 0,
		"limits.max_spells_a_year":      l.MaxSpellsAYear > 0,
		"limits.max_quarantine_lines":   l.MaxQuarantineLines >= 0,
		"limits.max_record_bytes":       l.MaxRecordBytes >= 1<<10 && l.MaxRecordBytes <= 1<<28,
		"limits.max_decompressed_bytes": l.MaxDecompressedBytes > 0,
		"limits.max_gzip_ratio":         l.MaxGzipRatio > 0,
		"inbox.settle_seconds":          s.Inbox.SettleSeconds >= 0 && s.Inbox.SettleSeconds <= maxSettle,
		"inbox.grace_days":              s.Inbox.GraceDays >= 0 && s.Inbox.GraceDays <= 366,
		"engine.memory_mb":              s.Engine.MemoryMB >= 0,
		"engine.cache_mb":               s.Engine.CacheMB >= 0,
		"engine.threads":                s.Engine.Threads >= 0 && s.Engine.Threads <= 1024,
	} {
		if !ok {
			bad("%s: out of range", key)
		}
	}
	for kind, f := range s.Feeds {
		if c.Contracts[kind] == nil {
			bad("feeds.%s: no contract of that kind; there are %s", kind, strings.Join(c.Kinds(), ", "))
		}
		if !f.Every.Known() && f.Every != "" {
			bad("feeds.%s.every: use %s", kind, everyNames())
		}
		for i, sup := range f.Suppliers {
			contract := c.Contracts[kind]
			switch {
			case FoldName(sup.Name) == "" || sup.Replaces != ReplacesNone && sup.Replaces != ReplacesPeriod:
				bad("feeds.%s.suppliers: entry %d wants gegevensleverancier, as the delivery notes name it, and replaces (none or period)", kind, i+1)
			case contract != nil && contract.Period == nil && sup.Replaces == ReplacesPeriod:
				bad("feeds.%s.suppliers: entry %d: lines of this kind have no date, so nothing can be replaced by period", kind, i+1)
			}
		}
		for i := range f.Coverage {
			cov := &f.Coverage[i]
			normal, ok := NormalGemeente(cov.Gemeente)
			from, err1 := time.Parse(time.DateOnly, cov.From)
			to, err2 := time.Parse(time.DateOnly, cov.To)
			if !ok || err1 != nil || err2 != nil || to.Before(from) {
				bad("feeds.%s.coverage: entry %d wants gemeentecode, periode_van and periode_tot (JJJJ-MM-DD, not reversed)", kind, i+1)
				continue
			}
			cov.Gemeente = normal
			switch contract := c.Contracts[kind]; { // rules 64
			case from.Year() < 1900 || to.Year() > 2199:
				bad("feeds.%s.coverage: entry %d: want days from 1900 to 2199", kind, i+1)
			case contract != nil && slices.Contains(contract.CeilingDates, cov.To):
				bad("feeds.%s.coverage: entry %d: %s is no day but says for ever; want the last day that is covered", kind, i+1, cov.To)
			}
		}
	}
	c.validateEngine(bad)
	s.Notify.validate(bad)
	c.validateJobs(bad)
	c.validateSignals(bad)
	errs = append(errs, c.validateDomeinen()...)
	for i, p := range c.Prices.Prices {
		if contract := c.Contracts[p.Kind]; contract == nil || !contract.HasCost(Geprijsd) {
			bad("config/prices.yaml: prices: entry %d: no model prices kind %q: its contract has no cost with grondslag: geprijsd", i+1, p.Kind)
		}
	}
	return errors.Join(errs...)
}
