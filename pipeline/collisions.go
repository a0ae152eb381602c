package pipeline

import (
	"context"
	"errors"
	"fmt"

	"stapel/pipeline/checks"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/models"
)

// collisions checks the key table, which no model of a run reads: two pseudonyms with one 63-bit key differ in the 128-bit check. It has an engine of
// its own, which is closed before the first model: what leads to a person is in no folder that the engine of the models may open
// (docs/decisions/0019).
func (x *execution) collisions(ctx context.Context) (err error) {
	var files []string
	for _, d := range x.deliveries {
		if d.Status == inbox.Accepted {
			files = append(files, x.lake.Persons(d.Kind, d.Sha256))
		}
	}
	engine, err := x.opt.Engine(ctx, []string{x.lake.AllPersons()}, x.staged.Spill())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	if err := engine.Bind(ctx, models.KeyTable, files, models.AsideColumns[models.KeyTable]); err != nil {
		return err
	}
	var n int64
	for _, m := range x.keys {
		found, err := engine.Count(ctx, m.Name, checks.CountOf(m))
		if err != nil {
			return err
		}
		n += found
	}
	if n > 0 {
		return &exit.Error{Code: exit.Failed, Err: fmt.Errorf("%d keys belong to two persons", n),
			Remedy: "make a new project key with `stapel key new` and run again; this happens about once in 57.000 runs at 18 million persons"}
	}
	return nil
}
