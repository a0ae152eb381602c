package config

import (
	"slices"
	"strings"
	"testing"
)

// leerlingenvervoer is a contract with everything that cost can say.
const leerlingenvervoer = `kind: leerlingenvervoer
version: "1"
description: Ritten van en naar school
standard: eigen
supplier: gemeente
replaces: none
reference: [rit]
period_column: {column: van, end: tot}
money: {amount: bedrag_eur}
cost:
  domein: jeugd
  betaler: gemeente_overig
  productgroep: soort
  received: factuurdatum
  provider: vervoerder
  provision: {column: beschikking, counted: true}
columns:
  - {name: persoon_ps, type: persoon, required: true}
  - {name: gemeentecode, type: gemeente, required: true}
  - {name: rit, type: id, required: true}
  - {name: beschikking, type: id, required: true}
  - {name: soort, type: code, required: true, codes: [{code: taxi}, {code: bus}]}
  - {name: van, type: datum, required: true}
  - {name: tot, type: datum, required: true}
  - {name: factuurdatum, type: datum}
  - {name: vervoerder, type: id}
  - {name: bedrag_eur, type: eur, required: true}
  - {name: wet, type: code, required: true, codes: [{code: wmo}, {code: jeugd}]}
`

// TestCost: a kind becomes cost by one file, and what is not given has its default.
func TestCost(t *testing.T) {
	c, err := load(t, map[string]string{"feeds/leerlingenvervoer.yaml": leerlingenvervoer}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := c.Contracts["leerlingenvervoer"].Cost
	if k.Grondslag != Gedeclareerd || k.Per != PerRegel || !slices.Contains(c.CostKinds(Gedeclareerd), "leerlingenvervoer") {
		t.Errorf("cost %+v", *k)
	}
	text := c.Contracts["leerlingenvervoer"].Describe()
	for _, want := range []string{"kosten van domein jeugd, betaald door gemeente_overig", "staat in `factuurdatum`", "dezelfde `beschikking` zijn een voorziening"} {
		if !strings.Contains(text, want) {
			t.Errorf("the description does not say %q", want)
		}
	}
	for kind, want := range map[string][]string{"wmo_declaratie": {"wmo"}, "wmo_toewijzing": {"wmo"}, "pgb_uitputting": {"jeugd", "wmo"}, "huishouden": nil,
		"schuldhulp_traject": {"schuldhulp"}} {
		if got := c.Contracts[kind].Domeinen(); !slices.Equal(got, want) {
			t.Errorf("%s is about %v, want %v", kind, got, want)
		}
	}
	if got := c.CostKinds(Geprijsd); !slices.Equal(got, []string{"schuldhulp_traject"}) {
		t.Errorf("priced are %v", got)
	}
	if got := c.Domeinen.Declared().Names(); !slices.Equal(got, []string{"wmo", "jeugd", "participatie", "zvw"}) {
		t.Errorf("declared are %v", got)
	}
	if got := c.Domeinen.Named("schuldhulp").Column(); got != "geprijsd_schuldhulp_ct" {
		t.Errorf("the column of a priced domein is %s", got)
	}
}

// TestCostMistakes: a fact that cannot be used is said with file, line and what to do.
func TestCostMistakes(t *testing.T) {
	const file = "feeds/leerlingenvervoer.yaml"
	for name, c := range map[string]struct {
		edit []string
		want []string
	}{
		"no such domein":        {[]string{"domein: jeugd", "domein: wlz"}, []string{":11: cost.domein: wlz is not in domeinen.yaml", "wmo, jeugd, participatie, zvw, schuldhulp"}},
		"domein of a code":      {[]string{"domein: jeugd", "domein_column: soort"}, []string{":11: cost.domein_column: taxi is not in domeinen.yaml"}},
		"priced domein":         {[]string{"domein: jeugd", "domein: schuldhulp"}, []string{":11: cost.domein: cost of domein schuldhulp is geprijsd"}},
		"two domeinen":          {[]string{"domein: jeugd", "domein: jeugd\n  domein_column: wet"}, []string{":11: cost.domein", "or the domein_column"}},
		"no domein":             {[]string{"  domein: jeugd\n", ""}, []string{":10: cost.domein", "or the domein_column"}},
		"domein twice":          {[]string{"replaces: none", "replaces: none\ndomein: jeugd"}, []string{":7: domein: a kind with cost says its domein under cost"}},
		"domein that is free":   {[]string{"domein: jeugd", "domein_column: rit"}, []string{":11: cost.domein_column", "type id"}},
		"betaler":               {[]string{"gemeente_overig", "provincie"}, []string{":12: cost.betaler", "woningcorporatie"}},
		"grondslag":             {[]string{"  betaler: gemeente_overig", "  grondslag: geschat"}, []string{":12: cost.grondslag"}},
		"a price per line":      {[]string{"  betaler: gemeente_overig", "  grondslag: geprijsd"}, []string{":12: cost.grondslag", "per: traject"}},
		"per what":              {[]string{"  betaler: gemeente_overig", "  per: dag"}, []string{":12: cost.per: use regel"}},
		"per of another kind":   {[]string{"  betaler: gemeente_overig", "  per: uitkering"}, []string{":12: cost.per", "participatie_uitkering alone"}},
		"productgroep":          {[]string{"productgroep: soort", "productgroep: klasse"}, []string{":13: cost.productgroep: no column klasse"}},
		"productgroep is empty": {[]string{"{name: soort, type: code, required: true,", "{name: soort, type: code,"}, []string{":13: cost.productgroep: column soort may be empty"}},
		"received":              {[]string{"received: factuurdatum", "received: rit"}, []string{":14: cost.received", "type id"}},
		"provider":              {[]string{"provider: vervoerder", "provider: van"}, []string{":15: cost.provider"}},
		"provision":             {[]string{"{column: beschikking,", "{column: brief,"}, []string{":16: cost.provision.column: no column brief"}},
		"no person":             {[]string{"{name: persoon_ps, type: persoon, required: true}", "{name: persoon_ps, type: persoon}"}, []string{":10: cost: cost follows a person"}},
		"no money":              {[]string{"money: {amount: bedrag_eur}\n", ""}, []string{":9: cost: the contract needs money"}},
		"an amount that is not": {[]string{"{name: bedrag_eur, type: eur, required: true}", "{name: bedrag_eur, type: eur}"}, []string{":10: cost: the contract needs money"}},
		"no period":             {[]string{"period_column: {column: van, end: tot}\n", ""}, []string{":9: cost: cost has its days"}},
		"no last day":           {[]string{"{name: tot, type: datum, required: true}", "{name: tot, type: datum}"}, []string{":10: cost: a cost line has a last day: make column tot required"}},
		"unknown key":           {[]string{"productgroep: soort", "groep: soort"}, []string{":13: unknown key groep"}},
	} {
		text := strings.NewReplacer(c.edit...).Replace(leerlingenvervoer)
		if text == leerlingenvervoer {
			t.Fatalf("%s: nothing was changed", name)
		}
		_, err := load(t, map[string]string{file: text}, Options{})
		for _, want := range append(c.want, "config/"+file+":") {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v; want %q", name, err, want)
			}
		}
	}
	for name, kind := range map[string]string{"without cost": "wmo_declaratie", "without per": "participatie_uitkering"} {
		data, err := embedded.ReadFile("feeds/" + kind + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for line := range strings.Lines(string(data)) {
			if name == "without per" {
				line = strings.Replace(line, ", per: uitkering", "", 1)
			}
			if name != "without cost" || !strings.HasPrefix(line, "cost:") {
				lines = append(lines, line)
			}
		}
		want := map[string]string{"without cost": ": the built-in contract of this kind has cost", "without per": ": cost.per: lines of this kind have no amount of their own"}[name]
		_, err = load(t, map[string]string{"feeds/" + kind + ".yaml": strings.Join(lines, "")}, Options{})
		if err == nil || !strings.Contains(err.Error(), "config/feeds/"+kind+".yaml:") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, want := range map[string]string{
		"domeinen:\n  - {name: wmo, label: W, grondslag: gedeclareerd, betaler: rijk}\n  - {name: wmo, label: W, grondslag: gedeclareerd, betaler: rijk}\n": "config/domeinen.yaml:3: domeinen.1.name",
		"domeinen:\n  - {name: wmo, label: \"\", grondslag: gedeclareerd, betaler: rijk}\n":                                                                 "config/domeinen.yaml:2: domeinen.0.label",
		"domeinen:\n  - {name: wmo, label: W, grondslag: geraamd, betaler: rijk}\n":                                                                         "config/domeinen.yaml:2: domeinen.0.grondslag",
		"domeinen:\n  - {name: wmo, label: W, grondslag: gedeclareerd, betaler: ik}\n":                                                                      "config/domeinen.yaml:2: domeinen.0.betaler",
		"domeinen:\n  - {name: wmo, label: W, grondslag: gedeclareerd, betaler: rijk}\n":                                                                    "jeugd is not in domeinen.yaml; use one of wmo",
	} {
		if _, err := load(t, map[string]string{"domeinen.yaml": text}, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", text, err, want)
		}
	}
}
