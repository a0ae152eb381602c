package trino

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/engine"
	"stapel/transforms"
)

// bound is a name that was given to files.
type bound struct {
	name    string
	files   []string
	columns []transforms.Column
}

// atOnce is how many tables are asked for their digests in one statement: each is stages of its own, of which Trino allows so many.
const atOnce = 24

// compare checks that Trino sees in the tables that were bound since the last time what this process sees in their files: as many
// rows, and of every column the same sum, a text counting as a hash of it. A folder that is another one, or an older copy, would give figures that
// nothing else shows to be wrong; on a node that reads none of it now, the counts of what it writes show it (writtenWhole).
func (e *Engine) compare(ctx context.Context) error {
	unseen := e.unseen
	e.unseen = nil
	for some := range slices.Chunk(unseen, atOnce) {
		var there []string
		for _, b := range some {
			there = append(there, fmt.Sprintf("select '%s', %s from %[1]s", b.name, digest(b.columns, trinoText)))
		}
		rows, err := e.rows(ctx, "comparing files", strings.Join(there, " union all "))
		if err != nil {
			return err
		}
		for _, b := range some {
			here, err := e.digestHere(ctx, b)
			if err != nil {
				return err
			}
			if !slices.ContainsFunc(rows, func(row []string) bool {
				return row[0] == b.name && row[1] == here
			}) {
				return fmt.Errorf("%s: Trino sees other files than stapel: trino.shared_dir here and trino.location there have to be one folder, on every node", b.name)
			}
		}
	}
	return nil
}

// writtenWhole checks that Trino finds in the tables that it wrote since the last time the rows that it said it wrote: a node with a folder of its own
// would lose its part of those that nobody but Trino reads.
func (e *Engine) writtenWhole(ctx context.Context) error {
	var asks []engine.Ask
	for _, name := range slices.Sorted(maps.Keys(e.written)) {
		asks = append(asks, engine.Ask{Name: name, Query: "select count(*) from " + name})
	}
	found, err := e.numbers(ctx, asks, func() {})
	if err != nil {
		return err
	}
	for i, a := range asks {
		if found[i] != e.written[a.Name] {
			return fmt.Errorf("%s: Trino wrote %d rows and finds %d; every node has to see one folder at trino.location", a.Name, e.written[a.Name], found[i])
		}
	}
	clear(e.written)
	return nil
}

// digestHere is the digest of the files as the engine in this process reads them.
func (e *Engine) digestHere(ctx context.Context, b bound) (string, error) {
	if err := e.duck.Bind(ctx, b.name, b.files, b.columns); err != nil {
		return "", err
	}
	return e.duck.Text(ctx, b.name, "select "+digest(b.columns, duckText)+" from "+b.name)
}

// digest is an expression that gives a text for all rows of a table: their number and the sums of its columns, whatever their order. A lake's
// lines have a hash of their texts (config.ColInhoud), so that those texts need not be hashed.
func digest(columns []transforms.Column, text func(column string) string) string {
	hashed := slices.ContainsFunc(columns, func(c transforms.Column) bool { return c.Name == config.ColInhoud })
	parts := []string{"cast(count(*) as varchar)"}
	for _, c := range columns {
		var number string
		name := quoted(c.Name)
		switch c.Type.SQLType() {
		case "BIGINT":
			number = name
		case "DATE":
			number = "date_diff('day', date '1970-01-01', " + name + ")"
		case "BOOLEAN":
			number = "case when " + name + " then 1 else 0 end"
		case "DOUBLE":
			number = "floor(" + name + " * 1000000)"
		case "VARCHAR":
			if number = text(name); hashed {
				number = "length(" + name + ")"
			}
		}
		parts = append(parts, "cast(count("+name+") as varchar)", "coalesce(cast(sum(cast("+number+" as decimal(38, 0))) as varchar), '-')")
	}
	return strings.Join(parts, " || '|' || ")
}

// The first seven bytes of the MD5 of a text, as a whole number: both engines have it.
func trinoText(column string) string {
	return "from_big_endian_64(concat(x'00', substr(md5(to_utf8(" + column + ")), 1, 7)))"
}

func duckText(column string) string {
	return "cast('0x' || substr(md5(" + column + "), 1, 14) as bigint)"
}
