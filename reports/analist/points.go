package analist

import (
	"context"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/seen"
)

// point is something that stands out in lines which count, and that a supplier has to look at. It holds no amounts: of one line that
// would be a cell.
type point struct {
	Supplier, Kind string
	File           string // empty: about all files of the kind
	Code           string
	Lines, First   *int64 // lines it is about, and the first of them; nil for a file as a whole
	Reason, Remedy string
}

// linkCode is the code of persons who are not found, which are counted and no finding of mart bevinding.
const linkCode = "koppelgraad"

// delivered finds deliveries by kind and file.
type delivered map[[2]string]mart.Levering

func newDelivered(all []mart.Levering) delivered {
	d := delivered{}
	for _, l := range all {
		d[[2]string{l.Kind, l.Bestand}] = l
	}
	return d
}

func (d delivered) supplier(kind, file string) string {
	return strings.TrimSpace(d[[2]string{kind, file}].Leverancier)
}

// place cuts the key of a finding into its file and line.
func (d delivered) place(kind, key string) (file string, line int64) {
	if _, whole := d[[2]string{kind, key}]; whole {
		return key, 0
	}
	if i := strings.LastIndexByte(key, ':'); i > 0 {
		if n, err := strconv.ParseInt(key[i+1:], 10, 64); err == nil {
			return key[:i], n
		}
	}
	return key, 0
}

// findingPoints are the findings a supplier has to look at, added up per file.
func findingPoints(ctx context.Context, marts fs.FS, deliveries []mart.Levering) ([]point, error) {
	files := newDelivered(deliveries)
	at := map[[3]string]int{}
	var out []point
	err := mart.ScanIfThere(ctx, marts, mart.Findings, func(row *mart.Bevinding) error {
		remedy := nl.SupplierAdvice(row.RegelCode)
		if remedy == "" {
			return nil
		}
		file, line := files.place(row.Onderwerp, row.Sleutel)
		k := [3]string{row.Onderwerp, file, row.RegelCode}
		i, seen := at[k]
		if !seen {
			i = len(out)
			at[k] = i
			out = append(out, point{Supplier: files.supplier(row.Onderwerp, file), Kind: row.Onderwerp, File: file, Code: row.RegelCode,
				Reason: nl.Meaning(row.RegelCode), Remedy: remedy})
		}
		p := &out[i]
		if row.Regels != nil {
			n := mart.Value(p.Lines) + *row.Regels
			p.Lines = &n
		}
		if line > 0 && (p.First == nil || line < *p.First) {
			p.First = &line
		}
		return nil
	})
	return out, err
}

// linkPoints are the files of which too few persons are found. Where no file of a kind is judged for itself, all who deliver the kind are
// asked.
func linkPoints(links []seen.Link, deliveries []mart.Levering) []point {
	files := newDelivered(deliveries)
	judged := map[string]bool{}
	var out []point
	add := func(supplier, file string, l seen.Link) {
		out = append(out, point{Supplier: supplier, Kind: l.Kind, File: file, Code: linkCode, Reason: l.Sentence(func(code string) string { return code }), Remedy: nl.LinkAdvice})
	}
	for _, l := range links {
		if l.Bad() && l.File != seen.Every {
			judged[l.Kind] = true
			add(files.supplier(l.Kind, l.File), l.File, l)
		}
	}
	for _, l := range links {
		if !l.Silent() || judged[l.Kind] {
			continue
		}
		var asked []string
		for _, d := range deliveries {
			name := strings.TrimSpace(d.Leverancier)
			if d.Kind == l.Kind && d.Status == "geaccepteerd" && !slices.Contains(asked, name) {
				asked = append(asked, name)
				add(name, "", l)
			}
		}
	}
	return out
}
