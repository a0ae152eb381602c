package config

import (
	"fmt"
	"slices"
	"strconv"
)

// Published is a published value of stapeling (referentie_stapeling.yaml), to hold our own beside.
type Published struct {
	Gebied  string  `yaml:"gebied"`  // NL, or the four digits of a gemeente
	Maat    string  `yaml:"maat"`    // as mart stapeling has it
	Eenheid string  `yaml:"eenheid"` // per_100_huishoudens or per_1000_inwoners
	Waarde  float64 `yaml:"waarde"`
	Periode string  `yaml:"periode"` // as published
	Bron    string  `yaml:"bron"`
}

// Netherlands is the gebied of a value of the whole country.
const Netherlands = "NL"

var (
	stackMeasures = []string{"0", "1", "2", "3", "4", "5", "6+", "twee_of_meer", "meer_wetten"}
	stackUnits    = []string{"per_100_huishoudens", "per_1000_inwoners"}
)

// parsePublished reads referentie_stapeling.yaml; with add: true its values go after those of base.
func parsePublished(f File, base []Published) ([]Published, error) {
	var file struct {
		Add     bool        `yaml:"add"`
		Waarden []Published `yaml:"waarden"`
	}
	root, err := decodeStrict(f.label(), f.Data, &file)
	if err != nil {
		return nil, err
	}
	for i, v := range file.Waarden {
		bad := func(key, msg string) error {
			return fmt.Errorf("%s:%d: waarden.%d.%s: %s", f.label(), lineOf(root, "waarden", strconv.Itoa(i), key), i, key, msg)
		}
		switch {
		case v.Gebied != Netherlands && !digitsRE.MatchString(v.Gebied):
			return nil, bad("gebied", "use NL, or the four digits of a gemeente in quotes")
		case !slices.Contains(stackMeasures, v.Maat):
			return nil, bad("maat", "use one of "+fmt.Sprint(stackMeasures))
		case !slices.Contains(stackUnits, v.Eenheid):
			return nil, bad("eenheid", "use per_100_huishoudens or per_1000_inwoners")
		case v.Waarde < 0 || v.Eenheid == stackUnits[0] && v.Waarde > 100 || v.Waarde > 1000:
			return nil, bad("waarde", "out of range")
		case v.Periode == "" || v.Bron == "":
			return nil, bad("bron", "a value needs its periode and its bron")
		}
	}
	if !file.Add {
		base = nil
	}
	return append(slices.Clone(base), file.Waarden...), nil
}
