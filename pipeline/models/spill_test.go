package models

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline/duckdb"
	"stapel/transforms"
)

// TestLinesInLittleMemory: the lines of all kinds that count are read with 60 MB, of which a table of them all is more: 1.1 million, a third replaced.
func TestLinesInLittleMemory(t *testing.T) {
	const lines = 50_000
	cfg, dir := configtest.Defaults(t, nil), t.TempDir()
	e, err := duckdb.Open(t.Context(), duckdb.Options{Dirs: []string{dir}, Spill: filepath.Join(dir, "spill"), MemoryMB: 60, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	table := func(name, query string, columns []transforms.Column) {
		file := filepath.Join(dir, name+".parquet")
		if _, err := e.Write(t.Context(), name, query, nil, file); err != nil {
			t.Fatal(err)
		}
		if err := e.Bind(t.Context(), name, []string{file}, columns); err != nil {
			t.Fatal(err)
		}
	}
	var replacedLines []string
	for levering, kind := range cfg.Kinds() {
		columns := LakeColumns(cfg.Contracts[kind])
		var made []string
		for _, c := range columns {
			value := "null"
			switch c.Name {
			case config.ColLevering:
				value = fmt.Sprint(levering)
			case config.ColRegel:
				value = "i"
			case config.ColInhoud:
				value = "i * 7919"
			}
			made = append(made, fmt.Sprintf("cast(%s as %s) as %s", value, c.Type.SQLType(), c.Name))
		}
		table(LakeName(kind), fmt.Sprintf("select %s from range(%d) as t(i)", strings.Join(made, ", "), lines), columns)
		replacedLines = append(replacedLines, fmt.Sprintf("select '%s' as kind, cast(%d as bigint) as levering, i as regel from range(0, %d, 3) as t(i)", kind, levering, lines))
	}
	table(replaced, strings.Join(replacedLines, " union all "), []transforms.Column{
		{Name: "kind", Type: transforms.Tekst}, {Name: config.ColLevering, Type: transforms.Sleutel}, {Name: config.ColRegel, Type: transforms.Aantal}})
	made := validModels(cfg)
	m := made[slices.IndexFunc(made, func(m *transforms.Model) bool { return m.Name == ValidLines })]
	n, err := e.Count(t.Context(), m.Name, "select cast(count(inhoud) as bigint) from ("+m.SQL+") where regel % 3 > 0")
	if want := int64(len(cfg.Kinds()) * (lines - (lines+2)/3)); err != nil || n != want {
		t.Errorf("%d lines, want %d: %v", n, want, err)
	}
}
