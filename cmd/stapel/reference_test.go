package main

import (
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/lake"
	"stapel/pipeline/reference/costs"
	sampledata "stapel/sample-data"
)

// TestSampleAgainstReference compares the marts about households, costs and the ranking of the sample with the slow
// reference, every row and every column.
func TestSampleAgainstReference(t *testing.T) {
	data := shared(t, demoRun).data
	_, m := manifest(t, data)
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := costs.Read(sampledata.Inbox(), cfg, sampledata.DemoKey[:])
	if err != nil {
		t.Fatal(err)
	}
	differences, err := w.Compare((&lake.Lake{Root: data}).Run(m.RunID).MartFS())
	if err != nil {
		t.Fatal(err)
	}
	if len(differences) > 0 {
		t.Errorf("%d differences\n%s", len(differences), strings.Join(differences[:min(20, len(differences))], "\n"))
	}
}
