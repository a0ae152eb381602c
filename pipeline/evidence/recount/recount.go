// Package recount adds up the figures of a published run once more, from its tables alone: without SQL, and without the engine that made them.
package recount

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/reports/nl"
)

// An identity is figures of a run that have to agree. It is worked out from the published tables, by a way of its own: no SQL, no engine.
type identity struct {
	name   string   // Dutch, as it is listed
	tables []string // that it reads; the first is the one a finding names
	holds  func(ctx context.Context, b *books) error
	file   string // of a report, that it reads too
}

// files are what it reads, as a manifest names it.
func (i identity) files() (out []string) {
	for _, t := range i.tables {
		out = append(out, lake.MartName(t))
	}
	if i.file != "" {
		out = append(out, i.file)
	}
	if len(out) == 0 {
		out = []string{lake.ManifestName}
	}
	return out
}

// unequal is an identity that does not hold.
type unequal struct{ what string }

func (u unequal) Error() string { return u.what }

func differ(format string, a ...any) error { return unequal{nl.Plain(fmt.Sprintf(format, a...))} }

var identityList = []identity{
	{"elke run-controle die fout kan zijn, is goed", nil, checksGood, ""},
	{"controle: alle verschillen zijn 0", []string{"controle"}, controlZero, ""},
	{"controle: elke stap is de som van zijn delen", []string{"controle"}, controlSteps, ""},
	{"levering: regels en bedragen zijn die van het manifest", []string{"levering"}, deliveriesAre, ""},
	{"controle: geleverd is de som van levering", []string{"controle", "levering"}, controlIsDelivered, ""},
	{"kosten: per huishouden en jaar de kosten van de ranglijst", []string{"kosten", "ranglijst"}, costsAreRanking, ""},
	{"controle: huishoudens, bedrag en onbekend zijn die van ranglijst en kosten", []string{"controle", "ranglijst", "kosten"}, controlIsRanking, ""},
	{"ranglijst: 1 tot en met n, aflopend, elk huishouden één keer", []string{"ranglijst", "huishouden"}, rankingComplete, ""},
	{"ranglijst: kosten zijn de som van de domeinen", []string{"ranglijst"}, rankingParts, ""},
	{"huishouden: personen zijn de leden", []string{"huishouden", "huishouden_lid"}, householdsAreMembers, ""},
	{"plan: bedragen zijn de som over wie betaalt", []string{"plan", "plan_regel"}, plansAreLines, ""},
	{"plan_totaal: bedragen zijn de som van plan_betaler", []string{"plan_totaal", "plan_betaler"}, totalsArePayers, ""},
	{"eerlijkheid: de terugtoets is die van ijking", []string{"eerlijkheid", "ijking"}, fairnessIsBands, ""},
	{"ranglijst.csv: de bedragen zijn die van ranglijst", []string{"ranglijst"}, csvIsRanking, rankingCSV},
}

const rankingCSV = "reports/analist/csv/ranglijst.csv"

// Reads are the files of a run, beside its manifest, that All reads.
func Reads(m *control.Manifest) (files []string) {
	for _, i := range identityList {
		for _, f := range i.files() {
			if f != lake.ManifestName && !slices.Contains(files, f) && has(m, f) {
				files = append(files, f)
			}
		}
	}
	return files
}

// has reports whether a run has a file.
func has(m *control.Manifest, file string) bool {
	return slices.ContainsFunc(m.Outputs, func(o control.Output) bool { return o.File == file })
}

// A Wrong is an identity that does not hold, or that could not be worked out.
type Wrong struct {
	Name  string   // Dutch
	Files []string // that it reads, as a manifest names them
	What  string   // Dutch: what was seen; "": a table could not be read
}

// All works out every identity of a run. held are the names of those that hold; one of which the run does not have the tables, or of which readable says
// that one can't be read, is in neither list.
func All(ctx context.Context, m *control.Manifest, folder lake.Folder, readable func(table string) bool) (held []string, wrong []Wrong, err error) {
	b := open(ctx, m, folder)
	for _, i := range identityList {
		if slices.ContainsFunc(i.tables, func(t string) bool { return !has(m, lake.MartName(t)) || !readable(t) }) {
			continue
		}
		err := attempt(func() error { return i.holds(ctx, b) })
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		var u unequal
		switch {
		case err == nil:
			held = append(held, i.name)
		case errors.As(err, &u):
			wrong = append(wrong, Wrong{i.name, i.files(), u.what})
		case !errors.Is(err, errAbsent):
			wrong = append(wrong, Wrong{i.name, i.files(), ""})
		}
	}
	return held, wrong, nil
}

// errAbsent: the run does not have what the identity is about.
var errAbsent = errors.New("absent")

// attempt does what may panic on a broken table.
func attempt(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("a table can't be read")
		}
	}()
	return do()
}
