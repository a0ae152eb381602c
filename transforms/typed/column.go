// Package typed reads and writes tables as rows of a struct: a field is a column, by its parquet tag. Input tables, models in Go
// and their tests all use it. Files are Parquet, read and written with arrow-go, in batches: what is held is a batch, not a table.
//
// The tags are those of parquet-go, which other rows of this program have, in a narrower use: the name of the column, "optional"
// where it may be empty, "date" where it is a day. Types and tags go together:
//
//	int64    BIGINT   keys, counts, eurocents
//	int32    DATE     days since 1970-01-01; has "date"
//	float64  DOUBLE   shares, never money; no NaN, no infinity
//	string   VARCHAR
//	bool     BOOLEAN
//
// A pointer to one of these has "optional": nil is an empty value. An empty value in a column without a pointer is an error, for
// nothing is what the field would hold instead.
package typed

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Column is a column of a row type.
type Column struct {
	Name     string
	Type     string // BIGINT, DATE, DOUBLE, VARCHAR or BOOLEAN: what the engine calls it
	Optional bool   // may be empty
}

// Columns are those of row type T, in the order of its fields. A field that is no column is an error: the type is wrong then,
// whatever a table holds.
func Columns[T any]() ([]Column, error) { return columnsOf(reflect.TypeFor[T]()) }

var sqlTypes = map[reflect.Kind]string{reflect.Int64: "BIGINT", reflect.Int32: "DATE", reflect.Float64: "DOUBLE",
	reflect.String: "VARCHAR", reflect.Bool: "BOOLEAN"}

func columnsOf(t reflect.Type) ([]Column, error) {
	if t.Kind() != reflect.Struct || t.NumField() == 0 {
		return nil, fmt.Errorf("%s is no struct of columns", t)
	}
	var out []Column
	for i := range t.NumField() {
		f := t.Field(i)
		bad := func(what string) error { return fmt.Errorf("%s.%s: %s", t, f.Name, what) }
		tag := strings.Split(f.Tag.Get("parquet"), ",")
		typ, options := f.Type, tag[1:]
		c := Column{Name: tag[0], Optional: typ.Kind() == reflect.Pointer}
		if c.Optional {
			typ = typ.Elem()
		}
		c.Type = sqlTypes[typ.Kind()]
		switch {
		case c.Name == "" || !f.IsExported():
			return nil, bad("a column is an exported field with its name in a parquet tag")
		case c.Type == "" || typ.PkgPath() != "":
			return nil, bad("a column is an int64, int32, float64, string or bool, or a pointer to one")
		case slices.Contains(options, "optional") != c.Optional:
			return nil, bad("a pointer is optional, and nothing else is")
		case slices.Contains(options, "date") != (typ.Kind() == reflect.Int32):
			return nil, bad("an int32 is a date, and nothing else is")
		case slices.ContainsFunc(options, func(o string) bool { return o != "optional" && o != "date" }):
			return nil, bad("a tag has a name, optional and date")
		case slices.ContainsFunc(out, func(other Column) bool { return other.Name == c.Name }):
			return nil, bad("another field is that column")
		}
		out = append(out, c)
	}
	return out, nil
}
