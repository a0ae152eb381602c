package sample

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"stapel/pipeline/mus"
)

// Rows of the sheet that computes: a summary of each direction above, a row a hit below.
const (
	sumsHead = 3
	hitsHead = 11
	hitsRow  = 12
)

// blockWidth is how many columns a side takes, with one left free.
const blockWidth = 8

// sums writes the sheet that works the bounds out by formulas on what is filled in: a check on what stapel says, which does not use them.
func (b *book) sums() {
	sides := []mus.Side{mus.Debit, mus.Credit}
	grid := map[[2]int]excelize.Cell{} // row, column from 0
	most := hitsRow
	for s, side := range sides {
		part := b.p.Parts[s]
		if part.Lines == 0 {
			continue
		}
		most = max(most, b.block(grid, s*blockWidth, side, part))
	}
	widths := []float64{8, 12, 12, 14, 14, 14, 14, 3, 8, 12, 12, 14, 14, 14, 14}
	b.rows(sumsSheet, widths, func(set func(row int, cells ...any)) {
		set(1, excelize.Cell{StyleID: b.bold, Value: "Rekent mee terwijl u invult, als controle op wat stapel sample --evaluate zegt. Bedragen in euro's."})
		for row := sumsHead; row <= most; row++ {
			cells := make([]any, len(widths))
			for col := range widths {
				if c, ok := grid[[2]int{row, col}]; ok {
					cells[col] = c
				}
			}
			set(row, cells...)
		}
	})
}

// block puts what belongs to a side in the grid, and gives its last row. Columns: hit, R_j, R_j - R_(j-1), line on the other sheet, error as a part,
// those that are too high from large to small, and those too low.
func (b *book) block(grid map[[2]int]excelize.Cell, left int, side mus.Side, part mus.Part) int {
	d := b.p.draw()
	put := func(row, col, style int, value any, formula string) {
		grid[[2]int{row, left + col}] = excelize.Cell{StyleID: style, Value: value, Formula: formula}
	}
	name := func(col int) string {
		n, err := excelize.ColumnNumberToName(left + col + 1)
		b.do(err)
		return n
	}
	var rows []int // of hits, on the sheet with lines
	for i, it := range b.p.Items {
		if it.Side == side && !it.Top {
			for range it.Hits {
				rows = append(rows, firstRow+i)
			}
		}
	}
	last := hitsRow + max(len(rows), 1) - 1
	all := func(col int) string { return fmt.Sprintf("%[1]s%[2]d:%[1]s%[3]d", name(col), hitsRow, last) }
	items := firstRow + len(b.p.Items) - 1
	column := func(c string) string {
		return fmt.Sprintf("%[1]s!$%[2]s$%[3]d:$%[2]s$%[4]d", linesSheet, c, firstRow, items)
	}
	put(sumsHead, 0, b.bold, string(side), "")
	put(sumsHead, 1, b.bold, "interval", "")
	put(sumsHead, 2, b.euro, euros(part.Interval), "")
	for i, head := range []string{"te hoog", "te laag"} {
		put(sumsHead, 5+i, b.bold, head, "")
	}
	first := d.Factor(part, 0)
	labels := []string{"fout in geheel gecontroleerde regels", "meest waarschijnlijke fout", "basisprecisie", "grens van Stringer", "hoogstens, want meer is er niet", "bovengrens"}
	for i, l := range labels {
		put(sumsHead+1+i, 0, b.text, l, "")
	}
	for i, compare := range []string{">0", "<0"} {
		if side == mus.Credit {
			compare = []string{"<0", ">0"}[i]
		}
		turn := map[string]string{">0": "", "<0": "-"}[compare]
		col := 5 + i
		top := fmt.Sprintf(`%sSUMIFS(%s,%s,"%s",%s,"geheel",%s,"%s")`, turn, column(colError), column("B"), side, column("C"),
			column(colError), compare)
		put(sumsHead+1, col, b.euro, 0.0, top)
		put(sumsHead+2, col, b.euro, 0.0, fmt.Sprintf("%s*SUM(%s)+%s%d", name(2)+fmt.Sprint(sumsHead), all(col), name(col), sumsHead+1))
		basis, rest := 0.0, "0"
		if part.Interval > 0 {
			basis = euros(part.Interval) * first
			rest = fmt.Sprintf("%[1]s%[2]d*%[3]s%[4]d+%[1]s%[2]d*SUMPRODUCT(%[5]s,%[6]s)", name(2), sumsHead, name(1), hitsHead-1,
				all(2), all(col))
		}
		put(sumsHead+3, col, b.euro, basis, fmt.Sprintf("%s%d*%s%d", name(2), sumsHead, name(1), hitsHead-1))
		put(sumsHead+4, col, b.euro, basis, rest)
		bound := fmt.Sprintf("%s%d", name(col), sumsHead+4)
		if i == 0 { // no more can be too high than there is, unless a line is wrong for more than itself
			put(sumsHead+5, col, b.euro, euros(part.Rest()), fmt.Sprintf("IF(MAX(%s)>1,1E+15,%.2f)", all(col), euros(part.Rest())))
			basis, bound = min(basis, euros(part.Rest())), fmt.Sprintf("MIN(%s,%s%d)", bound, name(col), sumsHead+5)
		}
		put(sumsHead+6, col, b.total, basis, fmt.Sprintf("%s+%s%d", bound, name(col), sumsHead+1))
	}
	put(hitsHead-1, 0, b.text, "R0", "")
	if part.Interval > 0 {
		put(hitsHead-1, 1, b.factor, first, "")
	} else {
		put(hitsHead-1, 1, b.factor, 0.0, "")
	}
	for i, head := range []string{"treffer j", "R j", "R j - R j-1", "regel nr", "fout als deel", "te hoog", "te laag"} {
		put(hitsHead, i, b.head, head, "")
	}
	before := first
	for j, row := range rows {
		at := hitsRow + j
		now := d.Factor(part, j+1)
		put(at, 0, b.count, j+1, "")
		put(at, 1, b.factor, now, "")
		put(at, 2, b.factor, now-before, "")
		put(at, 3, b.count, row-firstRow+1, "")
		put(at, 4, b.share, 0.0, fmt.Sprintf("N(%s!$%s$%d)", linesSheet, colTaint, row))
		put(at, 5, b.share, 0.0, fmt.Sprintf("MAX(0,LARGE($%[1]s$%[2]d:$%[1]s$%[3]d,%[4]d))", name(4), hitsRow, last, j+1))
		put(at, 6, b.share, 0.0, fmt.Sprintf("MAX(0,-SMALL($%[1]s$%[2]d:$%[1]s$%[3]d,%[4]d))", name(4), hitsRow, last, j+1))
		before = now
	}
	return last
}
