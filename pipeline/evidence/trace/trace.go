// Package trace follows one figure of a published run back to what it is made of, as far as its type allows (methods 8): a som to the cents of
// source lines, a telling to its members, a schatting by computing it again from the frozen inputs of the run, an oordeel to its rule and what
// that looked at. The models of the run compute the table again from the same extracts; what they give, and what lies under a figure, has to be
// the published figure, or nothing is shown.
package trace

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"regexp"

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/control"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/models"
	"stapel/pipeline/published"
	"stapel/reports/vrij"
	"stapel/transforms"
)

// Options say which run figures are traced of, and why somebody looks at what is about households.
type Options struct {
	Data string
	Run  string // run id; empty: the latest
	Why  string // logged before anything is looked up; without it only what is about no household is shown
	Load published.Load
	// Engine opens an engine with the settings of a configuration.
	Engine func(cfg *config.Config) engine.Open
}

// Trace is a figure and what it is made of.
type Trace struct {
	ID      string                `json:"id"`
	Run     string                `json:"run_id"`
	Type    transforms.FigureType `json:"soort"`
	Formula string                `json:"formule"` // Dutch
	Level   transforms.Level      `json:"niveau"`
	Unit    transforms.ColumnType `json:"eenheid"`                // ct is eurocents, aandeel a part of 1
	Value   any                   `json:"waarde"`                 // as published; null is empty
	Again   any                   `json:"herrekend,omitempty"`    // as computed again
	Same    bool                  `json:"tabel_gelijk,omitempty"` // the whole table came out as it was published, row for row
	Model   Model                 `json:"model,omitzero"`
	Sources []Source              `json:"bronnen,omitempty"`
	Parts   []Part                `json:"delen,omitempty"` // in order of file, line and member; only with a reason
	Inputs  []Input               `json:"ernaast,omitempty"`
	From    []string              `json:"uit,omitempty"` // ids of figures that this one was let through from
}

// Model is what computed a figure.
type Model struct {
	Name   string `json:"naam"`
	Sha256 string `json:"sha256"`
	Trail  string `json:"spoor,omitempty"` // the model that says what lies under the figure
}

// Source is what lines of one file, or members of one sort, add up to.
type Source struct {
	Kind  string `json:"soort,omitempty"` // of extract; empty for members that are no line
	File  string `json:"bestand,omitempty"`
	Parts int64  `json:"delen"`
	Sum   int64  `json:"som"`
}

// Part is what a source line or a member adds to a figure.
type Part struct {
	Kind   string `json:"soort,omitempty"`
	File   string `json:"bestand,omitempty"`
	Line   int64  `json:"regel,omitempty"`
	Member string `json:"lid,omitempty"`
	Sum    int64  `json:"deel"` // eurocents of a figure in eurocents
}

// Input is a value that a figure was worked out from, or that a rule looked at.
type Input struct {
	Name  string `json:"naam"`
	Value any    `json:"waarde"`
}

// Tracer traces figures of one run. What was computed for one is there for the next.
type Tracer struct {
	opt     Options
	why     access.Reason
	again   *published.Reopened
	tables  models.Tables
	all     []*transforms.Model // of a run, and those of layer trace
	made    map[string]bool
	bound   bool
	inputs  map[string]string // SHA-256 of the tables made for models
	asked   int
	marts   map[string]*stored // as published
	redone  map[string]*stored
	same    map[string]bool
	free    *vrij.Tables
	release []func() error
}

// Open opens a run to trace figures of. The caller closes it.
func Open(ctx context.Context, opt Options) (_ *Tracer, err error) {
	t := &Tracer{opt: opt, made: map[string]bool{}, marts: map[string]*stored{}, redone: map[string]*stored{}, same: map[string]bool{}}
	if opt.Why != "" {
		if t.why, err = access.Because(opt.Why, "a trace shows lines of households"); err != nil {
			return nil, err
		}
	}
	run, lock, err := published.Hold(opt.Data, opt.Run, false)
	if err != nil {
		return nil, err
	}
	t.release = append(t.release, lock.Unlock)
	defer func() {
		if err != nil {
			err = errors.Join(err, t.Close())
		}
	}()
	if t.again, err = published.Reopen(run, opt.Load); err != nil {
		return nil, err
	}
	work, err := run.Lake.Work("trace-")
	if err != nil {
		return nil, err
	}
	t.release = append(t.release, func() error { return os.RemoveAll(work) })
	marts := filepath.Join(work, "marts")
	if err := os.Mkdir(marts, 0o700); err != nil {
		return nil, err
	}
	dirs := append(models.Folders(run.Lake, t.again.Config), work)
	e, err := opt.Engine(t.again.Config)(ctx, dirs, filepath.Join(work, "spill"))
	if err != nil {
		return nil, err
	}
	t.release = append(t.release, e.Close)
	t.tables = models.Tables{Engine: e, Work: work, Marts: marts}
	all, err := models.All(t.again.Config)
	if err != nil {
		return nil, err
	}
	asked, _, err := models.Aside(t.again.Config, all)
	if err != nil {
		return nil, err
	}
	t.all = append(all, asked...)
	return t, nil
}

// Close lets go of the engine, the lock and the folder in which was computed.
func (t *Tracer) Close() (err error) {
	for i := len(t.release) - 1; i >= 0; i-- {
		err = errors.Join(err, t.release[i]())
	}
	t.release = nil
	return err
}

