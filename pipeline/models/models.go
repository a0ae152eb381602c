package models

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/world"
	"stapel/transforms"
)

// All returns every model of a run, SELECTs, Go functions and own signals, each after what it reads.
func All(cfg *config.Config) ([]*transforms.Model, error) {
	own, err := transforms.OwnSignals(cfg.SignalQueries)
	if err != nil {
		return nil, &exit.Error{Code: exit.Usage, Err: err, Remedy: "mend the file in the folder given with --config"}
	}
	if err := codeColumns(cfg); err != nil {
		return nil, err
	}
	all, err := transforms.Load(readable(cfg), slices.Concat(own, validModels(cfg))...)
	if err == nil {
		_, _, err = Aside(cfg, all)
	}
	if err != nil && len(own) > 0 {
		err = &exit.Error{Code: exit.Usage, Err: err, Remedy: "look at signals/*.sql in the folder given with --config"}
	}
	if err != nil {
		return nil, err
	}
	if err := domeinColumns(cfg, all); err != nil {
		return nil, err
	}
	if !cfg.Settings.Reports.Effect {
		all = transforms.Without(all, aboutEffect)
	}
	return all, nil
}

// aboutEffect are the models of what maatwerk did: those called so, and the marts that these are for.
func aboutEffect(m *transforms.Model) bool {
	switch m.Name {
	case "uitkomst", "balans", "koppeling", "betaler_matrix", "claim_toets":
		return true
	}
	return m.Name == "effect" || strings.HasPrefix(m.Name, "effect_")
}

// domeinColumns holds the domeinen of the configuration to the columns of the ranking: cost of one without a column would be in the total and
// nowhere else.
func domeinColumns(cfg *config.Config, all []*transforms.Model) error {
	at := slices.IndexFunc(all, func(m *transforms.Model) bool { return m.Name == "ranglijst" })
	var have, want []string
	for _, c := range all[at].Columns {
		if of := domeinColumn.FindStringSubmatch(c.Name); of != nil && !windowName.MatchString(of[1]) {
			have = append(have, c.Name)
		}
	}
	for _, d := range cfg.Domeinen {
		want = append(want, d.Column())
	}
	slices.Sort(have)
	slices.Sort(want)
	if slices.Equal(have, want) {
		return nil
	}
	return &exit.Error{Code: exit.Usage, Err: fmt.Errorf("config/domeinen.yaml: it gives the ranking the columns %s, and the ranking has %s",
		strings.Join(want, ", "), strings.Join(have, ", ")), Remedy: "keep the names and grondslag of the built-in domeinen; labels and betaler can be yours"}
}

// Columns of cost in the ranking are of a domein, or of a window.
var (
	domeinColumn = regexp.MustCompile(`^(?:kosten|geprijsd)_([a-z0-9_]+)_ct$`)
	windowName   = regexp.MustCompile(`^t[0-9]$`)
)

// InputNames are the names models may read that are not models: the tables that Go makes, and the lake's kinds.
func InputNames(cfg *config.Config) []string {
	var names []string
	for _, in := range readable(cfg) {
		names = append(names, in.Name)
	}
	return names
}

// readable are the tables that models may read and that are not models. A model in Go reads those that Go makes.
func readable(cfg *config.Config) []transforms.Input {
	tables := world.Tables(cfg)
	for _, kind := range cfg.Kinds() {
		tables = append(tables, transforms.Input{Name: LakeName(kind)})
	}
	return append(tables, transforms.Input{Name: LakeLines}, transforms.Input{Name: LakeCosts})
}

// codeColumns checks that every rule of signals.yaml is about a column that can show something.
func codeColumns(cfg *config.Config) error {
	offered := transforms.CodeColumns()
	var errs []error
	for _, r := range cfg.Signals.Rules {
		if !slices.Contains(offered, transforms.CodeColumn{Kind: r.Kind, Column: r.Column}) {
			errs = append(errs, fmt.Errorf("%s: no model offers column %s of kind %s to a rule", r.Where(), r.Column, r.Kind))
		}
	}
	if len(errs) > 0 {
		return &exit.Error{Code: exit.Usage, Err: errors.Join(errs...), Remedy: "write signals/<name>.sql, which can read any column"}
	}
	return nil
}
