package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// fillinCmd is the command `fillin FILES [nr=amount ...]`: it fills in the book value of every line of a work paper of `stapel sample`, or another amount for
// some.
func fillinCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: fillin file [nr=amount ...]")
	}
	files, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(files) != 1 {
		ts.Fatalf("%s is %d files", args[0], len(files))
	}
	other := map[string]string{}
	for _, a := range args[1:] {
		nr, amount, _ := strings.Cut(a, "=")
		other[nr] = amount
	}
	book, err := excelize.OpenFile(files[0])
	ts.Check(err)
	defer book.Close()
	const sheet, first = "Steekproef", 4
	rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
	ts.Check(err)
	for i, row := range rows[first-1:] {
		amount := row[12]
		if a, ok := other[row[0]]; ok {
			amount = a
		}
		euros, err := strconv.ParseFloat(amount, 64)
		ts.Check(err)
		ts.Check(book.SetCellFloat(sheet, fmt.Sprint("O", first+i), euros, 2, 64))
	}
	ts.Check(book.Save())
}
