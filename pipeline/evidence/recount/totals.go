package recount

import (
	"context"
	"slices"

	"stapel/pipeline/inbox"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

func checksGood(_ context.Context, b *books) error {
	for _, c := range b.m.Checks {
		if c.Severity == "fout" && !c.OK {
			return differ("controle %s is niet goed, en de run is toch gepubliceerd", c.Name)
		}
		if c.OK != (c.Violations <= c.Threshold) {
			return differ("controle %s heeft %d afwijkingen bij een drempel van %d, en zegt iets anders", c.Name, c.Violations, c.Threshold)
		}
	}
	return nil
}

func controlZero(ctx context.Context, b *books) error {
	all, err := b.steps()
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.VerschilRegel != 0 || c.VerschilCt != 0 {
			return differ("%s, %s: een verschil van %s en %s", c.Kind, c.Stap, nl.Count(c.VerschilRegel, "regel", "regels"), nl.Euro(c.VerschilCt))
		}
	}
	return nil
}

// step is a step of the control totals and the parts that it is the sum of; lines: in lines as well as in cents.
var controlParts = []struct {
	step  string
	parts []string
	lines bool
}{
	{"geleverd", []string{"geaccepteerd", "quarantaine", "vervangen", "dubbel", "geweigerd"}, true},
	{"geaccepteerd", []string{"gebruikt", "uitgesloten", "herhaald", "ouder"}, true},
	{"in_vensters", []string{"huishoudens", "onbekend"}, true},
	{"buiten_vensters", []string{"voor_vensters", "na_vensters"}, false},
}

func controlSteps(ctx context.Context, b *books) error {
	all, err := b.steps()
	if err != nil {
		return err
	}
	type key struct{ kind, step string }
	lines, cents, kinds := map[key]int64{}, map[key]int64{}, []string{}
	for _, c := range all {
		k := key{c.Kind, c.Stap}
		lines[k] += mart.Value(c.Regels)
		cents[k] += c.BedragCt
		if c.Kind != "totaal" && !slices.Contains(kinds, c.Kind) {
			kinds = append(kinds, c.Kind)
		}
	}
	for _, kind := range kinds {
		for _, s := range controlParts {
			var n, ct int64
			for _, p := range s.parts {
				n, ct = n+lines[key{kind, p}], ct+cents[key{kind, p}]
			}
			whole := key{kind, s.step}
			if cents[whole] != ct || s.lines && lines[whole] != n {
				return differ("%s, %s: %s en %s, de delen samen %s en %s", kind, s.step, nl.Int(lines[whole]), nl.Euro(cents[whole]), nl.Int(n), nl.Euro(ct))
			}
		}
	}
	return nil
}

func deliveriesAre(ctx context.Context, b *books) error {
	rows := map[string]mart.Levering{}
	err := scan(ctx, b, "levering", func(l *mart.Levering) error {
		row := *l
		ct := mart.Value(l.BedragCt)
		row.BedragCt = &ct
		rows[l.Bestand] = row
		return nil
	})
	if err != nil {
		return err
	}
	for _, in := range b.m.Inputs {
		l, ok := rows[in.File]
		if !ok {
			return differ("%s staat niet in levering", in.File)
		}
		if l.Kind != in.Kind || l.Status != in.Status {
			return differ("%s: %s, het manifest %s", in.File, l.Status, in.Status)
		}
		if in.Status != inbox.Accepted {
			continue // the manifest counts no lines of an extract that was not read, or was read under another name
		}
		if l.Regels != in.Lines || l.Geaccepteerd != in.Accepted || l.Quarantaine != in.Quarantined || *l.BedragCt != in.CountedCt {
			return differ("%s: %s en %s, het manifest %s en %s", in.File, nl.Count(l.Regels, "regel", "regels"), nl.Euro(*l.BedragCt), nl.Count(in.Lines, "regel", "regels"),
				nl.Euro(in.CountedCt))
		}
	}
	if len(rows) != len(b.m.Inputs) {
		return differ("%d bestanden, het manifest %d", len(rows), len(b.m.Inputs))
	}
	return nil
}

func controlIsDelivered(ctx context.Context, b *books) error {
	all, err := b.steps()
	if err != nil {
		return err
	}
	lines, cents := map[string]int64{}, map[string]int64{}
	if err := scan(ctx, b, "levering", func(l *mart.Levering) error {
		lines[l.Kind] += l.Regels
		cents[l.Kind] += mart.Value(l.BedragCt)
		return nil
	}); err != nil {
		return err
	}
	for _, c := range all {
		if c.Stap == "geleverd" && c.Kind != "totaal" && (mart.Value(c.Regels) != lines[c.Kind] || c.BedragCt != cents[c.Kind]) {
			return differ("%s: %s en %s, levering %s en %s", c.Kind, nl.Int(mart.Value(c.Regels)), nl.Euro(c.BedragCt), nl.Int(lines[c.Kind]), nl.Euro(cents[c.Kind]))
		}
	}
	return nil
}
