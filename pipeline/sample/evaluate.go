package sample

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/mus"
)

// Evaluated is what a filled-in paper says.
type Evaluated struct {
	Run        string   `json:"run_id"`
	Figure     string   `json:"cijfer"`
	Sum        int64    `json:"cijfer_ct"`
	Draw       string   `json:"trekking_sha256"`
	Population string   `json:"populatie_sha256"`
	Lines      int      `json:"populatie_regels"`
	Plan       mus.Plan `json:"plan"`
	*mus.Result
	Conclusion []string `json:"conclusie"` // sentences
}

const (
	mostBook     = 64 << 20  // of a workbook
	mostUnpacked = 512 << 20 // of what is in it
)

const bookRemedy = "fill in the workbook that `stapel sample` wrote, and leave the rest of it as it was"

// Evaluate reads a filled-in workbook with the record beside it, and refuses one in which anything but the audited amounts and remarks is not as it was
// drawn, or in which an amount is missing.
func Evaluate(file string) (*Evaluated, error) {
	name := strings.TrimSuffix(file, ".xlsx")
	if name == file {
		return nil, exit.Misuse(bookRemedy, "--evaluate takes an .xlsx file")
	}
	record, err := read(name+recordSuffix, maxRecordSize)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exit.Misuse("put the .json file that was written with the workbook beside it, under the same name",
			"the record of this draw is not beside the workbook: %s", filepath.Base(name+recordSuffix))
	}
	if err != nil {
		return nil, err
	}
	paper, err := ReadRecord(record)
	if err != nil {
		return nil, exit.Misuse("use the .json file as it was written, or draw again with the same seed", "the record %s: %s",
			filepath.Base(name+recordSuffix), err.Error())
	}
	data, err := read(file, mostBook)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exit.Misuse(bookRemedy, "there is no workbook %s", filepath.Base(file))
	}
	if err != nil {
		return nil, err
	}
	audited, err := paper.audited(data)
	if err != nil {
		return nil, err
	}
	result, err := paper.draw().Evaluate(audited)
	if err != nil {
		return nil, err
	}
	e := &Evaluated{Run: paper.Run, Figure: paper.Figure, Sum: paper.Sum, Draw: paper.Draw, Population: paper.Population, Lines: paper.Lines,
		Plan: paper.Plan, Result: result}
	e.Conclusion = e.conclude()
	return e, nil
}

func read(file string, most int64) ([]byte, error) {
	if _, err := os.Stat(file); err != nil {
		return nil, err
	}
	data, err := config.ReadFile(file, most)
	if err != nil {
		return nil, exit.Misuse(bookRemedy, "%s can't be read: %v", filepath.Base(file), err)
	}
	return data, nil
}

// audited reads the amounts, one for each selected line, in eurocents.
func (p *Paper) audited(data []byte) (_ []int64, err error) {
	book, err := excelize.OpenReader(bytes.NewReader(data),
		excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked / 4})
	if err != nil {
		return nil, exit.Misuse(bookRemedy, "it is no workbook, or a damaged one")
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	rows, err := book.GetRows(linesSheet)
	if err != nil {
		return nil, exit.Misuse(bookRemedy, "the workbook has no sheet %s", linesSheet)
	}
	at := func(row, col int) string {
		if row > len(rows) || col >= len(rows[row-1]) {
			return ""
		}
		return rows[row-1][col]
	}
	for i, h := range headings {
		if at(headRow, i) != h {
			return nil, exit.Misuse(bookRemedy, "sheet %s, row %d: a heading is not as it was", linesSheet, headRow)
		}
	}
	r := reader{}
	for i, it := range p.Items {
		row := firstRow + i
		for col, want := range []string{strconv.Itoa(it.Nr), string(it.Side), it.chosenWords(), it.Kind, it.File, strconv.FormatInt(it.Row, 10),
			it.Window, it.Domain, it.Payer} {
			if got := at(row, col); got != want && !r.sameNumber(got, want) {
				return nil, exit.Misuse(bookRemedy, "sheet %s, row %d: column %s is not as it was drawn", linesSheet, row, headings[col])
			}
		}
		for col, want := range map[int]int64{11: it.WholeCt, 12: it.BookCt, 13: int64(it.Hits) * 100} {
			if ct, ok := cents(at(row, col)); !ok || ct != want {
				return nil, exit.Misuse(bookRemedy, "sheet %s, row %d: column %s is not as it was drawn", linesSheet, row, headings[col])
			}
		}
		if err := r.amount(book, fmt.Sprint(colAudited, row), at(row, 14), row); err != nil {
			return nil, err
		}
	}
	for row := firstRow + len(p.Items); row <= len(rows); row++ {
		if strings.TrimSpace(strings.Join(rows[row-1], "")) != "" {
			return nil, exit.Misuse(bookRemedy, "sheet %s, row %d: there is a row that was not drawn", linesSheet, row)
		}
	}
	if r.empty > 0 {
		return nil, exit.Misuse("fill in every line, with the book value where nothing is wrong; no amount is not an amount of 0",
			"sheet %s: %d of %d lines have no audited amount, the first in row %d", linesSheet, r.empty, len(p.Items), r.first)
	}
	return r.amounts, nil
}

// reader gathers amounts, and counts the lines without.
type reader struct {
	amounts      []int64
	empty, first int
}

func (reader) sameNumber(got, want string) bool {
	a, err1 := strconv.ParseFloat(got, 64)
	b, err2 := strconv.ParseFloat(want, 64)
	return err1 == nil && err2 == nil && a == b
}

func (r *reader) amount(book *excelize.File, cell, raw string, row int) error {
	if strings.TrimSpace(raw) == "" {
		if r.empty == 0 {
			r.first = row
		}
		r.empty++
		return nil
	}
	typ, err := book.GetCellType(linesSheet, cell)
	number := err == nil && (typ == excelize.CellTypeUnset || typ == excelize.CellTypeNumber || typ == excelize.CellTypeFormula)
	ct, ok := cents(raw)
	if !number || !ok {
		return exit.Misuse("write a number with at most two decimals, not text", "sheet %s, row %d: the audited amount is no amount in euros", linesSheet, row)
	}
	r.amounts = append(r.amounts, ct)
	return nil
}

// cents is a number of euros as a spreadsheet keeps it, which may be off by what a float is; false when it is none, or has parts of cents.
func cents(raw string) (int64, bool) {
	x, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(x) || math.Abs(x) >= 1e12 {
		return 0, false
	}
	ct := math.Round(x * 100)
	return int64(ct), math.Abs(x*100-ct) < 1e-6*max(1, math.Abs(x))
}
