package sample

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/mus"
	"stapel/pipeline/published"
)

const (
	recordSuffix  = ".json"
	recordFormat  = 1
	recordSort    = "stapel steekproef"
	maxRecordSize = 64 << 20
)

// Paper is the record of a draw, as it lies beside the workbook: what was decided, what it was drawn from, and what came out. With it the draw can be
// done again, and a workbook can be compared.
type Paper struct {
	Sort       string      `json:"soort"`
	Format     int         `json:"formaat"`
	Run        string      `json:"run"`
	Peildatum  string      `json:"peildatum"`
	Figure     string      `json:"cijfer"`
	Sum        int64       `json:"cijfer_ct"`
	Population string      `json:"populatie_sha256"` // of the lines, see mus.Digest
	Lines      int         `json:"populatie_regels"`
	Plan       mus.Plan    `json:"plan"`
	Parts      [3]mus.Part `json:"delen"`
	Expansion  int         `json:"omvang_vuistregel,omitempty"` // of the debits by AICPA's older rule; 0: it has none
	Items      []Item      `json:"regels"`
	Draw       string      `json:"trekking_sha256"` // of plan, population, parts and selected lines, see mus.Draw.ID

	home string // the household that the figure is of
}

// Item is a selected line.
type Item struct {
	Nr      int      `json:"nr"`
	Side    mus.Side `json:"kant"`
	Top     bool     `json:"geheel"`
	Hits    int      `json:"treffers"`
	Kind    string   `json:"kind"`
	File    string   `json:"bestand"`
	Row     int64    `json:"regel"`
	Window  string   `json:"venster"`
	Domain  string   `json:"domein"`
	Payer   string   `json:"betaler"`
	Ground  string   `json:"grondslag"`
	From    string   `json:"van"`
	To      string   `json:"tot"` // day after the last
	WholeCt int64    `json:"hele_regel_ct"`
	BookCt  int64    `json:"boekwaarde_ct"`
}

func (i Item) line() mus.Line {
	return mus.Line{Kind: i.Kind, File: i.File, Row: i.Row, Window: i.Window, Ct: i.BookCt}
}

// newPaper writes down a draw, with what is known of the lines that were selected.
func newPaper(run *published.Run, f *figure, d *mus.Draw, scan scanner) (*Paper, error) {
	p := &Paper{Sort: recordSort, Format: recordFormat, Run: run.ID(), Peildatum: run.Manifest.Peildatum, Figure: f.id, Population: d.Population, Plan: d.Plan,
		Parts: d.Parts, Draw: d.ID(), home: f.named()}
	for _, part := range d.Parts {
		p.Lines += part.Lines
	}
	p.Sum = d.Parts[0].Book - d.Parts[1].Book
	if book := d.Parts[0].Book; book > 0 {
		p.Expansion, _ = mus.ExpansionSize(d.Plan.Confidence, book, d.Plan.Tolerable, d.Plan.Expected)
	}
	at := map[mus.Line]int{}
	for i, it := range d.Items {
		at[it.Line] = i
		p.Items = append(p.Items, Item{Nr: i + 1, Side: it.Side, Top: it.Top, Hits: it.Hits, Kind: it.Kind, File: it.File, Row: it.Row, Window: it.Window,
			BookCt: it.Ct})
	}
	err := scan(func(r *sourceRow) {
		if i, ok := at[r.line()]; ok {
			it := &p.Items[i]
			it.Domain, it.Payer, it.Ground, it.WholeCt = r.Domein, r.Betaler, r.Grondslag, r.Geheel
			it.From, it.To = r.Van.Time().Format(time.DateOnly), r.Tot.Time().Format(time.DateOnly)
		}
	})
	return p, err
}

// draw is the draw that the paper is of.
func (p *Paper) draw() *mus.Draw {
	d := &mus.Draw{Plan: p.Plan, Population: p.Population, Parts: p.Parts}
	for _, it := range p.Items {
		d.Items = append(d.Items, mus.Item{Line: it.line(), Side: it.Side, Top: it.Top, Hits: it.Hits})
	}
	return d
}

// record is the paper as a file.
func (p *Paper) record() ([]byte, error) {
	data, err := json.MarshalIndent(p, "", " ")
	return append(data, '\n'), err
}

// ReadRecord reads a paper, and finds what was changed in it.
func ReadRecord(data []byte) (*Paper, error) {
	p := &Paper{}
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(p); err != nil || p.Sort != recordSort || p.Format != recordFormat {
		return nil, fmt.Errorf("it is no record of a sample")
	}
	sum := p.Parts[0].Book - p.Parts[1].Book
	if p.draw().ID() != p.Draw || sum != p.Sum {
		return nil, fmt.Errorf("the draw in it was changed")
	}
	for i, it := range p.Items {
		if it.Nr != i+1 {
			return nil, fmt.Errorf("the draw in it was changed")
		}
	}
	return p, nil
}

// Of holds a paper to the run that it says it was drawn from: its figure, sum and number of lines are those that the run published.
func (p *Paper) Of(ctx context.Context, run *published.Run, cfg *config.Config) error {
	if p.Run != run.ID() {
		return exit.Misuse("name papers of the run that is bundled", "the sample %s was drawn from another run", p.Draw[:12])
	}
	f, err := parse(p.Figure, cfg)
	if err != nil {
		return err
	}
	return f.holds(ctx, run, p.Sum, int64(p.Lines))
}
