package models

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"stapel/pipeline/cache"
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

// A table that is not made in parts is taken apart when it has no more than maxTaken rows. Parts of a table of more than maxRead are known by what they were made from,
// not by their rows: to read these costs more than those who read the table.
const (
	maxTaken = 100_000
	maxRead  = 1_000_000
)

// takeApart gives the hashes of the parts of a table that was made, by the values of a column; none of a table that is not taken apart.
func (k *Keep) takeApart(m *Made) (column string, parts map[string]string, err error) {
	switch {
	case m.Parts != "" && m.Rows > maxRead:
		return m.Parts, k.now.Apart[m.Name].Parts, nil
	case m.Parts != "":
		column = m.Parts
	case m.Rows <= maxTaken && slices.ContainsFunc(m.Columns, func(c transforms.Column) bool { return c.Name == kindColumn }):
		column = kindColumn
	default:
		return "", nil, nil
	}
	parts, err = partsOf(m.File, column, k.same[m.Name])
	return column, parts, err
}

// knowInput notes what a table from Go holds, in all and of each kind.
func (k *Keep) knowInput(name, sum, file string, columns []transforms.Column) error {
	k.know(name, sum)
	if k == nil || !slices.ContainsFunc(columns, func(c transforms.Column) bool { return c.Name == kindColumn }) {
		return nil
	}
	parts, err := partsOf(file, kindColumn, nil)
	if parts != nil {
		k.slices[name] = partition{kindColumn: parts}
	}
	return err
}

// partsOf are the hashes of the rows with each value of a column, in their order; nil when a row has none. Those that are known are taken for what they are, and row
// groups of one of them are not read.
func partsOf(file, column string, known map[string]string) (map[string]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	pf, err := parquet.OpenFile(f, st.Size())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(pf.Schema().Columns(), func(path []string) bool { return path[0] == column })
	if at < 0 {
		return nil, fmt.Errorf("%s has no column %s", filepath.Base(file), column)
	}
	out, sums := map[string]string{}, map[string]hash.Hash{}
	for i, group := range pf.RowGroups() {
		if value, ok := onlyValue(pf.Metadata().RowGroups[i].Columns[at].MetaData); ok && known[value] != "" {
			out[value] = known[value]
			continue
		}
		if whole, err := hashRows(group, at, sums, known); err != nil || !whole {
			return nil, err
		}
	}
	for value, h := range sums {
		if out[value] = known[value]; out[value] == "" {
			out[value] = hex.EncodeToString(h.Sum(nil))
		}
	}
	return out, nil
}

// onlyValue is the value that all rows of a column of a row group have, where the file says so.
func onlyValue(m format.ColumnMetaData) (string, bool) {
	s := m.Statistics
	return string(s.MinValue), len(s.MinValue) > 0 && bytes.Equal(s.MinValue, s.MaxValue) && s.NullCount == 0
}

// hashRows adds the rows of a row group to the hash of their value in a column; false when a row has none.
func hashRows(group parquet.RowGroup, at int, sums map[string]hash.Hash, known map[string]string) (whole bool, err error) {
	rows := group.Rows()
	defer func() { err = errors.Join(err, rows.Close()) }()
	var buf []byte
	list := make([]parquet.Row, 256)
	for {
		n, err := rows.ReadRows(list)
		for _, row := range list[:n] {
			if row[at].IsNull() {
				return false, nil
			}
			value := row[at].String()
			h := sums[value]
			if h == nil {
				h = sha256.New()
				sums[value] = h
			}
			if known[value] != "" {
				continue
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
		}
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
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
	kept, ok := k.Store.Take(old.Key, file, true)
	if !ok {
		return "", nil, false, nil
	}
	k.same[m.Name] = map[string]string{}
	for _, value := range same {
		k.same[m.Name][value] = kept.Parts[value]
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
