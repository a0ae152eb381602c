package selection

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/seen"
)

// Options say what to choose, and from which run.
type Options struct {
	Data      string
	Run       string // "": the latest
	Config    *config.Config
	Engine    engine.Open
	N         int // 0: aantal in selection.yaml
	Manier    Manier
	Stratum   string   // of a lottery: "" or gemeente, kinderen, huishoudtype
	Seed      string   // of a lottery; empty: the list is written down first
	Draw      string   // id of a lottery that was written down
	Decisions string   // file with decisions about the selection that is there
	Encoding  Encoding // of that file; "": UTF-8
	Why       string   // for seeing which households are chosen; without it there are counts alone
	List      string   // file to write the list to fill in to; it needs a reason
	Keep      bool     // keep the selection, under a number; otherwise it is shown and nothing is stored
}

// Result is what a selection gives.
type Result struct {
	RunID     string              `json:"run_id"`
	Nr        int                 `json:"selectie,omitempty"` // of the run's selections, from 1; 0 of one that is not kept
	Manier    Manier              `json:"manier"`
	Asked     int                 `json:"gevraagd"`
	Eligible  int                 `json:"in_aanmerking"`
	Digest    string              `json:"lijst_sha256"`
	Draw      string              `json:"loting,omitempty"`
	Announced bool                `json:"aangekondigd,omitempty"` // a lottery is written down, nothing is drawn yet
	Taken     int                 `json:"gekozen"`
	Chosen    []Chosen            `json:"-"` // none without a reason
	Decided   map[string]Decision `json:"-"`
	Yes       int                 `json:"besloten_ja"`
	No        int                 `json:"besloten_nee"`
	Open      int                 `json:"nog_te_besluiten"`
	Overlap   Overlap             `json:"gevonden_door"`
	Rates     []Rate              `json:"groepen,omitempty"`
	Power     Power               `json:"aan_te_tonen"`
	File      string              `json:"bestand,omitempty"`
	Unjudged  []string            `json:"niet_te_beoordelen,omitempty"` // rules that could not be judged, or not wholly, each with why; Dutch
	Sources   seen.Sources        `json:"-"`
	Report    reports.Run         `json:"-"` // figures are judged by it
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
	Of      int64  `parquet:"selectie"` // number of the selection, which its decisions keep
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
	opt    Options
	lake   *lake.Lake
	run    *published.Run
	nr     int    // of the folder that the selection lies in
	work   string // folder with the rows of model kandidaat
	census Census
	res    *Result
}

// Select chooses households of a published run, records a person's decisions about them, or announces and draws a lottery. The run
// itself stays as it is: a selection lies beside it, earlier ones are kept, and a draw cannot be redone with another seed.
func Select(ctx context.Context, opt Options) (_ *Result, err error) {
	s := &selecting{opt: opt, lake: &lake.Lake{Root: opt.Data}, res: &Result{Manier: opt.Manier, Asked: opt.N}}
	if s.res.Asked == 0 {
		s.res.Asked = opt.Config.Selection.Count
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	shown := opt.Why != "" || opt.List != ""
	var reason access.Reason
	if shown {
		if reason, err = access.Because(opt.Why, "the households that are chosen are data of households"); err != nil {
			return nil, err
		}
	}
	run, lock, err := published.Hold(opt.Data, opt.Run, opt.Keep || opt.Decisions != "")
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	s.run, s.res.RunID = run, run.ID()
	if s.work, err = s.lake.Work("select-"); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(s.work)) }()
	if err := s.join(ctx); err != nil {
		return nil, err
	}
	if err := s.scan(ctx, s.census.Add); err != nil {
		return nil, err
	}
	if err := s.judge(ctx); err != nil {
		return nil, err
	}
	s.res.Digest, s.res.Eligible = Digest(s.census.Eligible)
	s.res.Overlap = s.census.Overlap
	switch {
	case opt.Decisions != "":
		err = s.decide()
	case opt.Manier == OpLoting && opt.Seed == "":
		return s.res, s.announce()
	default:
		err = s.choose()
	}
	if err != nil {
		return nil, err
	}
	if err := s.describe(ctx); err != nil {
		return nil, err
	}
	if !shown {
		s.res.Chosen = nil
		return s.res, nil
	}
	look := access.Look{What: "select", Run: s.res.RunID}
	if opt.List != "" {
		look.What = "select --uit"
	}
	if err := reason.Log(opt.Data, look); err != nil || opt.List == "" {
		return s.res, err
	}
	return s.res, s.write(ctx)
}

