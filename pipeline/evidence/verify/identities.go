package verify

import (
	"context"
	"slices"
	"strings"

	"stapel/pipeline/evidence/recount"
	"stapel/pipeline/lake"
)

// identities adds up what has to agree. Tables that a run does not have, or that can't be read, are said elsewhere. Where a file that was changed takes
// part, it is the one that is named.
func (v *verifying) identities(ctx context.Context, r *run, broken map[string]bool) error {
	s, err := v.sums(ctx, r)
	if err != nil {
		return err
	}
	r.result.Identities = s.held
	for _, w := range s.wrong {
		var files []string
		for _, f := range w.Files {
			files = append(files, r.in(f))
		}
		f := Finding{Code: Identity, Run: r.id, What: w.Name + ": " + w.What, Do: "kijk welk bestand hier is veranderd; is dat er niet, meld dit dan"}
		if at := slices.IndexFunc(files, func(f string) bool { return broken[f] }); at >= 0 {
			files[0], files[at] = files[at], files[0]
			f.Do = "komt doordat dit bestand is veranderd"
		}
		if w.What == "" {
			f.What, f.Do = w.Name+": niet na te gaan, want een van de tabellen is niet te lezen", restore
		}
		if f.File = files[0]; len(files) > 1 {
			f.Other = files[1]
		}
		v.say(f)
	}
	return nil
}

// sums adds up, unless it was done of these bytes before.
func (v *verifying) sums(ctx context.Context, r *run) (summed, error) {
	of := []string{v.hash(r.in(lake.ManifestName)).sha256}
	for _, file := range recount.Reads(r.Manifest) {
		of = append(of, v.hash(r.in(file)).sha256)
	}
	var err error
	s := remember(&v.known.mu, &v.known.sums, strings.Join(of, " "), func() (s summed) {
		s.held, s.wrong, err = recount.All(ctx, r.Manifest, r.folder, func(table string) bool {
			file := r.in(lake.MartName(table))
			at := slices.IndexFunc(v.wants, func(w want) bool { return w.file == file })
			return at >= 0 && v.table(file, v.order(v.wants[at])).err == nil
		})
		return s
	})
	return s, err
}
