package verify

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// describeTable says in what a table differs, by reading its rows.
func (v *verifying) describeTable(ctx context.Context, a seen, f *Finding) error {
	t, err := readTable(v.at(a.file), v.order(a.want))
	if err != nil {
		f.Nature, f.What = Unreadable, "niet meer te lezen als Parquet"+sums(a)
		return nil
	}
	switch {
	case a.model == nil && a.digest != "" && t.digest == a.digest:
		f.Nature, f.What = SameRows, "dezelfde rijen, in andere bytes"
	case a.model == nil:
		f.Nature, f.What = Values, "andere inhoud dan "+a.by+" noemt; wel te lezen, "+rowsText(t.rows)
	case t.digest == a.model.RowDigest:
		f.Nature, f.What = SameRows, "dezelfde rijen, in andere bytes"
	case t.rows < a.model.Rows:
		f.Nature, f.What = FewerRows, fmt.Sprintf("%s in plaats van %s", rowsText(t.rows), nl.Plain(nl.Int(a.model.Rows)))
	case t.rows > a.model.Rows:
		f.Nature, f.What = MoreRows, fmt.Sprintf("%s in plaats van %s", rowsText(t.rows), nl.Plain(nl.Int(a.model.Rows)))
	case t.misplaced > 0:
		f.Nature, f.What = RowOrder, fmt.Sprintf("rij %d staat niet in de volgorde van de sleutel", t.misplaced)
	default:
		f.Nature, f.What = Values, "evenveel rijen ("+nl.Plain(nl.Int(t.rows))+"), met andere waarden"
	}
	f.What += sums(a)
	return nil
}

func rowsText(n int64) string { return nl.Plain(nl.Count(n, "rij", "rijen")) }

// order is the key of a mart, by which its rows stand; none where this program has another model than the run.
func (v *verifying) order(w want) []string {
	if w.model == nil {
		return nil
	}
	m, err := mart.Header(w.model.Name)
	if err != nil || m.Sha256 != w.model.Sha256 {
		return nil
	}
	return m.Grain
}

// table is what reading a Parquet file gives.
type table struct {
	rows      int64
	digest    string
	misplaced int64 // the first row, from 1, that does not come after the one before it by key; 0: all do
}

// readTable reads a Parquet file with parquet-go. A file that is broken may make it panic; that is an error here.
func readTable(name string, key []string) (t table, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("the table can't be read")
		}
	}()
	if t.digest, err = control.RowDigest(name); err != nil {
		return t, err
	}
	f, err := os.Open(name)
	if err != nil {
		return t, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return t, err
	}
	file, err := parquet.OpenFile(f, st.Size())
	if err != nil {
		return t, err
	}
	t.rows = file.NumRows()
	if len(key) == 0 {
		return t, nil
	}
	var at []int
	var text []bool
	for _, name := range key {
		leaf, ok := file.Schema().Lookup(name)
		if !ok {
			return t, fmt.Errorf("there is no column %s", name)
		}
		at = append(at, leaf.ColumnIndex)
		text = append(text, leaf.Node.Type().Kind() == parquet.ByteArray)
	}
	var before parquet.Row
	n := int64(0)
	rows := make([]parquet.Row, 256)
	for _, group := range file.RowGroups() {
		r := group.Rows()
		for {
			got, err := r.ReadRows(rows)
			for _, row := range rows[:got] {
				n++
				if before != nil && t.misplaced == 0 && compareKey(before, row, at, text) >= 0 {
					t.misplaced = n
				}
				before = row.Clone()
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return t, errors.Join(err, r.Close())
			}
		}
		if err := r.Close(); err != nil {
			return t, err
		}
	}
	return t, nil
}

// compareKey compares two rows by key; an empty value comes last.
func compareKey(a, b parquet.Row, at []int, text []bool) int {
	for i, column := range at {
		x, y := a[column], b[column]
		c := 0
		switch {
		case x.IsNull() || y.IsNull():
			c = cmp.Compare(boolInt(x.IsNull()), boolInt(y.IsNull()))
		case text[i]:
			c = bytes.Compare(x.ByteArray(), y.ByteArray())
		case x.Kind() == parquet.Boolean:
			c = cmp.Compare(boolInt(x.Boolean()), boolInt(y.Boolean()))
		case x.Kind() == parquet.Double:
			c = cmp.Compare(x.Double(), y.Double())
		case x.Kind() == parquet.Int32:
			c = cmp.Compare(x.Int32(), y.Int32())
		default:
			c = cmp.Compare(x.Int64(), y.Int64())
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// inside reads the tables of a run and adds up again what has to agree. What a changed file says is said of that file; its sums show what it touches.
func (v *verifying) inside(ctx context.Context, r *run) error {
	broken := map[string]bool{}
	for _, c := range v.changed {
		if c.run == r.id {
			broken[c.file] = true
		}
	}
	for _, o := range r.Outputs {
		file := path.Join("runs", r.id, o.File)
		if path.Ext(file) != ".parquet" || broken[file] {
			continue
		}
		at := slices.IndexFunc(r.Models, func(m control.Model) bool { return o.File == lake.MartName(m.Name) && m.RowDigest != "" })
		w := want{file: file, digest: o.RowDigest}
		if at >= 0 {
			w.model = &r.Models[at]
		}
		t, err := readTable(v.at(file), v.order(w))
		r.result.Tables++
		r.result.Rows += t.rows
		say := func(code Code, what string, a ...any) {
			v.say(Finding{Code: code, Run: r.id, File: file, What: fmt.Sprintf(what, a...), Do: "maak de run opnieuw, en meld dit"})
		}
		switch {
		case err != nil:
			say(Rows, "niet te lezen als Parquet, al is het bestand wat de run schreef")
		case w.digest != "" && t.digest != w.digest:
			say(Rows, "andere rijen dan het manifest noemt, al is het bestand wat de run schreef")
		case w.model == nil:
		case t.digest != w.model.RowDigest || t.rows != w.model.Rows:
			say(Rows, "andere rijen dan het manifest noemt, al is het bestand wat de run schreef")
		case t.misplaced > 0:
			say(Order, "rij %d staat niet in de volgorde van de sleutel (%s)", t.misplaced, strings.Join(v.order(w), ", "))
		}
	}
	return v.identities(ctx, r)
}

// Table reads a table with parquet-go: the digest of its rows, and how many there are.
func Table(file string) (digest string, rows int64, err error) {
	t, err := readTable(file, nil)
	return t.digest, t.rows, err
}
