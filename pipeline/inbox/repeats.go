package inbox

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"stapel/config"
	"stapel/pipeline/ingest"
	"stapel/reports/nl"
	"stapel/transforms/typed"
)

// Repeated says of an extract that was read into dir that it holds, alone, more equal lines than a run publishes (rules 62); nil when it
// does not, or when lines of its kind are known by something else.
func Repeated(ctx context.Context, dir string, x *ingest.Extract, contract *config.Contract, limits config.LimitSettings) (*ingest.Bevinding, error) {
	if contract.Money == nil || contract.Period == nil || len(contract.Reference) > 0 {
		return nil, nil
	}
	type line struct{ content, person, ct int64 }
	lines := make([]line, 0, x.Aanvaard.Records)
	var all, again, n int64
	add := func(content int64, person, ct *int64) {
		l := line{content: content}
		if person != nil {
			l.person = *person
		}
		if ct != nil {
			l.ct = max(*ct, -*ct)
		}
		lines, all = append(lines, l), all+l.ct
	}
	for _, part := range x.Delen {
		file := filepath.Join(dir, part.Naam)
		if contract.Person() == "" {
			for r, err := range typed.Read[contentRow](ctx, file) {
				if err != nil {
					return nil, err
				}
				add(r.Content, nil, r.Ct)
			}
			continue
		}
		for r, err := range typed.Read[personContentRow](ctx, file) {
			if err != nil {
				return nil, err
			}
			add(r.Content, r.Person, r.Ct)
		}
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Or(cmp.Compare(a.content, b.content), cmp.Compare(a.person, b.person)) })
	for i := 1; i < len(lines); i++ {
		if lines[i] == lines[i-1] {
			n, again = n+1, again+lines[i].ct
		}
	}
	if float64(again)*1e6 <= float64(all)*float64(config.PPM(limits.MaxIdenticalShare)) {
		return nil, nil
	}
	return &ingest.Bevinding{Code: "regel_gelijk", Regels: &n,
		Tekst: fmt.Sprintf("%s in alle kolommen gelijk aan een eerdere regel, samen meer dan %s van het bedrag (limits.max_identical_share): "+
			"een run publiceert dan niets; haal de dubbele regels weg, of lever een kenmerk per regel mee", nl.Count(n, "regel is", "regels zijn"), nl.Percent(limits.MaxIdenticalShare))}, nil
}

// contentRow is what tells lines that are equal in all columns; personContentRow is that of a kind with persons.
type contentRow struct {
	Content int64  `parquet:"inhoud"`
	Ct      *int64 `parquet:"geteld_ct,optional"`
}

type personContentRow struct {
	Content int64  `parquet:"inhoud"`
	Ct      *int64 `parquet:"geteld_ct,optional"`
	Person  *int64 `parquet:"persoon_ps,optional"`
}
