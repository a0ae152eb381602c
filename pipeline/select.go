package pipeline

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"
	"github.com/parquet-go/parquet-go"

	"stapel/config"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/pipeline/selection"
	"stapel/reports/mart"
)

// SelectOptions say what to choose, and from which run.
type SelectOptions struct {
	Data      string
	Run       string // "": the latest
	Config    *config.Config
	N         int // 0: aantal in selection.yaml
	Manier    selection.Manier
	Stratum   string             // of a lottery: "" or gemeente, kinderen, huishoudtype
	Seed      string             // of a lottery; empty: the list is written down first
	Draw      string             // id of a lottery that was written down
	Decisions string             // file with decisions about the selection that is there
	Encoding  selection.Encoding // of that file; "": UTF-8
	List      string             // file to write the list to fill in to
}

// SelectResult is what a selection gives.
type SelectResult struct {
	RunID     string                        `json:"run_id"`
	Nr        int                           `json:"selectie,omitempty"` // of the run's selections, from 1
	Manier    selection.Manier              `json:"manier"`
	Asked     int                           `json:"gevraagd"`
	Eligible  int                           `json:"in_aanmerking"`
	Digest    string                        `json:"lijst_sha256"`
	Draw      string                        `json:"loting,omitempty"`
	Announced bool                          `json:"aangekondigd,omitempty"` // a lottery is written down, nothing is drawn yet
	Chosen    []selection.Chosen            `json:"-"`
	Decided   map[string]selection.Decision `json:"-"`
	Yes       int                           `json:"besloten_ja"`
	No        int                           `json:"besloten_nee"`
	Open      int                           `json:"nog_te_besluiten"`
	Overlap   selection.Overlap             `json:"gevonden_door"`
	Rates     []selection.Rate              `json:"groepen,omitempty"`
	Power     selection.Power               `json:"aan_te_tonen"`
	File      string                        `json:"bestand,omitempty"`
}

// Files that selections leave in the data folder. Both are appended to, and never shortened by stapel.
const (
	drawLog      = "lotingen.jsonl"  // lotteries: the list before the seed, then the draw
	selectionLog = "selecties.jsonl" // who chose, decided or took a list along, and when
	drawFolder   = "lotingen"        // draws, for later runs
)

// maxDecisions is the size of a file with decisions: some hundred thousand households.
const maxDecisions = 64 << 20

// maxSeed is how long a seed may be, in characters.
const maxSeed = 200

// Strata that a lottery may be divided over.
var Strata = []string{"gemeente", "kinderen", "huishoudtype"}

// selectionRow is a row of the mart selectie.
type selectionRow struct {
	ID      string `parquet:"huishouden_id"`
	Manier  string `parquet:"manier"`
	Lot     string `parquet:"lot"`
	Nr      int64  `parquet:"volgnr"`
	Reason  string `parquet:"reden"`   // a person's, empty: not decided yet
	Decided string `parquet:"besluit"` // ja, nee or empty
	Draw    string `parquet:"draw_id"`
	Stratum string `parquet:"stratum"`
}

// drawRow is a row of the mart loting.
type drawRow struct {
	Draw    string `parquet:"draw_id"`
	ID      string `parquet:"huishouden_id"`
	Stratum string `parquet:"stratum"`
	Chosen  bool   `parquet:"getrokken"`
	Lot     string `parquet:"lot"`
}

// selecting is a Select at work.
type selecting struct {
	opt  SelectOptions
	lake *lake.Lake
	run  *reopened
	list []selection.Household
	res  *SelectResult
}

