package explain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"stapel/pipeline/access"
	"stapel/pipeline/exit"
	"stapel/pipeline/models"
	"stapel/pipeline/published"
	"stapel/reports/dossier"
	"stapel/reports/mart"
)

// Exported says which dossiers were made, and where.
type Exported struct {
	RunID      string `json:"run_id"`
	Folder     string `json:"map"`
	Candidates int    `json:"in_aanmerking"`
	Written    int    `json:"geschreven"`
}

// Candidates explains the households in aanmerking of a run, those of the highest rank first: all of them, or the first n. Whoever gets
// the dossiers says why, and each household is logged before it is looked up. write gets one after the other, and the folder that they belong in:
// beside the report, which links them. They are no part of the run: its manifest does not have them, and the run can be opened, repeated and compared
// as before.
func Candidates(ctx context.Context, opt Options, n int, write func(folder string, d *dossier.Dossier) error) (_ *Exported, err error) {
	why, err := access.Because(opt.Why, "a dossier shows the life of one household")
	if err != nil {
		return nil, err
	}
	run, lock, err := published.Hold(opt.Data, opt.Run, true)
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	var ids []string
	err = published.Scan(ctx, run, mart.Ranking, func(r *mart.Ranglijst) error {
		if r.InAanmerking {
			ids = append(ids, r.Huishouden)
		}
		return nil
	})
	if err != nil {
		return nil, interrupted(ctx, err)
	}
	if len(ids) == 0 {
		return nil, exit.Misuse("look at reden_niet in the ranking, or at selection.yaml", "no household of this run is in aanmerking")
	}
	out := &Exported{RunID: run.ID(), Folder: run.Folder().Dossiers(), Candidates: len(ids)}
	if n > 0 {
		ids = ids[:min(n, len(ids))]
	}
	e, done, err := ask(ctx, run, opt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	for _, id := range ids {
		if err := why.Log(opt.Data, access.Look{What: "export --dossiers", Run: run.ID(), Home: id}); err != nil {
			return nil, err
		}
	}
	if err := e.together(ctx, ids); err != nil {
		return nil, interrupted(ctx, err)
	}
	if err := os.MkdirAll(out.Folder, 0o700); err != nil {
		return nil, err
	}
	for i, id := range ids {
		work := filepath.Join(e.tables.Work, fmt.Sprint("dossier-", i+1))
		if err := os.Mkdir(work, 0o700); err != nil {
			return nil, err
		}
		one := e.another(work, id)
		if err := one.published(ctx); err != nil {
			return nil, interrupted(ctx, err)
		}
		if err := one.show(ctx); err != nil {
			return nil, interrupted(ctx, err)
		}
		one.describe(opt)
		if err := write(out.Folder, one.d); err != nil {
			return nil, err
		}
		if err := os.RemoveAll(work); err != nil {
			return nil, err
		}
		out.Written++
	}
	return out, nil
}

// memberOf is a member of a household.
type memberOf struct {
	Huishouden string `parquet:"huishouden_id,optional"`
	Persoon    string `parquet:"persoon_id,optional"`
}

var allMembers = mart.Of[memberOf]("huishouden_lid")

// together computes the models that do not look at one household once, from the lines that all of these households need.
func (e *explanation) together(ctx context.Context, ids []string) error {
	if err := e.prepare(ctx); err != nil {
		return err
	}
	asked := map[string]bool{}
	for _, id := range ids {
		asked[id] = true
	}
	var persons []personKey
	err := published.Scan(ctx, e.Run, allMembers, func(m *memberOf) error {
		if !asked[m.Huishouden] {
			return nil
		}
		p, err := keyOf(m.Persoon)
		persons = append(persons, p)
		return err
	})
	if err != nil {
		return err
	}
	if err := models.Give(ctx, &e.tables, models.OwnPersons, persons); err != nil {
		return err
	}
	return e.again(ctx)
}
