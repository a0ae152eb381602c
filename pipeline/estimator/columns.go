package estimator

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stapel/config"
	"stapel/pipeline/exit"
)

// form is how the CSV is written.
type form struct {
	Separator string `yaml:"scheiding"` // ; or , and by default ;
	Decimal   string `yaml:"decimaal"`  // , or . and by default ,
}

// columns are those of a CSV, and what was read of them so far. The first thing wrong stays in err, so that one looks at it once.
type columns struct {
	file   string
	header []string
	rows   [][]string
	lines  []int // of the file, from 1, on which a row begins
	number *regexp.Regexp
	point  string // the decimal sign
	used   map[string]string
	err    error
}

// readColumns reads a CSV as RFC 4180 has it, with a header line. It is UTF-8, and every row is as long as the header.
func readColumns(opt Options, data []byte, f form) (*columns, error) {
	if f.Separator == "" {
		f.Separator = ";"
	}
	if f.Decimal == "" {
		f.Decimal = ","
	}
	if f.Separator != ";" && f.Separator != "," {
		return nil, exit.Misuse("use ; or ,", "%s: csv: scheiding is not known", opt.Spec)
	}
	if f.Decimal != "." && f.Decimal != "," || f.Decimal == f.Separator {
		return nil, exit.Misuse("use . or , and another sign than scheiding", "%s: csv: decimaal is not known", opt.Spec)
	}
	var bad *config.TextError
	if err := config.CheckText(data); errors.As(err, &bad) {
		return nil, exit.Misuse("save it as CSV in UTF-8", "%s: line %d: %s", opt.CSV, bad.Line, bad.Why)
	}
	c := &columns{file: opt.CSV, point: f.Decimal, used: map[string]string{}}
	c.number = regexp.MustCompile(`^[+-]?[0-9]+(?:` + regexp.QuoteMeta(f.Decimal) + `[0-9]+)?(?:[eE][+-]?[0-9]+)?$`)
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.FieldsPerRecord = rune(f.Separator[0]), -1
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return nil, exit.Misuse("put a text that holds the sign between columns, a quote or a line break between quotes",
				"%s: line %d: the quotes do not fit", opt.CSV, wrong.Line)
		}
		line, _ := r.FieldPos(0)
		switch {
		case c.header == nil:
			c.header = row
			for i, name := range row {
				if at := slices.Index(row[:i], name); at >= 0 {
					return nil, exit.Misuse("give every column a name of its own", "%s: column %d has the name of column %d", opt.CSV, i+1, at+1)
				}
			}
		case len(row) != len(c.header):
			return nil, exit.Misuse("look at the sign between columns in the spec (scheiding)", "%s: line %d: %d cells under %d columns",
				opt.CSV, line, len(row), len(c.header))
		default:
			c.rows, c.lines = append(c.rows, row), append(c.lines, line)
		}
	}
	if len(c.rows) == 0 {
		return nil, exit.Misuse("give a header line and rows below it", "%s: there are no rows", opt.CSV)
	}
	return c, nil
}

// wrong keeps the first thing that is wrong.
func (c *columns) wrong(err error) {
	if c.err == nil {
		c.err = err
	}
}

// cells are those of a column; parse says what is wrong with one, or "".
func (c *columns) cells(role, name string, parse func(i int, cell string) string) bool {
	if name == "" {
		c.none(role)
		return false
	}
	at := slices.Index(c.header, name)
	if at < 0 {
		c.wrong(exit.Misuse("name one of the header line", "%s: there is no column %s", c.file, name))
		return false
	}
	c.used[role] = name
	for i, row := range c.rows {
		cell := strings.TrimSpace(row[at])
		why := "the cell is empty"
		if cell != "" {
			why = parse(i, cell)
		}
		if why != "" {
			c.bad(i, name, why)
			return false
		}
	}
	return true
}

// numbers reads a column of numbers.
func (c *columns) numbers(role, name string) []float64 {
	out := make([]float64, len(c.rows))
	c.cells(role, name, func(i int, cell string) string {
		if !c.number.MatchString(cell) {
			return "this is no number as the spec has it (decimaal)"
		}
		v, err := strconv.ParseFloat(strings.Replace(cell, c.point, ".", 1), 64)
		if err != nil || math.IsInf(v, 0) {
			return "this number is too large"
		}
		out[i] = v
		return ""
	})
	return out
}

