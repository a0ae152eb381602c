package pipeline

import (
	"stapel/pipeline/cache"
	"stapel/pipeline/control"
	"stapel/pipeline/models"
)

// bytesPerMB is how engine.cache_mb counts.
const bytesPerMB = 1 << 20

// keeps reports whether tables of earlier runs may be used again. A run that is made again from its lake proves nothing when it uses any, and an engine whose
// files are elsewhere keeps them there.
func (x *execution) keeps() bool {
	return x.opt.Keep && x.opt.Again == nil && x.opt.Config.Settings.Engine.CacheMB > 0
}

// openCache opens what earlier runs kept. Tables depend on the program, its platform and the engine, beside what they read.
func (x *execution) openCache() (*models.Keep, error) {
	store, err := cache.Open(x.lake.Cache(), x.opt.Secret, int64(x.opt.Config.Settings.Engine.CacheMB)*bytesPerMB)
	if err != nil {
		return nil, err
	}
	m := x.manifest
	keep := &models.Keep{Store: store, Fresh: x.opt.Full, Stamp: []string{m.Binary, m.Platform, m.Engine, m.Prelude}}
	keep.Open()
	return keep, nil
}

// reuse is what the run did not make again, and why it made the rest.
func (x *execution) reuse() *control.Reuse {
	k := x.tables.Keep
	if k == nil {
		return nil
	}
	out := &control.Reuse{Tables: k.Reused, Counts: k.Counts, Counted: k.Asked - k.Counts}
	for _, m := range k.Again {
		out.Made = append(out.Made, control.Remade{Name: m.Name, Because: m.Why, Same: m.Same, Parts: m.Anew})
	}
	return out
}
