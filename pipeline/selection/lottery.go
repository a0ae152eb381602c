package selection

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"stapel/pipeline/exit"
)

// drawEntry is a line of the log of lotteries.
type drawEntry struct {
	When    string `json:"wanneer"`
	Who     string `json:"wie"`
	Event   string `json:"wat"` // aangekondigd, getrokken
	Draw    string `json:"loting"`
	Run     string `json:"run"`
	Digest  string `json:"lijst_sha256"`
	Listed  int    `json:"op_de_lijst"`
	N       int    `json:"te_trekken"`
	Stratum string `json:"stratum,omitempty"`
	Seed    string `json:"seed,omitempty"`
}

// announce writes the list of a lottery down before anybody knows the seed.
func (s *selecting) announce() error {
	if s.res.Eligible == 0 {
		return exit.Misuse("look at reden_niet in the ranking, or at selection.yaml", "no household of this run is in aanmerking")
	}
	entries, err := s.draws()
	if err != nil {
		return err
	}
	announced := 0
	for _, e := range entries {
		if e.Event == "aangekondigd" {
			announced++
		}
	}
	s.res.Announced, s.res.Draw = true, fmt.Sprintf("loting-%03d", announced+1)
	return s.log(drawLog, drawEntry{Event: "aangekondigd", Draw: s.res.Draw, Run: s.res.RunID, Digest: s.res.Digest, Listed: s.res.Eligible, N: s.res.Asked,
		Stratum: s.opt.Stratum})
}

// draws are the lines of the log of lotteries.
func (s *selecting) draws() (out []drawEntry, err error) {
	data, err := os.ReadFile(filepath.Join(s.opt.Data, drawLog))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var e drawEntry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return nil, fmt.Errorf("%s: line %d is not one that stapel wrote", drawLog, i+1)
		}
		out = append(out, e)
	}
	return out, nil
}

// announced finds the lottery that is to be drawn. Its list has to be the one that was written down, and it is drawn once.
func (s *selecting) announced() (found drawEntry, err error) {
	entries, err := s.draws()
	if err != nil {
		return found, err
	}
	for _, e := range entries {
		if e.Draw != s.opt.Draw {
			continue
		}
		if e.Event == "getrokken" && e.Seed != s.opt.Seed {
			return found, exit.Misuse("announce another lottery", "lottery %s has been drawn; a draw is not redone with another seed", e.Draw)
		}
		found = e
	}
	switch {
	case found.Draw == "":
		return found, exit.Misuse("announce it first: select --manier loting without --seed", "there is no lottery of that id in %s", drawLog)
	case found.Run != s.res.RunID || found.Digest != s.res.Digest:
		return found, exit.Misuse("name that run with --run", "lottery %s was announced for the list of run %s, and this is another list", found.Draw, found.Run)
	case s.opt.Stratum != "" && s.opt.Stratum != found.Stratum:
		return found, exit.Misuse("leave --stratum out: it is as announced", "lottery %s was announced with another division", found.Draw)
	case s.opt.N != 0 && s.opt.N != found.N:
		return found, exit.Misuse("leave --n out: it is as announced", "lottery %s was announced for %d households", found.Draw, found.N)
	}
	return found, nil
}

// keepDraw logs a draw and keeps it for later runs. The log comes first: from then on the seed stands, and a draw that could not
// be kept is made again from it.
func (s *selecting) keepDraw(a drawEntry, draw []Drawn) error {
	if a.Event != "getrokken" {
		a.Event, a.Seed = "getrokken", s.opt.Seed
		if err := s.log(drawLog, a); err != nil {
			return err
		}
	}
	kept := filepath.Join(s.opt.Data, drawFolder, a.Draw+".parquet")
	if _, err := os.Lstat(kept); !errors.Is(err, fs.ErrNotExist) {
		return err // nil: the same seed again
	}
	data, err := encode(drawRows(a.Draw, draw))
	if err != nil {
		return err
	}
	return s.lake.Put(kept, data)
}

func drawRows(id string, draw []Drawn) []drawRow {
	var rows []drawRow
	for _, d := range draw {
		rows = append(rows, drawRow{id, d.ID, d.Stratum, d.Chosen, d.Lot})
	}
	return rows
}

// Announced says how many a lottery of a data folder draws, and of how many.
func Announced(data, id string) (n, listed int, err error) {
	entries, err := (&selecting{opt: Options{Data: data}}).draws()
	if err != nil {
		return 0, 0, err
	}
	for _, e := range entries {
		if e.Draw == id {
			return min(e.N, e.Listed), e.Listed, nil
		}
	}
	return 0, 0, exit.Misuse("announce it first: select --manier loting without --seed", "there is no lottery of that id in %s", drawLog)
}
