package naslag

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// nietNagerekend are columns that this reference does not work out: sentences for people, cocktails and the expected cost,
// which have references of their own.
var nietNagerekend = map[string][]string{"bevinding": {"toelichting"}, "ranglijst": {"cocktails", "verwacht_volgend_jaar_ct"}}

// Mart reads a mart that a run wrote.
func Mart(marts fs.FS, naam string) (Tabel, error) {
	t := Tabel{Naam: naam}
	data, err := fs.ReadFile(marts, naam+".parquet")
	if err != nil {
		return t, err
	}
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return t, err
	}
	var kolommen []string
	for _, path := range file.Schema().Columns() {
		kolommen = append(kolommen, strings.Join(path, "."))
	}
	reader := parquet.NewGenericReader[any](file)
	defer reader.Close()
	buf := make([]parquet.Row, 64)
	for {
		n, err := reader.ReadRows(buf)
		for _, rij := range buf[:n] {
			r := Rij{}
			for _, v := range rij {
				r[kolommen[v.Column()]] = waarde(v)
			}
			for _, k := range nietNagerekend[naam] {
				delete(r, k)
			}
			t.Rijen = append(t.Rijen, r)
		}
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return t, err
		}
	}
}

func waarde(v parquet.Value) any {
	switch {
	case v.IsNull():
		return nil
	case v.Kind() == parquet.Boolean:
		return v.Boolean()
	case v.Kind() == parquet.Int32: // the only ones in a mart are days
		return dag(v.Int32()).String()
	case v.Kind() == parquet.Int64:
		return v.Int64()
	case v.Kind() == parquet.Double:
		return v.Double()
	}
	return string(v.ByteArray())
}

// zonderLeeg leaves out what the reference leaves out: steps of the control totals with neither lines nor eurocents, and shares of
// nobody.
func (t Tabel) zonderLeeg() Tabel {
	out := Tabel{Naam: t.Naam}
	switch t.Naam {
	case "koppelgraad":
		for _, r := range t.Rijen {
			if r["personen"] != int64(0) {
				out.Rijen = append(out.Rijen, r)
			}
		}
		return out
	case "controle":
	default:
		return t
	}
	for _, r := range t.Rijen {
		if r["regels"] == nil {
			r["regels"] = int64(0)
		}
		if r["regels"] != int64(0) || r["bedrag_ct"] != int64(0) {
			out.Rijen = append(out.Rijen, r)
		}
	}
	return out
}

// Vergelijk compares a run's marts with the reference, every row, every column and the order of rows. It returns what
// differs, one line a difference.
func (w *Wereld) Vergelijk(marts fs.FS) (verschillen []string, err error) {
	for _, hoort := range w.Marts() {
		is, err := Mart(marts, hoort.Naam)
		if err != nil {
			return nil, err
		}
		verschillen = append(verschillen, hoort.verschil(is.zonderLeeg())...)
	}
	return verschillen, nil
}

// verschil compares two tables row by row, in their order.
func (t Tabel) verschil(is Tabel) (out []string) {
	if len(t.Rijen) != len(is.Rijen) {
		out = append(out, fmt.Sprintf("%s: %d rows, the reference has %d", t.Naam, len(is.Rijen), len(t.Rijen)))
	}
	hier, daar := map[string]bool{}, map[string]bool{}
	for _, r := range t.Rijen {
		hier[r.tekst()] = true
	}
	for _, r := range is.Rijen {
		daar[r.tekst()] = true
	}
	for _, r := range is.Rijen {
		if !hier[r.tekst()] {
			out = append(out, fmt.Sprintf("%s: the mart has       %s", t.Naam, r.tekst()))
		}
	}
	for _, r := range t.Rijen {
		if !daar[r.tekst()] {
			out = append(out, fmt.Sprintf("%s: the reference has  %s", t.Naam, r.tekst()))
		}
	}
	for i := range min(len(t.Rijen), len(is.Rijen)) {
		if len(out) == 0 && t.Rijen[i].tekst() != is.Rijen[i].tekst() {
			out = append(out, fmt.Sprintf("%s: row %d stands in another place", t.Naam, i+1))
		}
	}
	return out
}

func (r Rij) tekst() string {
	var delen []string
	for _, k := range slices.Sorted(maps.Keys(r)) {
		delen = append(delen, k+"="+Tekst(r[k]))
	}
	return strings.Join(delen, " ")
}