// Select chooses households of a published run, records a person's decisions about them, or announces and draws a lottery. The run
// itself stays as it is: a selection lies beside it, earlier ones are kept, and a draw cannot be redone with another seed.
func Select(ctx context.Context, opt SelectOptions) (*SelectResult, error) {
	s := &selecting{opt: opt, lake: &lake.Lake{Root: opt.Data}, res: &SelectResult{Manier: opt.Manier, Asked: opt.N}}
	if s.res.Asked == 0 {
		s.res.Asked = opt.Config.Selection.Count
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	var err error
	if s.run, err = readRun(s.lake, opt.Run); err != nil {
		return nil, err
	}
	s.res.RunID = s.run.manifest.RunID
	lock := flock.New(s.lake.LockFile())
	if got, err := lock.TryLock(); err != nil {
		return nil, err
	} else if !got {
		return nil, &Error{Code: Locked, Err: errors.New("a run is busy in this data folder"), Remedy: "wait until it is done"}
	}
	defer lock.Unlock()
	if err := s.read(ctx); err != nil {
		return nil, err
	}
	s.res.Digest, s.res.Eligible = selection.Digest(s.list)
	s.res.Overlap = selection.FieldBesideData(s.list)
	switch {
	case opt.Decisions != "":
		err = s.decide()
	case opt.Manier == selection.OpLoting && opt.Seed == "":
		return s.res, s.announce()
	default:
		err = s.choose()
	}
	if err != nil {
		return nil, err
	}
	return s.res, s.describe(ctx)
}

// check refuses flags that do not go together.
func (s *selecting) check() error {
	o := s.opt
	switch {
	case o.N < 0:
		return usage("give a number above 0", "--n is the number of households")
	case o.Manier != selection.OpRang && o.Manier != selection.OpVerwacht && o.Manier != selection.OpLoting:
		return usage("use rang, verwacht or loting", "--manier is not known")
	case o.Manier != selection.OpLoting && (o.Seed != "" || o.Draw != "" || o.Stratum != ""):
		return usage("leave them out, or choose with --manier loting", "--seed, --loting and --stratum go with a lottery")
	case o.Stratum != "" && !slices.Contains(Strata, o.Stratum):
		return usage("use "+strings.Join(Strata, ", "), "--stratum is not known")
	case (o.Seed == "") != (o.Draw == ""):
		return usage("announce the lottery without them first; it prints its id, and takes the seed afterwards", "--seed and --loting go together")
	case o.Decisions != "" && (o.Seed != "" || o.N != 0):
		return usage("choose first, decide afterwards", "--redenen is about the selection that is there")
	case o.Encoding != "" && o.Encoding != selection.UTF8 && o.Encoding != selection.Windows1252:
		return usage("use utf-8 or windows-1252", "--codering is not known")
	case o.Encoding == selection.Windows1252 && o.Decisions == "":
		return usage("leave it out, or name the file with --redenen", "--codering is about the file of --redenen")
	}
	if why := config.CheckLine(o.Seed, maxSeed); why != "" { // the log has to hold the seed that the draw was made with
		return usage("use letters and digits, such as the numbers of a public draw", "--seed: %s", why)
	}
	return nil
}

// read takes the households of the ranking, as published.
func (s *selecting) read(ctx context.Context) error {
	if _, err := s.run.marts("ranglijst", "huishouden"); err != nil {
		return err
	}
	folder := s.run.martFolder()
	homes := map[string]mart.Huishouden{}
	if err := mart.Scan(ctx, folder, "huishouden", func(h *mart.Huishouden) error { homes[h.ID] = *h; return nil }); err != nil {
		return err
	}
	return mart.Scan(ctx, folder, "ranglijst", func(r *mart.Ranglijst) error {
		home := homes[r.Huishouden]
		h := selection.Household{ID: r.Huishouden, Rank: r.Rang, T0: r.T0Ct, T1: r.T1Ct, Parts: [4]int64{r.WmoCt, r.JeugdCt, r.ParticipatieCt, r.ZvwCt},
			Domains: r.Domeinen, Cocktails: r.Cocktails, Reported: r.Veldmelding, InPlan: r.InMaatwerk, Eligible: r.InAanmerking, Type: home.Type,
			Gemeente: home.Gemeente, Kids: home.Kinderen > 0}
		if r.VerwachtCt != nil {
			ct := *r.VerwachtCt
			h.Expected = &ct
		}
		h.Attributes = map[string]string{"gemeente": home.Gemeente, "huishoudtype": home.Type, "kinderen": map[bool]string{true: "ja", false: "nee"}[h.Kids]}
		s.list = append(s.list, h)
		return nil
	})
}

// choose makes a selection and writes it beside the run.
func (s *selecting) choose() (err error) {
	if s.res.Eligible == 0 {
		return usage("look at reden_niet in the ranking, or at selection.yaml", "no household of this run is in aanmerking")
	}
	var draw []selection.Drawn
	switch s.opt.Manier {
	case selection.OpRang:
		s.res.Chosen = selection.ByRank(s.list, s.res.Asked)
	case selection.OpVerwacht:
		if s.res.Chosen, err = selection.ByExpected(s.list, s.res.Asked); err != nil {
			return usage("choose by rank, or run on extracts that cover T1 and T0", "run %s has no expected cost for everyone in aanmerking", s.res.RunID)
		}
	default:
		announced, err := s.announced()
		if err != nil {
			return err
		}
		s.res.Asked, s.res.Draw = announced.N, s.opt.Draw
		s.res.Chosen, draw = selection.ByLottery(s.list, announced.N, s.opt.Seed, announced.Stratum)
		if err := s.keepDraw(announced, draw); err != nil {
			return err
		}
	}
	return s.publish("gekozen", draw)
}

// load reads the run's newest selection.
func (s *selecting) load() error {
	n := s.current()
	if n == 0 {
		return usage("choose first", "run %s has no selection yet", s.res.RunID)
	}
	rows, err := parquet.ReadFile[selectionRow](filepath.Join(s.folder(n), selectionFile))
	if err != nil {
		return err
	}
	byID := map[string]selection.Household{}
	for _, h := range s.list {
		byID[h.ID] = h
	}
	s.res.Decided = map[string]selection.Decision{}
	for _, r := range rows {
		s.res.Manier, s.res.Draw = selection.Manier(r.Manier), r.Draw
		s.res.Chosen = append(s.res.Chosen, selection.Chosen{Household: byID[r.ID], Nr: int(r.Nr), Lot: r.Lot, Stratum: r.Stratum})
		if r.Decided != "" {
			s.res.Decided[r.ID] = selection.Decision{Yes: r.Decided == "ja", Reason: r.Reason}
		}
	}
	s.res.Nr, s.res.Asked = n, len(rows)
	slices.SortFunc(s.res.Chosen, func(a, b selection.Chosen) int { return a.Nr - b.Nr })
	return nil
}

// decide records what people decided about the run's selection, as a new version of it.
func (s *selecting) decide() error {
	if err := s.load(); err != nil {
		return err
	}
	data, err := config.ReadFile(s.opt.Decisions, maxDecisions)
	if err != nil {
		return usage("name a file that can be read", "--redenen: %v", err)
	}
	decided, err := selection.ReadDecisions(data, s.opt.Encoding, func(id string) bool {
		return slices.ContainsFunc(s.res.Chosen, func(c selection.Chosen) bool { return c.ID == id })
	}, noBSN)
	if err != nil {
		return usage("mend the file and record it again; nothing was recorded", "--redenen: %s: %v", filepath.Base(s.opt.Decisions), err)
	}
	for id, d := range decided {
		s.res.Decided[id] = d
	}
	var draw []selection.Drawn
	if s.res.Draw != "" {
		rows, err := parquet.ReadFile[drawRow](filepath.Join(s.folder(s.res.Nr), drawFile))
		if err != nil {
			return err
		}
		for _, r := range rows {
			draw = append(draw, selection.Drawn{ID: r.ID, Stratum: r.Stratum, Lot: r.Lot, Chosen: r.Chosen})
		}
	}
	return s.publish("besloten", draw)
}

// noBSN says why a text of a person is not kept: it holds what extracts may not hold in free text either; "" when it does not.
func noBSN(text string) string {
	if ingest.HoldsBSN([]byte(text)) {
		return "a number that can be a BSN (it passes the elfproef)"
	}
	return ""
}

// describe says what there is to know about the selection before anybody is approached, and writes the list to fill in.
func (s *selecting) describe(ctx context.Context) error {
	for _, c := range s.res.Chosen {
		switch d, ok := s.res.Decided[c.ID]; {
		case !ok:
			s.res.Open++
		case d.Yes:
			s.res.Yes++
		default:
			s.res.No++
		}
	}
	s.res.Rates = selection.Rates(s.list, s.res.Chosen)
	var savings []int64
	err := mart.Scan(ctx, Marts(s.opt.Data, s.res.RunID), "plan", func(p *mart.Plan) error {
		if p.BesparingCt != nil {
			savings = append(savings, *p.BesparingCt)
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	s.res.Power = selection.Detectable(s.list, s.res.Chosen, savings, "kleinst aantoonbaar "+s.run.manifest.Peildatum)
	if s.opt.List == "" {
		return nil
	}
	var list bytes.Buffer
	if err := selection.WriteList(ctx, &list, s.res.Chosen, s.res.Decided); err != nil {
		return err
	}
	if err := s.log(selectionLog, map[string]any{"wanneer": now(), "wie": who(), "wat": "lijst geschreven", "run": s.res.RunID, "selectie": s.res.Nr,
		"huishoudens": len(s.res.Chosen)}); err != nil {
		return err
	}
	if err := writeNew(s.opt.List, list.Bytes(), "name another; the selection itself was recorded"); err != nil {
		return err
	}
	s.res.File = s.opt.List
	return nil
}

// writeNew writes the file that --uit names, for its owner alone.
func writeNew(name string, data []byte, remedy string) error {
	err := lake.WriteNew(name, data)
	if errors.Is(err, fs.ErrExist) {
		return usage(remedy, "the file of --uit is there")
	}
	return err
}

// log adds a line to a log and makes it last.
func (s *selecting) log(name string, entry any) error {
	if e, ok := entry.(drawEntry); ok {
		e.When, e.Who = now(), who()
		entry = e
	}
	return lake.AppendLine(filepath.Join(s.opt.Data, name), entry)
}
