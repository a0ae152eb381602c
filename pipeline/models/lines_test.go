package models

import (
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/transforms"
)

// vervoer is a kind of cost of the configuration, of two domeinen and with a payer of its own.
const vervoer = `kind: vervoer
version: "1"
replaces: none
period_column: {column: datum}
money: {amount: bedrag_eur}
cost: {domein_column: wet, betaler: gemeente_overig}
columns:
  - {name: persoon_ps, type: persoon, required: true}
  - {name: wet, type: code, required: true, codes: [{code: jeugd}, {code: wmo}]}
  - {name: datum, type: datum, required: true}
  - {name: bedrag_eur, type: eur, required: true}
`

func withVervoer(t *testing.T) *config.Config {
	t.Helper()
	cfg := configtest.Defaults(t, nil)
	c, err := config.ParseContract("vervoer.yaml", []byte(vervoer))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Contracts["vervoer"] = c
	return cfg
}

// TestValidModels: what is made of the contracts is held to what models in files are held to, and a new kind is in it.
func TestValidModels(t *testing.T) {
	cfg := withVervoer(t)
	all, err := All(cfg)
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]*transforms.Model{}
	for _, m := range all {
		if strings.HasPrefix(m.Name, validPrefix) {
			made[m.Name] = m
			for _, p := range m.Lint() {
				t.Errorf("%s: %s", m.Name, p)
			}
		}
	}
	if len(made) != len(cfg.Kinds())+2 {
		t.Errorf("%d models for %d kinds", len(made), len(cfg.Kinds()))
	}
	costs := made[ValidCosts]
	for _, want := range []string{"select 'vervoer' as kind", "wet as domein", "case wet when 'jeugd' then 'gemeente_overig' when 'wmo' then 'gemeente_overig' end as betaler",
		"from lake_vervoer"} {
		if !strings.Contains(costs.SQL, want) {
			t.Errorf("%s has no %q", ValidCosts, want)
		}
	}
	for _, kind := range []string{"participatie_uitkering", "schuldhulp_traject", "huishouden"} { // shared, priced, no cost
		if slices.Contains(costs.Reads, LakeName(kind)) {
			t.Errorf("%s reads %s", ValidCosts, kind)
		}
	}
	for _, name := range []string{ValidLines, ValidCosts} { // a join of each kind is more than memory
		if n := strings.Count(made[name].SQL, "join"); n != 1 {
			t.Errorf("%s joins %d times with the lines that were replaced", name, n)
		}
	}
	other := configtest.Defaults(t, nil)
	before := slices.IndexFunc(validModels(other), func(m *transforms.Model) bool { return m.Name == ValidCosts && m.Sha256 == costs.Sha256 })
	if before >= 0 {
		t.Error("another kind of cost is another model, and has the same hash")
	}
}

// TestReadsKind: what explain needs the lines of, and what it needs as lines of any kind alone.
func TestReadsKind(t *testing.T) {
	cfg := withVervoer(t)
	for name, c := range map[string]struct {
		model transforms.Model
		kind  string
		want  bool
	}{
		"by name":             {transforms.Model{Name: "x", Reads: []string{"lake_huishouden"}}, "huishouden", true},
		"those that count":    {transforms.Model{Name: "x", Reads: []string{"geldig_huishouden"}}, "huishouden", true},
		"another kind":        {transforms.Model{Name: "x", Reads: []string{"geldig_vervoer"}}, "huishouden", false},
		"cost among others":   {transforms.Model{Name: "x", Reads: []string{"lake_kosten"}}, "vervoer", true},
		"no cost":             {transforms.Model{Name: "x", Reads: []string{"lake_kosten"}}, "huishouden", false},
		"lines of any kind":   {transforms.Model{Name: "x", Reads: []string{"lake_regel", "geldig_regel"}}, "vervoer", false},
		"the model itself":    {transforms.Model{Name: "geldig_vervoer", Reads: []string{"lake_vervoer"}}, "vervoer", false},
		"those of all kinds":  {transforms.Model{Name: ValidLines, Reads: []string{"lake_vervoer"}}, "vervoer", false},
		"those that are cost": {transforms.Model{Name: ValidCosts, Reads: []string{"lake_vervoer"}}, "vervoer", true},
	} {
		if got := ReadsKind(&c.model, cfg.Contracts[c.kind]); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// TestDomeinColumns: the list of domeinen is that of the ranking's columns.
func TestDomeinColumns(t *testing.T) {
	for name, change := range map[string]func(d config.Domeinen) config.Domeinen{
		"one more": func(d config.Domeinen) config.Domeinen {
			return append(d, config.Domein{Name: "wlz", Grondslag: config.Gedeclareerd})
		},
		"another grondslag": func(d config.Domeinen) config.Domeinen {
			d[0].Grondslag = config.Geprijsd
			return d
		},
	} {
		cfg := configtest.Defaults(t, nil)
		cfg.Domeinen = change(slices.Clone(cfg.Domeinen))
		if _, err := All(cfg); err == nil || !strings.Contains(err.Error(), "config/domeinen.yaml: it gives the ranking the columns") {
			t.Errorf("%s: %v", name, err)
		}
	}
	cfg := configtest.Defaults(t, nil)
	cfg.Domeinen = slices.Clone(cfg.Domeinen)
	slices.Reverse(cfg.Domeinen)
	cfg.Domeinen[0].Label = "Zorgverzekering"
	if _, err := All(cfg); err != nil {
		t.Errorf("another order and label: %v", err)
	}
}
