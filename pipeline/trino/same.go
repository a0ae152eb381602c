package trino

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"stapel/config"
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
// rows, and of every column the same sum, a text counting as a hash of it. A folder that is another one, or an older copy, on one of the nodes
// would give figures that nothing else shows to be wrong.
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
		switch c.Type.SQLType() {
		case "BIGINT":
			number = c.Name
		case "DATE":
			number = "date_diff('day', date '1970-01-01', " + c.Name + ")"
		case "BOOLEAN":
			number = "case when " + c.Name + " then 1 else 0 end"
		case "DOUBLE":
			number = "floor(" + c.Name + " * 1000000)"
		case "VARCHAR":
			if number = text(c.Name); hashed {
				number = "length(" + c.Name + ")"
			}
		}
		parts = append(parts, "cast(count("+c.Name+") as varchar)", "coalesce(cast(sum(cast("+number+" as decimal(38, 0))) as varchar), '-')")
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
