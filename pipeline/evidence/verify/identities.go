package verify

import (
	"context"
	"path"

	"stapel/pipeline/evidence/recount"
	"stapel/pipeline/lake"
)

// identities adds up what has to agree. Tables that a run does not have, or that can't be read, are said elsewhere.
func (v *verifying) identities(ctx context.Context, r *run) error {
	held, wrong, err := recount.All(ctx, r.Manifest, r.folder, func(table string) bool {
		_, err := readTable(r.folder.Mart(table), nil)
		return err == nil
	})
	r.result.Identities = held
	for _, w := range wrong {
		files := []string{path.Join("runs", r.id, lake.ManifestName)}
		for _, t := range w.Tables {
			files = append(files, path.Join("runs", r.id, lake.MartName(t)))
		}
		if len(w.Tables) > 0 {
			files = files[1:]
		}
		f := Finding{Code: Identity, Run: r.id, File: files[0], What: w.Name + ": " + w.What, Do: "kijk welk bestand hier is veranderd; is dat er niet, meld dit dan"}
		if w.What == "" {
			f.What, f.Do = w.Name+": niet na te gaan, want een van de tabellen is niet te lezen", restore
		}
		if len(files) > 1 {
			f.Other = files[1]
		}
		v.say(f)
	}
	return err
}
