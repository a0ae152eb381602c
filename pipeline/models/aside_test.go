package models

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline/exit"
	"stapel/transforms"
)

const ownSignal = `
doc: a signal of the configuration
grain: [persoon]
reads: [lid]
columns:
  - persoon persoon: key
  - huishouden huishouden: empty
  - ingredient tekst: kinderen
  - van datum: birthday
  - tot datum: 18th birthday
  - sterkte tekst: sterk
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
select
  persoon, cast(null as bigint) as huishouden, 'kinderen' as ingredient, geboren as van, meerderjarig as tot, 'sterk' as sterkte,
  'huishouden' as kind, levering, regel
from lid
`

// TestAside: what is asked apart is no model of a run, and an own signal can't have the name of a table that it makes or is given.
func TestAside(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	all, err := All(cfg)
	if err != nil {
		t.Fatal(err)
	}
	explain, keys, err := Aside(cfg, all)
	if err != nil || len(explain) == 0 || len(keys) == 0 {
		t.Fatalf("%d models of explain, %d of keys: %v", len(explain), len(keys), err)
	}
	for _, m := range append(explain, keys...) {
		if slices.ContainsFunc(all, func(r *transforms.Model) bool { return r.Name == m.Name }) {
			t.Errorf("%s is a model of a run", m.Name)
		}
	}
	own := func(name string) error {
		cfg.SignalQueries = []config.File{{Name: "signals/" + name + ".sql", Data: []byte("/*\nname: " + name + ownSignal)}}
		_, err := All(cfg)
		return err
	}
	for _, name := range []string{OwnPersons, OwnHousehold, "uitleg_maand", "eigen_regel"} {
		var stop *exit.Error
		if err := own(name); !errors.As(err, &stop) || stop.Code != exit.Usage || !strings.Contains(err.Error(), "two tables are called "+name) {
			t.Errorf("an own signal called %s: %v", name, err)
		}
	}
	if err := own("anders"); err != nil {
		t.Error(err)
	}
}