// idRE is an id of a household or person, of which the digits are no number.
var idRE = regexp.MustCompile(`\b[hp]-[0-9a-f]{16}\b`)

// Figure traces the figure of an id. One of a table about households needs a reason, and is logged before anything is looked up.
func (t *Tracer) Figure(ctx context.Context, text string) (*Trace, error) {
	if bad := access.NoBSN(idRE.ReplaceAllString(text, "")); bad != "" {
		return nil, exit.Misuse("name a figure as a report does", "the id holds %s", bad)
	}
	id, err := Parse(text)
	if err != nil {
		return nil, err
	}
	trace, err := t.figure(ctx, id)
	if ctx.Err() != nil {
		return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing is shown")}
	}
	return trace, err
}

func (t *Tracer) figure(ctx context.Context, id ID) (*Trace, error) {
	if id.Free {
		return t.freeFigure(ctx, id)
	}
	m, column, err := id.header()
	if err != nil {
		return nil, err
	}
	if err := t.look(m.Level, id); err != nil {
		return nil, err
	}
	row, err := t.published(m, id)
	if err != nil {
		return nil, err
	}
	of := column.Figure.In(id.Key)
	out := &Trace{ID: id.String(), Run: t.again.ID(), Type: of.Type, Formula: of.Of(), Level: m.Level, Unit: column.Type, Value: row[t.marts[m.Name].at(column.Name)],
		Model: Model{Name: m.Name, Sha256: m.Sha256}}
	if err := t.redo(ctx, out, m, id); err != nil {
		return nil, err
	}
	switch of.Type {
	case transforms.Som, transforms.Telling:
		err = t.under(ctx, out, id)
	default:
		err = t.beside(ctx, out, m, row)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// look asks for a reason, and logs, before anything about a household is looked up.
func (t *Tracer) look(level transforms.Level, id ID) error {
	if t.opt.Why == "" {
		if level == transforms.LevelRij {
			_, err := access.Because("", "this figure is about one household, person, plan or line")
			return err
		}
		return nil
	}
	return t.why.Log(t.opt.Data, access.Look{What: "trace", Run: t.again.ID(), Figure: id.String()})
}

// published is the row of a figure as the run published it.
func (t *Tracer) published(m *transforms.Model, id ID) ([]any, error) {
	mart, err := t.mart(m)
	if err != nil {
		return nil, err
	}
	row, err := mart.find(id.Key)
	if err == nil && row == nil {
		err = t.noKey(m, id)
	}
	return row, err
}

// mart is a table as the run published it.
func (t *Tracer) mart(m *transforms.Model) (*stored, error) {
	if t.marts[m.Name] == nil {
		files, err := t.again.Marts(m.Name)
		if err != nil {
			return nil, err
		}
		t.marts[m.Name] = &stored{model: m, file: files[m.Name]}
	}
	return t.marts[m.Name], nil
}

// noKey says that a table has no row of a key. Near keys are named where they are about nobody.
func (t *Tracer) noKey(m *transforms.Model, id ID) error {
	if m.Level == transforms.LevelTotaal {
		var keys []string
		if err := t.marts[m.Name].each(func(key string, _ []any) error { keys = append(keys, key); return nil }); err != nil {
			return err
		}
		if near := config.Nearest(id.Key, keys); near != "" {
			return exit.Misuse("did you mean "+near+"?", "mart %s has no row with the key of this id", m.Name)
		}
	}
	return exit.Misuse("the key is "+keyForm(m)+", as in the table", "mart %s has no row with the key of this id", m.Name)
}

// keyForm is how the key of a table is written.
func keyForm(m *transforms.Model) (form string) {
	for i, g := range m.Grain {
		if i > 0 {
			form += "/"
		}
		form += "<" + g + ">"
	}
	return form
}

// redo computes the table of a figure again, and compares.
func (t *Tracer) redo(ctx context.Context, out *Trace, m *transforms.Model, id ID) error {
	if err := t.compute(ctx, m.Name); err != nil {
		return err
	}
	if t.redone[m.Name] == nil {
		t.redone[m.Name] = &stored{model: m, file: t.tables.File(m.Name)}
		digest, err := control.RowDigest(t.tables.File(m.Name))
		if err != nil {
			return err
		}
		for _, c := range t.again.Manifest.Models {
			t.same[m.Name] = t.same[m.Name] || c.Name == m.Name && c.RowDigest == digest
		}
	}
	row, err := t.redone[m.Name].find(id.Key)
	if err != nil {
		return err
	}
	if row == nil {
		return t.again.Differs("the models do not give the row of this figure any more")
	}
	out.Again, out.Same = row[t.redone[m.Name].at(id.Column)], t.same[m.Name]
	if !equal(out.Value, out.Again) {
		return t.again.Differs("the models give another figure than was published")
	}
	return nil
}

// tolerance is how far a number that is not whole may be from what it was, as a part of it (methods 8): engines may add up in another order.
const tolerance = 1e-9

// equal compares a published value with what was computed again.
func equal(a, b any) bool {
	x, ok := a.(float64)
	y, also := b.(float64)
	if !ok || !also {
		return a == b
	}
	return x == y || math.Abs(x-y) <= tolerance*max(1, math.Abs(x), math.Abs(y)) || math.IsNaN(x) && math.IsNaN(y)
}