// whole reads a column of whole numbers, at least least.
func (c *columns) whole(role, name string, least int64) []int64 {
	out := make([]int64, len(c.rows))
	c.cells(role, name, func(i int, cell string) string {
		v, err := strconv.ParseInt(cell, 10, 64)
		switch {
		case err != nil:
			return "this is no whole number"
		case v < least:
			return "this number is too small"
		}
		out[i] = v
		return ""
	})
	return out
}

var yes = map[string]bool{"1": true, "ja": true, "true": true, "0": false, "nee": false, "false": false}

// yesNo reads a column of ja or nee.
func (c *columns) yesNo(role, name string) []bool {
	out := make([]bool, len(c.rows))
	c.cells(role, name, func(i int, cell string) string {
		v, ok := yes[strings.ToLower(cell)]
		if !ok {
			return "use ja or nee, 1 or 0, true or false"
		}
		out[i] = v
		return ""
	})
	return out
}

// texts reads a column of texts; all are empty when no column is named and it may be left out.
func (c *columns) texts(role, name string, optional bool) []string {
	out := make([]string, len(c.rows))
	if name != "" || !optional {
		c.cells(role, name, func(i int, cell string) string { out[i] = cell; return "" })
	}
	return out
}

// labels reads a column of texts as labels from 0, in the order of the texts, with the text of each; all are 0 and the one text empty when no column is
// named and it may be left out.
func (c *columns) labels(role, name string, optional bool) (labels []int, names []string) {
	cells := c.texts(role, name, optional)
	names = slices.Compact(slices.Sorted(slices.Values(cells)))
	labels = make([]int, len(cells))
	for i, cell := range cells {
		labels[i], _ = slices.BinarySearch(names, cell)
	}
	return labels, names
}

// matrix reads columns beside each other, a row of numbers for each row of the file.
func (c *columns) matrix(role string, names []string) [][]float64 {
	out := make([][]float64, len(c.rows))
	if len(names) == 0 {
		c.none(role)
	}
	for i, name := range names {
		for row, v := range c.numbers(fmt.Sprintf("%s %d", role, i+1), name) {
			out[row] = append(out[row], v)
		}
	}
	return out
}

// list reads columns of numbers beside each other, each by itself; nil when none is named.
func (c *columns) list(role string, names []string) [][]float64 {
	var out [][]float64
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			c.wrong(exit.Misuse("name each column once", "column %s was named twice for %s", name, role))
		}
		out = append(out, c.numbers(fmt.Sprintf("%s %d", role, i+1), name))
	}
	return out
}

// weights reads a column of weights, 0 or more; nil, all 1, when none is named.
func (c *columns) weights(name string) []float64 {
	if name == "" {
		return nil
	}
	out := c.numbers("gewicht", name)
	for i, w := range out {
		if w < 0 {
			c.bad(i, name, "this number is too small")
		}
	}
	return out
}

// optional reads a column of texts as labels; nil when none is named.
func (c *columns) optional(role, name string) []int {
	if name == "" {
		return nil
	}
	labels, _ := c.labels(role, name, false)
	return labels
}

// none says that no column was named.
func (c *columns) none(role string) {
	c.wrong(exit.Misuse("name it in the spec, below kolommen", "no column was named for %s", role))
}

// bad keeps what is wrong with a cell, if it is the first thing wrong.
func (c *columns) bad(row int, column, why string) {
	c.wrong(exit.Misuse("mend the file; what is unknown has no place in it", "%s: line %d: column %s: %s", c.file, c.lines[row], column, why))
}

// group splits rows by label: the rows of each, in their order.
func group(labels []int, n int) [][]int {
	out := make([][]int, n)
	for i, l := range labels {
		out[l] = append(out[l], i)
	}
	return out
}

// pick takes the values at places.
func pick[T any](values []T, places []int) []T {
	out := make([]T, len(places))
	for i, p := range places {
		out[i] = values[p]
	}
	return out
}

// known is a number for JSON: nil when it is none, or without end.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}
