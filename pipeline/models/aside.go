package models

import (
	"fmt"

	"stapel/config"
	"stapel/transforms"
)

// Tables that are given to what is asked apart from the models of a run.
const (
	OwnHousehold = "eigen_huishouden" // the household that is explained: huishouden, huishouden_id
	OwnPersons   = "eigen_persoon"    // and its persons: persoon
	KeyTable     = "sleuteltabel"     // key, check_hi, check_lo of every person
	OwnFigure    = "eigen_cijfer"     // the figure that is traced: sleutel and kolom, as its id has them
)

// AsideColumns are the columns of these tables.
var AsideColumns = map[string][]transforms.Column{
	OwnHousehold: {{Name: "huishouden", Type: transforms.Huishouden}, {Name: "huishouden_id", Type: transforms.Tekst}},
	OwnPersons:   {{Name: "persoon", Type: transforms.Persoon}},
	OwnFigure:    {{Name: "sleutel", Type: transforms.Tekst}, {Name: "kolom", Type: transforms.Tekst}},
	KeyTable:     {{Name: "key", Type: transforms.Sleutel}, {Name: "check_hi", Type: transforms.Sleutel}, {Name: "check_lo", Type: transforms.Sleutel}},
}

// Aside returns what is asked apart from the models of a run, of which all are given: by explain of one household and by trace of what lies under
// figures, in the order in which each comes after what it reads, and of the key table. A run records them too, so that they are pinned like its
// own.
func Aside(cfg *config.Config, all []*transforms.Model) (explain, keys []*transforms.Model, err error) {
	names := append(InputNames(cfg), transforms.SignalUnion, OwnHousehold, OwnPersons)
	for _, m := range all {
		if m.Name == OwnHousehold || m.Name == OwnPersons || m.Name == OwnFigure {
			return nil, nil, fmt.Errorf("two tables are called %s", m.Name)
		}
		names = append(names, m.Name)
	}
	if explain, err = transforms.Aside(transforms.Explain, names, false); err != nil {
		return nil, nil, err
	}
	trace, err := transforms.Aside(transforms.Trace, names, !cfg.Settings.Reports.Effect)
	if err != nil {
		return nil, nil, err
	}
	explain = append(explain, trace...)
	keys, err = transforms.Aside(transforms.Keys, []string{KeyTable}, false)
	return explain, keys, err
}
