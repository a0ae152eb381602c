package analist

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/seen"
)

// supplierBlock is what goes back to one supplier: refused files and lines in quarantine. It is made to be copied into a
// mail, so it holds files, line numbers, columns and reasons, and never a household, a person or the text of a line.
type supplierBlock struct {
	Name    string // as the delivery notes have it; empty when no note says
	Kinds   []string
	Refused []mart.Levering
	Faults  []fault
	Points  []point
	Files   int   // accepted files with lines in quarantine
	Lines   int64 // lines in quarantine of accepted files; a line with two faults is one line
}

// fault is a row of mart quarantaine with what to do about it.
type fault struct {
	mart.Quarantaine
	Refused bool // the whole file is refused
	Remedy  string
}

// unknownSupplier stands where no delivery note names a supplier.
const unknownSupplier = "leverancier onbekend"

// Title is the supplier's name, or that it is not known.
func (b supplierBlock) Title() string { return cmp.Or(b.Name, unknownSupplier) }

// Summary is the first sentence of the block.
func (b supplierBlock) Summary() string {
	var parts []string
	if n := int64(len(b.Refused)); n > 0 {
		parts = append(parts, nl.Count(n, "bestand is", "bestanden zijn")+" geweigerd: geen regel daarvan telt mee")
	}
	if b.Lines > 0 {
		parts = append(parts, fmt.Sprintf("%s in %s %s apart gezet: alleen die %s niet mee", nl.Count(b.Lines, "regel", "regels"),
			nl.Count(int64(b.Files), "bestand", "bestanden"), nl.Form(b.Lines, "is", "zijn"), nl.Form(b.Lines, "regel telt", "regels tellen")))
	}
	if n := int64(len(b.Points)); n > 0 {
		parts = append(parts, nl.Count(n, "ding valt", "dingen vallen")+" op in regels die wel meetellen")
	}
	return strings.Join(parts, "; ")
}

// RefusedShown are the refused files on the page.
func (b supplierBlock) RefusedShown() []mart.Levering {
	return b.Refused[:min(len(b.Refused), pageFiles)]
}

// PointsShown are the points on the page.
func (b supplierBlock) PointsShown() []point { return b.Points[:min(len(b.Points), pageFiles)] }

// fileFaults are the faults of one file.
type fileFaults struct {
	Name    string
	Refused bool
	Faults  []fault
}

// FilesShown are the faults on the page by file: those with the most lines when there are more than fit. Shown counts them.
func (b supplierBlock) FilesShown() (out []fileFaults) {
	for _, f := range b.shown() {
		if n := len(out); n == 0 || out[n-1].Name != f.Bestand {
			out = append(out, fileFaults{Name: f.Bestand, Refused: f.Refused})
		}
		last := &out[len(out)-1]
		last.Faults = append(last.Faults, f)
	}
	return out
}

// Title is the file, and whether it is refused.
func (f fileFaults) Title() string {
	if f.Refused {
		return f.Name + " (geweigerd)"
	}
	return f.Name
}

// Most says which of the faults the page shows, when it does not show them all.
func (b supplierBlock) Most() string {
	if b.Shown() == len(b.Faults) {
		return ""
	}
	return fmt.Sprintf(", de %d met de meeste regels van %d", b.Shown(), len(b.Faults))
}

// Shown is how many of the faults FilesShown holds.
func (b supplierBlock) Shown() int { return len(b.shown()) }

func (b supplierBlock) shown() []fault {
	if len(b.Faults) <= pageFiles {
		return b.Faults
	}
	at := make([]int, len(b.Faults))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(i, j int) int { return cmp.Compare(b.Faults[j].Regels, b.Faults[i].Regels) })
	at = at[:pageFiles]
	slices.Sort(at)
	out := make([]fault, len(at))
	for i, k := range at {
		out[i] = b.Faults[k]
	}
	return out
}

