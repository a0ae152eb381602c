package effectworlds

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/ingest"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/effect"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
	"stapel/pipeline/reference/run"
)

// ledger says what households cost by month, from the lines of extracts and the slow reference of them, without SQL.
type ledger struct {
	world *effect.World
	all   *people.People
	days  map[lines.Day]*people.People
	first lines.Day // of the months that are looked at
}

// laws are those with declared cost, and who pays for each.
var laws = [...][2]string{{"wmo", "gemeente_wmo"}, {"jeugd", "gemeente_jeugd"}, {"participatie", "gemeente_participatie"}, {"zvw", "zorgverzekeraar"}}

// open reads what the extracts in dir say of these households and everybody who ever lived with one of their members: the rest of a region costs the
// slow reference minutes, and no figure that is worked out again here is about them. It leaves the smaller inbox in small.
func open(dir, small string, cfg *config.Config, houses map[string]bool) (*ledger, error) {
	persons, err := around(dir, houses)
	if err != nil {
		return nil, err
	}
	if err := firstLines(dir, persons); err != nil {
		return nil, err
	}
	for _, kind := range cfg.Kinds() {
		files, err := filepath.Glob(filepath.Join(dir, "inbox", kind, "*.csv"))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if err := keep(file, filepath.Join(small, kind), persons); err != nil {
				return nil, err
			}
		}
	}
	w, err := costs.Read(os.DirFS(small), cfg, run.Secret)
	if err != nil {
		return nil, err
	}
	return &ledger{effect.New(w), w.People, map[lines.Day]*people.People{}, w.P.Month(1 - months)}, nil
}

// around are the pseudonyms of whoever was in one of these households on any day, of all who ever lived with them, and of their children.
func around(dir string, houses map[string]bool) (map[string]bool, error) {
	key, err := ingest.NewProjectKey(run.Secret)
	if err != nil {
		return nil, err
	}
	id := func(space, ps string) string { return fmt.Sprintf("h-%016x", key.Key(space, ps)) }
	type stay struct{ person, unit, parent1, parent2 string }
	var stays []stay
	files, err := filepath.Glob(filepath.Join(dir, "inbox", "huishouden", "*.csv"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		err := eachLine(file, func(cell func(string) string, _ string) error {
			stays = append(stays, stay{cell("persoon_ps"), cell("huishouden_ps"), cell("ouder1_ps"), cell("ouder2_ps")})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	persons, units := map[string]bool{}, map[string]bool{}
	for _, s := range stays {
		persons[s.person] = persons[s.person] || houses[id("huishouden", s.unit)] || houses[id("alleen", s.person)]
	}
	for _, s := range stays {
		units[s.unit] = units[s.unit] || persons[s.person]
	}
	for _, s := range stays {
		persons[s.person] = persons[s.person] || units[s.unit]
	}
	near := map[string]bool{}
	for _, s := range stays {
		near[s.person] = near[s.person] || persons[s.person] || persons[s.parent1] || persons[s.parent2]
	}
	return near, nil
}

// eachLine gives the lines of a file that the generator wrote, which quotes no cell, after its header.
func eachLine(file string, give func(cell func(column string) string, line string) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Scan()
	at := map[string]int{}
	for i, column := range strings.Split(lines.Text(), ";") {
		at[column] = i
	}
	for lines.Scan() {
		cells := strings.Split(lines.Text(), ";")
		if len(cells) != len(at) {
			return fmt.Errorf("%s: a line has %d cells under a header of %d", filepath.Base(file), len(cells), len(at))
		}
		err := give(func(column string) string {
			i, ok := at[column]
			if !ok {
				return ""
			}
			return cells[i]
		}, lines.Text())
		if err != nil {
			return err
		}
	}
	return lines.Err()
}

// firstLines adds who is on the first line of each file of the insurer, for lines say which insurers deliver.
func firstLines(dir string, persons map[string]bool) error {
	files, err := filepath.Glob(filepath.Join(dir, "inbox", "zvw_*", "*.csv"))
	if err != nil {
		return err
	}
	for _, file := range files {
		n := 0
		err := eachLine(file, func(cell func(string) string, _ string) error {
			if n++; n == 1 {
				persons[cell("persoon_ps")] = true
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// keep writes a file with its note into a folder, with the lines about these persons.
func keep(file, folder string, persons map[string]bool) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	var kept strings.Builder
	f, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	header, _, _ := strings.Cut(string(f), "\n")
	kept.WriteString(header + "\n")
	personal := slices.Contains(strings.Split(header, ";"), "persoon_ps")
	err = eachLine(file, func(cell func(string) string, line string) error {
		if !personal || persons[cell("persoon_ps")] {
			kept.WriteString(line + "\n")
		}
		return nil
	})
	if err != nil {
		return err
	}
	to := filepath.Join(folder, filepath.Base(file))
	note, err := os.ReadFile(file + ".levering.yaml")
	if err != nil {
		return err
	}
	if err := os.WriteFile(to, []byte(kept.String()), 0o600); err != nil {
		return err
	}
	return os.WriteFile(to+".levering.yaml", note, 0o600)
}

// house is a household as it was on the first of a month.
func (l *ledger) house(id string, on lines.Day) (*people.House, error) {
	if l.days[on] == nil {
		l.days[on] = people.Then(l.all.World, on)
	}
	h := l.days[on].Houses[id]
	if h == nil {
		return nil, fmt.Errorf("the extracts have no household that a mart says there was on %v", on)
	}
	return h, nil
}

// at is what the members of a household cost in a month under a law, "" for all, in eurocents; ok is false where that is not known.
func (l *ledger) at(h *people.House, month lines.Day, law string) (ct int64, ok bool) {
	if month < l.first || month > l.all.P || !l.world.Covered(h, month) {
		return 0, false
	}
	return l.world.Cost(h, month)[law], true
}

// mean is a month's mean over the known ones of first to last.
func (l *ledger) mean(h *people.House, first, last lines.Day, law string) (mean float64, known int) {
	sum := int64(0)
	for m := first; m <= last; m = m.Month(1) {
		if ct, ok := l.at(h, m, law); ok {
			sum += ct
			known++
		}
	}
	return float64(sum) / float64(max(1, known)), known
}
