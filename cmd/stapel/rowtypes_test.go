package main

import (
	"testing"

	marts "stapel/reports/mart"
)

// TestRowTypes: every type of the program that rows of a mart are read as has columns that the header of the mart has, with their types, and
// tells empty from 0 where a column may be empty.
func TestRowTypes(t *testing.T) {
	types := marts.RowTypes()
	if len(types) < 30 {
		t.Errorf("%d row types: are there packages that this test does not see?", len(types))
	}
	for _, r := range types {
		misfits, err := r.Misfits()
		if err != nil {
			t.Error(err)
		}
		for _, m := range misfits {
			t.Error(m)
		}
	}
}