// judge finds the rules that the run could not judge: who is in aanmerking is so as far as they go.
func (s *selecting) judge(ctx context.Context) error {
	s.res.Report = reports.Of(s.opt.Config)
	s.res.Report.ID, s.res.Report.Peildatum = s.run.ID(), s.run.Manifest.Peildatum
	var err error
	if s.res.Sources, err = s.run.Sources(ctx); err != nil {
		return err
	}
	for _, rule := range s.res.Report.Regels {
		if v := s.res.Sources.Judge(s.res.Report.Needs(rule.Needs)); v.Silent() {
			s.res.Unjudged = append(s.res.Unjudged, rule.Vraagt+" ("+v.Why()+")")
		}
	}
	return nil
}

// check refuses flags that do not go together.
func (s *selecting) check() error {
	o := s.opt
	switch {
	case o.N < 0:
		return exit.Misuse("give a number above 0, or leave it out", "--n is how many")
	case o.Manier != OpRang && o.Manier != OpVerwacht && o.Manier != OpLoting:
		return exit.Misuse("use rang, verwacht or loting", "--manier is not known")
	case o.Manier != OpLoting && (o.Seed != "" || o.Draw != "" || o.Stratum != ""):
		return exit.Misuse("leave them out, or choose with --manier loting", "--seed, --loting and --stratum go with a lottery")
	case o.Stratum != "" && !slices.Contains(Strata, o.Stratum):
		return exit.Misuse("use "+strings.Join(Strata, ", "), "--stratum is not known")
	case (o.Seed == "") != (o.Draw == ""):
		return exit.Misuse("announce the lottery without them first; it prints its id, and takes the seed afterwards", "--seed and --loting go together")
	case o.Manier == OpLoting && !o.Keep && o.Decisions == "":
		return exit.Misuse("add --vast", "a lottery is announced and drawn for good: one that is only shown could be drawn until it suits")
	case o.Decisions != "" && (o.Seed != "" || o.N != 0):
		return exit.Misuse("choose first, decide afterwards", "--redenen is about the selection that is there")
	case o.Encoding != "" && o.Encoding != UTF8 && o.Encoding != Windows1252:
		return exit.Misuse("use utf-8 or windows-1252", "--codering is not known")
	case o.Encoding == Windows1252 && o.Decisions == "":
		return exit.Misuse("leave it out, or name the file with --redenen", "--codering is about the file of --redenen")
	}
	if _, err := os.Lstat(o.List); o.List != "" && err == nil {
		return exit.Misuse("name another", "the file of --uit is there")
	}
	if why := config.CheckLine(o.Seed, maxSeed); why != "" { // the log has to hold the seed that the draw was made with
		return exit.Misuse("use letters and digits, such as the numbers of a public draw", "--seed: %s", why)
	}
	return nil
}

// choose makes a selection and writes it beside the run.
func (s *selecting) choose() (err error) {
	if s.res.Eligible == 0 {
		return exit.Misuse("look at reden_niet in the ranking, or at selection.yaml", "no household of this run is in aanmerking")
	}
	var draw []Drawn
	switch s.opt.Manier {
	case OpRang:
		s.res.Chosen = ByRank(s.census.Eligible, s.res.Asked)
	case OpVerwacht:
		if s.res.Chosen, err = ByExpected(s.census.Eligible, s.res.Asked); err != nil {
			return exit.Misuse("choose by rank, or run on extracts that cover T1 and T0", "run %s has no expected cost for everyone in aanmerking", s.res.RunID)
		}
	default:
		announced, err := s.announced()
		if err != nil {
			return err
		}
		s.res.Asked, s.res.Draw = announced.N, s.opt.Draw
		s.res.Chosen, draw = ByLottery(s.census.Eligible, announced.N, s.opt.Seed, announced.Stratum)
		if err := s.keepDraw(announced, draw); err != nil {
			return err
		}
	}
	if !s.opt.Keep {
		return nil
	}
	return s.publish("gekozen", draw)
}

