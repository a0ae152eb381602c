package models

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/world"
	"stapel/transforms"
	"stapel/transforms/functions"
)

// All returns every model of a run, SELECTs, Go functions and own signals, each after what it reads.
func All(cfg *config.Config) ([]*transforms.Model, error) {
	inGo, err := functions.Models()
	if err != nil {
		return nil, err
	}
	own, err := transforms.OwnSignals(cfg.SignalQueries)
	if err != nil {
		return nil, &exit.Error{Code: exit.Usage, Err: err, Remedy: "mend the file in the folder given with --config"}
	}
	if err := codeColumns(cfg); err != nil {
		return nil, err
	}
	all, err := transforms.Load(InputNames(cfg), append(inGo, own...)...)
	if err != nil && len(own) > 0 {
		err = &exit.Error{Code: exit.Usage, Err: err, Remedy: "look at signals/*.sql in the folder given with --config"}
	}
	return all, err
}

// InputNames are the names models may read that are not models: the tables that Go makes, and the lake's kinds.
func InputNames(cfg *config.Config) []string {
	names := world.InputNames(cfg)
	for _, kind := range cfg.Kinds() {
		names = append(names, LakeName(kind))
	}
	return append(names, LakeLines)
}

// codeColumns checks that every rule of signals.yaml is about a column that can show something.
func codeColumns(cfg *config.Config) error {
	offered, err := transforms.CodeColumns()
	if err != nil {
		return err
	}
	var errs []error
	for _, r := range cfg.Signals.Rules {
		if !slices.Contains(offered[r.Kind], r.Column) {
			errs = append(errs, fmt.Errorf("%s: no model offers column %s of kind %s to a rule", r.Where(), r.Column, r.Kind))
		}
	}
	if len(errs) > 0 {
		return &exit.Error{Code: exit.Usage, Err: errors.Join(errs...), Remedy: "write signals/<name>.sql, which can read any column"}
	}
	return nil
}

// LakeName is the table of a kind's lines.
func LakeName(kind string) string { return "lake_" + kind }

// LakeLines is the table of the lines of all kinds together: what every kind has, whatever its columns. Models that treat all kinds alike
// read it, so that a new kind needs no change in them.
const LakeLines = "lake_regel"

// lakeLinesQuery is the SELECT behind LakeLines.
func lakeLinesQuery(cfg *config.Config) string {
	var parts []string
	for _, kind := range cfg.Kinds() {
		contract := cfg.Contracts[kind]
		column := func(name, typ string) string {
			if name == "" || contract.Column(name) == nil {
				return "cast(null as " + typ + ")"
			}
			return name
		}
		parts = append(parts, fmt.Sprintf("select '%s' as kind, %s, %s, %s as gemeentecode, %s, %s, %s, %s as persoon, %s as uzovi, %s from %s",
			kind, config.ColLevering, config.ColRegel, column(contract.Gemeente(), "varchar"), config.ColTijdVan, config.ColTijdTot, config.ColGeteld,
			column(contract.Person(), "bigint"), column("uzovi", "varchar"), config.ColInhoud, LakeName(kind)))
	}
	return strings.Join(parts, " union all ")
}

// LakeColumns are the columns of a kind's lines as models see them.
func LakeColumns(c *config.Contract) []transforms.Column {
	var cols []transforms.Column
	for _, s := range c.Stored() {
		cols = append(cols, transforms.Column{Name: s.Name, Type: lakeTypes[string(s.Type)]})
	}
	return cols
}

var lakeTypes = map[string]transforms.ColumnType{"BIGINT": transforms.Aantal, "DATE": transforms.Datum,
	"VARCHAR": transforms.Tekst, "BOOLEAN": transforms.Vlag}
