package world

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
)

// Where lotteries are kept (docs/decisions/0014): what was announced and drawn, and a file of each draw.
const (
	drawLog    = "lotingen.jsonl"
	drawFolder = "lotingen"
)

// lotRow is a household on the list of a lottery.
type lotRow struct {
	Draw       string `parquet:"draw_id"`
	Huishouden int64  `parquet:"huishouden"`
	Maand      int32  `parquet:"maand,date"` // of the draw
	Stratum    string `parquet:"stratum"`
	Getrokken  bool   `parquet:"getrokken"`
}

// findLotteries reads the draws that are kept, in order of their ids. One that was drawn after P is none of this run's, which stays what it was when a
// lottery is drawn from it. A draw that the log does not know has no day, and is an error: what it says must not depend on a guess.
func (w *World) findLotteries(l *lake.Lake) error {
	files, err := filepath.Glob(filepath.Join(l.Root, drawFolder, "*.parquet"))
	if err != nil || len(files) == 0 {
		return err
	}
	drawn, err := drawnOn(filepath.Join(l.Root, drawLog))
	if err != nil {
		return err
	}
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".parquet")
		on, ok := drawn[id]
		if !ok {
			return fmt.Errorf("%s does not say when lottery %s was drawn, and %s has its draw", drawLog, id, drawFolder)
		}
		if !on.Before(w.Peil.AddDate(0, 0, 1)) {
			continue
		}
		_, sum, err := control.HashFile(file)
		if err != nil {
			return err
		}
		w.Lotteries = append(w.Lotteries, control.Lottery{ID: id, Sha256: sum})
		list, err := parquet.ReadFile[struct {
			ID      string `parquet:"huishouden_id"`
			Stratum string `parquet:"stratum"`
			Chosen  bool   `parquet:"getrokken"`
		}](file)
		if err != nil {
			return fmt.Errorf("lottery %s: %w", id, err)
		}
		for _, h := range list {
			key, err := strconv.ParseInt(strings.TrimPrefix(h.ID, "h-"), 16, 64)
			if err != nil {
				return fmt.Errorf("lottery %s: a household has no id of this program", id)
			}
			w.lots = append(w.lots, lotRow{id, key, day(monthStart(on)), h.Stratum, h.Chosen})
		}
	}
	slices.SortFunc(w.lots, func(a, b lotRow) int {
		return cmp.Or(cmp.Compare(a.Draw, b.Draw), cmp.Compare(a.Huishouden, b.Huishouden))
	})
	return nil
}

// OnlyLotteries leaves out the lotteries that are not listed: those drawn after a run, when it is worked out once more.
func (w *World) OnlyLotteries(of []control.Lottery) {
	w.Lotteries = slices.DeleteFunc(w.Lotteries, func(l control.Lottery) bool { return !slices.Contains(of, l) })
	w.lots = slices.DeleteFunc(w.lots, func(r lotRow) bool {
		return !slices.ContainsFunc(w.Lotteries, func(l control.Lottery) bool { return l.ID == r.Draw })
	})
}

// drawnOn is when each lottery was drawn, by the log of lotteries.
func drawnOn(file string) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		var e struct {
			When  time.Time `json:"wanneer"`
			Event string    `json:"wat"`
			Draw  string    `json:"loting"`
		}
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("%s: line %d is not one that stapel wrote", drawLog, n)
		}
		if e.Event == "getrokken" {
			out[e.Draw] = e.When
		}
	}
	return out, lines.Err()
}