// load reads the run's newest selection.
func (s *selecting) load() error {
	n := s.current()
	if n == 0 {
		return exit.Misuse("choose first, with --vast", "run %s has no selection yet", s.res.RunID)
	}
	rows, err := parquet.ReadFile[selectionRow](filepath.Join(s.folder(n), selectionFile))
	if err != nil {
		return err
	}
	byID := map[string]Household{}
	for _, h := range s.census.Eligible {
		byID[h.ID] = h
	}
	s.res.Decided = map[string]Decision{}
	s.nr, s.res.Nr = n, n
	for _, r := range rows {
		if r.Of != 0 { // selections of before there were numbers have none
			s.res.Nr = int(r.Of)
		}
		s.res.Manier, s.res.Draw = Manier(r.Manier), r.Draw
		s.res.Chosen = append(s.res.Chosen, Chosen{Household: byID[r.ID], Nr: int(r.Nr), Lot: r.Lot, Stratum: r.Stratum})
		if r.Decided != "" {
			s.res.Decided[r.ID] = Decision{Yes: r.Decided == "ja", Reason: r.Reason}
		}
	}
	s.res.Asked = len(rows)
	slices.SortFunc(s.res.Chosen, func(a, b Chosen) int { return a.Nr - b.Nr })
	return nil
}

// decide records what people decided about the run's selection, as a new version of it.
func (s *selecting) decide() error {
	if err := s.load(); err != nil {
		return err
	}
	data, err := config.ReadFile(s.opt.Decisions, maxDecisions)
	if err != nil {
		return exit.Misuse("name a file that can be read", "--redenen: %v", err)
	}
	decided, err := ReadDecisions(data, s.opt.Encoding, s.name(), func(id string) bool {
		return slices.ContainsFunc(s.res.Chosen, func(c Chosen) bool { return c.ID == id })
	}, access.NoBSN)
	if err != nil {
		return exit.Misuse("mend the file and record it again; nothing was recorded", "--redenen: %s: %v", filepath.Base(s.opt.Decisions), err)
	}
	for id, d := range decided {
		s.res.Decided[id] = d
	}
	var draw []Drawn
	if s.res.Draw != "" {
		rows, err := parquet.ReadFile[drawRow](filepath.Join(s.folder(s.nr), drawFile))
		if err != nil {
			return err
		}
		for _, r := range rows {
			draw = append(draw, Drawn{ID: r.ID, Stratum: r.Stratum, Lot: r.Lot, Chosen: r.Chosen})
		}
	}
	return s.publish("besloten", draw)
}

// describe says what there is to know about the selection before anybody is approached.
func (s *selecting) describe(ctx context.Context) error {
	s.res.Taken = len(s.res.Chosen)
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
	s.res.Rates = s.census.Rates(s.res.Chosen)
	var savings []int64
	err := published.Scan(ctx, s.run, mart.Plans, func(p *mart.Plan) error {
		if p.BesparingCt != nil {
			savings = append(savings, *p.BesparingCt)
		}
		return nil
	})
	if err != nil {
		return err
	}
	pool := NewPool(s.res.Chosen)
	if err := s.scan(ctx, pool.Add); err != nil {
		return err
	}
	s.res.Power = pool.Power(savings, "kleinst aantoonbaar "+s.run.Manifest.Peildatum)
	return nil
}

// name is what a list calls its selection by: the run and the number; "" of one that is not kept, which no decisions can be about.
func (s *selecting) name() string {
	if s.res.Nr == 0 {
		return ""
	}
	return fmt.Sprintf("%s/%d", s.res.RunID, s.res.Nr)
}

// write writes the list to fill in.
func (s *selecting) write(ctx context.Context) error {
	if s.res.Nr > 0 {
		if err := s.log(selectionLog, map[string]any{"wanneer": access.Now(), "wie": access.Who(), "wat": "lijst geschreven", "run": s.res.RunID, "selectie": s.res.Nr,
			"huishoudens": len(s.res.Chosen)}); err != nil {
			return err
		}
	}
	if err := lake.WriteOut(s.opt.List, func(w io.Writer) error {
		return WriteList(ctx, w, s.opt.Config.Domeinen.Declared(), s.name(), s.res.Chosen, s.res.Decided)
	}, "name another"); err != nil {
		return err
	}
	s.res.File = s.opt.List
	return nil
}

// log adds a line to a log and makes it last.
func (s *selecting) log(name string, entry any) error {
	if e, ok := entry.(drawEntry); ok {
		e.When, e.Who = access.Now(), access.Who()
		entry = e
	}
	return lake.AppendLine(filepath.Join(s.opt.Data, name), entry)
}
