package selection

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/access"
	"stapel/pipeline/lake"
)

// folder is where the n-th selection of the run lies.
func (s *selecting) folder(n int) string {
	return s.lake.Run(s.res.RunID).Selection(strconv.Itoa(n))
}

// current is the number of the run's newest selection, 0 when there is none.
func (s *selecting) current() int {
	n := 0
	for {
		if _, err := os.Stat(s.folder(n + 1)); err != nil {
			return n
		}
		n++
	}
}

// publish writes the selection, or what was decided about it, as the run's next, and then as its current one under marts/. What was there is kept.
func (s *selecting) publish(what string, draw []Drawn) error {
	s.nr = s.current() + 1
	if s.res.Nr == 0 { // decisions keep the number of what they are about
		s.res.Nr = s.nr
	}
	var rows []selectionRow
	for _, c := range s.res.Chosen {
		r := selectionRow{ID: c.ID, Manier: string(s.res.Manier), Lot: c.Lot, Nr: int64(c.Nr), Draw: s.res.Draw, Stratum: c.Stratum, Of: int64(s.res.Nr)}
		if d, ok := s.res.Decided[c.ID]; ok {
			r.Decided, r.Reason = map[bool]string{true: "ja", false: "nee"}[d.Yes], d.Reason
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b selectionRow) int { return strings.Compare(a.ID, b.ID) })
	work, err := s.lake.Work("selectie-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	staged := filepath.Join(work, strconv.Itoa(s.nr))
	if err := os.Mkdir(staged, 0o700); err != nil {
		return err
	}
	files := map[string][]byte{}
	if files[selectionFile], err = encode(rows); err != nil {
		return err
	}
	if draw != nil {
		if files[drawFile], err = encode(drawRows(s.res.Draw, draw)); err != nil {
			return err
		}
	}
	if err := s.log(selectionLog, map[string]any{"wanneer": access.Now(), "wie": access.Who(), "wat": what, "run": s.res.RunID, "selectie": s.res.Nr, "map": s.nr,
		"manier": s.res.Manier, "huishoudens": len(rows), "loting": s.res.Draw}); err != nil {
		return err
	}
	marts := s.lake.Run(s.res.RunID).Marts()
	kept := []string{filepath.Join(marts, selectionFile), filepath.Join(marts, drawFile)}
	if err := s.lake.Coming(filepath.Join(marts, drawFile), nil); err != nil { // the one that is there goes first, see setCurrent
		return err
	}
	for _, name := range []string{selectionFile, drawFile} {
		if files[name] == nil {
			continue
		}
		if err := s.lake.Coming(filepath.Join(marts, name), files[name]); err != nil {
			return err
		}
		file := filepath.Join(s.folder(s.nr), name)
		if err := s.lake.Coming(file, files[name]); err != nil {
			return err
		}
		if err := lake.WriteFile(filepath.Join(staged, name), files[name]); err != nil {
			return err
		}
		kept = append(kept, file)
	}
	if err := lake.Rename(staged, s.folder(s.nr)); err != nil {
		return err
	}
	if err := s.setCurrent(work, files); err != nil {
		return err
	}
	return s.lake.Attach(kept...)
}

// Tables of a selection, in its own folder and under marts/.
const (
	selectionFile = "selectie.parquet"
	drawFile      = "loting.parquet"
)

// setCurrent makes the newest selection the one under marts/. The draw that is there goes first, then the selection changes, and its own
// draw, when it is a lottery, comes last: a selection lies beside its own draw or beside none, never beside another's. A reader that finds
// none tells from draw_id whether there is one; one that reads on while this goes on compares the draw_id of both.
func (s *selecting) setCurrent(work string, files map[string][]byte) error {
	marts := s.lake.Run(s.res.RunID).Marts()
	if err := lake.Remove(filepath.Join(marts, drawFile)); err != nil {
		return err
	}
	for _, name := range []string{selectionFile, drawFile} {
		if files[name] == nil {
			continue
		}
		part := filepath.Join(work, name)
		if err := lake.WriteFile(part, files[name]); err != nil {
			return err
		}
		if err := lake.Rename(part, filepath.Join(marts, name)); err != nil {
			return err
		}
	}
	return nil
}

// encode is rows as a Parquet file.
func encode[T any](rows []T) ([]byte, error) {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, parquet.Compression(&parquet.Zstd))
	if _, err := w.Write(rows); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}
