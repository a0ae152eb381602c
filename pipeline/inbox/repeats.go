package inbox

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"stapel/config"
	"stapel/pipeline/columnar"
	"stapel/pipeline/ingest"
	"stapel/reports/nl"
)

// Repeated says of an extract that was read into dir that it holds, alone, more equal lines than a run publishes (rules 62); nil when it
// does not, or when lines of its kind are known by something else.
func Repeated(ctx context.Context, dir string, x *ingest.Extract, contract *config.Contract, limits config.LimitSettings) (*ingest.Bevinding, error) {
	if contract.Money == nil || contract.Period == nil || len(contract.Reference) > 0 {
		return nil, nil
	}
	columns := []string{config.ColInhoud, config.ColGeteld}
	if person := contract.Person(); person != "" {
		columns = append(columns, person)
	}
	type line struct{ content, person, ct int64 }
	lines := make([]line, 0, x.Aanvaard.Records)
	var all, again, n int64
	for _, part := range x.Delen {
		f, err := columnar.Read(ctx, filepath.Join(dir, part.Naam), columns...)
		if err != nil {
			return nil, err
		}
		content, ct := f.Vector(config.ColInhoud), f.Vector(config.ColGeteld)
		for i := range f.Rows {
			l := line{content: content.Ints[i]}
			if !ct.Empty(i) {
				l.ct = max(ct.Ints[i], -ct.Ints[i])
			}
			if len(columns) > 2 {
				l.person = f.Vector(columns[2]).Ints[i]
			}
			lines, all = append(lines, l), all+l.ct
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
