package verify

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// describeTable says in what a table differs, by reading its rows.
func (v *verifying) describeTable(a seen, f *Finding) {
	t := v.table(a.file, v.order(a.want))
	switch {
	case t.err != nil:
		f.Nature, f.What = Unreadable, "niet meer te lezen als Parquet"
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
	err       error // it can't be read; the rest says nothing then
}

// table reads a table of the data folder, unless a file with these bytes was read before.
func (v *verifying) table(file string, key []string) table {
	h := v.hash(file)
	if h.err != nil {
		return table{err: h.err}
	}
	return v.known.table(h.sha256+" "+strings.Join(key, " "), func() table { return readTable(v.at(file), key) })
}

// readTable reads a Parquet file with parquet-go, once. A file that is broken may make it panic; that is an error here.
func readTable(name string, key []string) (t table) {
	defer func() {
		if p := recover(); p != nil {
			t = table{err: errors.New("the table can't be read")}
		}
	}()
	var at []int
	var text []bool
	var before, now parquet.Row
	n := int64(0)
	t.rows, t.digest, t.err = control.ScanRows(name, func(schema *parquet.Schema) error {
		for _, name := range key {
			leaf, ok := schema.Lookup(name)
			if !ok {
				return fmt.Errorf("there is no column %s", name)
			}
			at = append(at, leaf.ColumnIndex)
			text = append(text, leaf.Node.Type().Kind() == parquet.ByteArray)
		}
		return nil
	}, func(row parquet.Row) {
		if n++; len(at) == 0 || t.misplaced > 0 {
			return
		}
		now = now[:0]
		for _, column := range at {
			now = append(now, row[column].Clone())
		}
		if n > 1 && compareKey(before, now, text) >= 0 {
			t.misplaced = n
		}
		before, now = now, before
	})
	return t
}

// compareKey compares two keys; an empty value comes last.
func compareKey(a, b parquet.Row, text []bool) int {
	for i, x := range a {
		y := b[i]
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
	var wants []want
	for _, o := range r.Outputs {
		w := want{file: r.in(o.File), digest: o.RowDigest, model: r.model(o)}
		if path.Ext(w.file) == ".parquet" && !broken[w.file] {
			wants = append(wants, w)
		}
	}
	tables := make([]table, len(wants))
	if err := sideBySide(ctx, len(wants), func(i int) { tables[i] = v.table(wants[i].file, v.order(wants[i])) }); err != nil {
		return err
	}
	for i, w := range wants {
		t := tables[i]
		r.result.Tables++
		r.result.Rows += t.rows
		say := func(code Code, what string, a ...any) {
			v.say(Finding{Code: code, Run: r.id, File: w.file, What: fmt.Sprintf(what, a...), Do: "maak de run opnieuw, en meld dit"})
		}
		switch {
		case t.err != nil:
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
	return v.identities(ctx, r, broken)
}

// model is the model that gave an output; nil where it is no table of one.
func (r *run) model(o control.Output) *control.Model {
	if r.models == nil {
		r.models = map[string]*control.Model{}
		for i := range r.Models {
			if m := &r.Models[i]; m.RowDigest != "" {
				r.models[lake.MartName(m.Name)] = m
			}
		}
	}
	return r.models[o.File]
}

// Table reads a table with parquet-go: the digest of its rows, and how many there are.
func Table(file string) (digest string, rows int64, err error) {
	t := readTable(file, nil)
	return t.digest, t.rows, t.err
}
