package models

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/cache"
	"stapel/pipeline/control"
	"stapel/transforms"
)

// partition is a table taken apart: by column and value, the hash of the rows with that value.
type partition map[string]map[string]string

// kindColumn is the column that tables are taken apart by which are no models: what a delivery changes is of one kind.
const kindColumn = "kind"

// knowKind notes that all rows of a name are of one kind.
func (k *Keep) knowKind(name, kind string) {
	if k != nil {
		k.slices[name], k.single[name] = partition{kindColumn: {kind: k.content[name]}}, true
	}
}

// maxTaken is how many rows a table may have to be taken apart that is not made in parts.
const maxTaken = 100_000

// takenApart is the column by which a table is taken apart, for those who read parts of it; "" when it is not.
func takenApart(m *Made) string {
	if m.Parts != "" {
		return m.Parts
	}
	if m.Rows <= maxTaken && slices.ContainsFunc(m.Columns, func(c transforms.Column) bool { return c.Name == kindColumn }) {
		return kindColumn
	}
	return ""
}

// knowInput notes what a table from Go holds, in all and of each kind.
func (k *Keep) knowInput(name, sum, file string, columns []transforms.Column) error {
	k.know(name, sum)
	if k == nil || !slices.ContainsFunc(columns, func(c transforms.Column) bool { return c.Name == kindColumn }) {
		return nil
	}
	parts, err := partsOf(file, kindColumn)
	if parts != nil {
		k.slices[name] = partition{kindColumn: parts}
	}
	return err
}

// partsOf are the hashes of the rows with each value of a column, in their order; nil when a row has none.
func partsOf(file, column string) (map[string]string, error) {
	at, empty := -1, false
	sums := map[string]hash.Hash{}
	var buf []byte
	_, _, err := control.ScanRows(file, func(schema *parquet.Schema) error {
		at = slices.IndexFunc(schema.Columns(), func(path []string) bool { return path[0] == column })
		if at < 0 {
			return fmt.Errorf("%s has no column %s", filepath.Base(file), column)
		}
		return nil
	}, func(row parquet.Row) {
		if row[at].IsNull() {
			empty = true
			return
		}
		value := row[at].String()
		h := sums[value]
		if h == nil {
			h = sha256.New()
			sums[value] = h
		}
		buf = buf[:0]
		for _, v := range row {
			if v.IsNull() {
				buf = append(buf, 0xff)
				continue
			}
			buf = binary.BigEndian.AppendUint32(append(buf, byte(v.Kind())), uint32(len(v.Bytes())))
			buf = append(buf, v.Bytes()...)
		}
		h.Write(buf)
	})
	if err != nil || empty {
		return nil, err
	}
	out := map[string]string{}
	for value, h := range sums {
		out[value] = hex.EncodeToString(h.Sum(nil))
	}
	return out, nil
}

// partKeys are the keys of the parts of what a model makes: of what makes it, and of what the part reads. nil of a model that is not made in parts, or of which what
// it reads is not known.
func (k *Keep) partKeys(m *transforms.Model, how ...string) map[string]string {
	if k == nil || m.Parts == "" {
		return nil
	}
	whole, ok := k.reads(m)
	if !ok {
		return nil
	}
	imports, values := m.Imports(), map[string]bool{}
	parts := map[string]map[string]string{}
	for _, name := range m.Reads {
		of := k.slices[name][m.Parts]
		if value, ok := m.PartOf[name]; ok {
			of = map[string]string{value: whole[name]}
		}
		if of == nil {
			continue
		}
		if in := imports[name]; in.Column == m.Parts { // the others it does not take
			of = maps.Clone(of)
			maps.DeleteFunc(of, func(value, _ string) bool { return !slices.Contains(in.Values, value) })
		}
		parts[name] = of
		for value := range of {
			values[value] = true
		}
	}
	out := map[string]string{}
	for value := range values {
		key := append(append(slices.Clone(k.Stamp), "part", m.Name, m.Sha256), how...)
		for _, name := range m.Reads {
			sum := whole[name]
			if of := parts[name]; of != nil {
				sum = of[value]
			}
			key = append(key, name, sum)
		}
		out[value] = cache.Key(key...)
	}
	return out
}

// apart notes the keys of the parts of a table that is kept under a key.
func (k *Keep) apart(m *transforms.Model, key string) map[string]string {
	if key == "" || m.View {
		return nil
	}
	parts := k.partKeys(m, m.SQL)
	if parts != nil {
		k.now.Apart[m.Name] = cache.Apart{Key: key, Parts: parts}
	}
	return parts
}

// inParts is the query of a table of which some parts are as they were when it was last made: these are taken from there. ok is false when none is, or when that table
// is not kept. What was made anew is told by value.
func (t *Tables) inParts(ctx context.Context, m *transforms.Model, keys map[string]string, columns []transforms.Column) (query string, anew []string, ok bool, err error) {
	k := t.Keep
	old := k.old.Apart[m.Name]
	if k.Fresh || old.Key == "" {
		return "", nil, false, nil
	}
	var same []string
	for _, value := range slices.Sorted(maps.Keys(keys)) {
		if old.Parts[value] == keys[value] {
			same = append(same, value)
		} else {
			anew = append(anew, value)
		}
	}
	if len(same) == 0 {
		return "", nil, false, nil
	}
	name := m.Name + "_eerder"
	file := filepath.Join(t.Work, name+".parquet")
	if _, ok := k.Store.Take(old.Key, file, true); !ok {
		return "", nil, false, nil
	}
	if err := t.Engine.Bind(ctx, name, []string{file}, columns); err != nil {
		return "", nil, false, err
	}
	var names []string
	for _, c := range columns {
		names = append(names, c.Name)
	}
	list := strings.Join(names, ", ")
	query = fmt.Sprintf("select %s from %s where %s", list, name, within(m, same))
	if len(anew) > 0 {
		sql := m.Within(within(m, anew), func(table string) bool { return k.slices[table][m.Parts] != nil && !k.single[table] })
		query += fmt.Sprintf("\nunion all\nselect %s from (%s) as nieuw where %s", list, sql, within(m, anew))
	}
	return query, anew, true, nil
}

// within is the condition that a row is of one of the parts.
func within(m *transforms.Model, values []string) string {
	var list []string
	for _, v := range values {
		list = append(list, literal(v))
	}
	return m.Parts + " in (" + strings.Join(list, ", ") + ")"
}