// groupSuppliers makes a block for every supplier that has something to repair, by name, the unknown one last.
func (s *supply) groupSuppliers() {
	type file struct{ kind, name string }
	delivered := map[file]mart.Levering{}
	blocks := map[string]*supplierBlock{}
	block := func(name, kind string) *supplierBlock {
		b := blocks[name]
		if b == nil {
			b = &supplierBlock{Name: name}
			blocks[name] = b
		}
		if !slices.Contains(b.Kinds, kind) {
			b.Kinds = append(b.Kinds, kind)
		}
		return b
	}
	for _, d := range s.Deliveries {
		d.Leverancier = strings.TrimSpace(d.Leverancier)
		delivered[file{d.Kind, d.Bestand}] = d
		if d.Status == refused {
			b := block(d.Leverancier, d.Kind)
			b.Refused = append(b.Refused, d)
		}
	}
	counted := map[file]bool{}
	for _, q := range s.Quarantine {
		f := file{q.Kind, q.Bestand}
		d := delivered[f]
		b := block(d.Leverancier, q.Kind)
		remedy, _ := nl.Remedy(q.RegelCode)
		b.Faults = append(b.Faults, fault{q, d.Status == refused, remedy})
		if !counted[f] && d.Status != refused {
			counted[f] = true
			b.Files++
			b.Lines += d.Quarantaine
		}
	}
	for _, p := range s.points {
		b := block(p.Supplier, p.Kind)
		b.Points = append(b.Points, p)
	}
	for _, b := range blocks {
		slices.SortFunc(b.Kinds, reports.ByKind)
		slices.SortFunc(b.Points, func(x, y point) int {
			return cmp.Or(reports.ByKind(x.Kind, y.Kind), cmp.Compare(x.File, y.File), cmp.Compare(seen.FindingRank(x.Code), seen.FindingRank(y.Code)),
				cmp.Compare(x.Code, y.Code), cmp.Compare(x.Reason, y.Reason))
		})
		slices.SortFunc(b.Refused, func(x, y mart.Levering) int {
			return cmp.Or(reports.ByKind(x.Kind, y.Kind), cmp.Compare(x.Bestand, y.Bestand))
		})
		slices.SortFunc(b.Faults, func(x, y fault) int {
			return cmp.Or(reports.ByKind(x.Kind, y.Kind), cmp.Compare(x.Bestand, y.Bestand), cmp.Compare(x.EersteRegel, y.EersteRegel),
				cmp.Compare(x.Kolom, y.Kolom), cmp.Compare(x.RegelCode, y.RegelCode))
		})
		s.Suppliers = append(s.Suppliers, *b)
	}
	slices.SortFunc(s.Suppliers, func(x, y supplierBlock) int {
		if (x.Name == "") != (y.Name == "") {
			return cmp.Compare(y.Name, x.Name)
		}
		return cmp.Compare(x.Name, y.Name)
	})
}

// refused is the status of a delivery of which nothing is used.
const refused = "geweigerd"

// RefusedFiles and QuarantinedLines count over all suppliers.
func (s supply) RefusedFiles() int64 {
	var n int64
	for _, b := range s.Suppliers {
		n += int64(len(b.Refused))
	}
	return n
}

// QuarantinedLines counts the lines in quarantine of accepted files.
func (s supply) QuarantinedLines() int64 {
	var n int64
	for _, b := range s.Suppliers {
		n += b.Lines
	}
	return n
}

// Reason is why a file is refused and what to do, without the name of the file, which stands beside it: a message begins
// with `bestand: ` or `bestand:regel: `, and one about the delivery note with the name of the note.
func (p *page) Reason(d mart.Levering) string {
	rest, ok := strings.CutPrefix(d.Reden, d.Bestand)
	parts := placed.FindStringSubmatch(rest)
	if !ok || parts == nil {
		return d.Reden
	}
	var at []string
	if parts[1] != "" {
		at = append(at, "leveringsbrief")
	}
	if parts[2] != "" {
		at = append(at, "regel "+parts[2])
	}
	if len(at) == 0 {
		return parts[3]
	}
	return strings.Join(at, ", ") + ": " + parts[3]
}

var placed = regexp.MustCompile(`^(\.levering\.yaml)?(?::(\d+))?: (.*)$`)

// returned is a row of what goes back to suppliers: a refused file or a fault in it.
type returned struct {
	Supplier, Kind, File, What, Code, Column, Reason, Remedy string
	Lines, First                                             *int64
}

// refusedRemedy stands beside a refused file; what exactly is wrong, and mostly what to do, is in its reason.
const refusedRemedy = "Herstel wat er bij de reden staat en lever het hele bestand opnieuw, onder dezelfde naam en met een leveringsbrief."

// Returned are all blocks as rows, per supplier refused files first and what only stands out last.
func (s supply) Returned() []returned {
	var out []returned
	for _, b := range s.Suppliers {
		for _, d := range b.Refused {
			out = append(out, returned{Supplier: b.Title(), Kind: d.Kind, File: d.Bestand, What: "bestand geweigerd", Reason: d.Reden,
				Remedy: refusedRemedy})
		}
		for _, f := range b.Faults {
			what := "regels in quarantaine"
			if f.Refused {
				what = "regels in geweigerd bestand"
			}
			out = append(out, returned{Supplier: b.Title(), Kind: f.Kind, File: f.Bestand, What: what, Code: f.RegelCode, Column: f.Kolom,
				Reason: f.Reden, Remedy: f.Remedy, Lines: &f.Regels, First: &f.EersteRegel})
		}
		for _, p := range b.Points {
			out = append(out, returned{Supplier: b.Title(), Kind: p.Kind, File: p.File, What: "valt op", Code: p.Code, Reason: p.Reason,
				Remedy: p.Remedy, Lines: p.Lines, First: p.First})
		}
	}
	return out
}
