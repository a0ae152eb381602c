package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Reference is referentie_zvw.yaml: what health care costs by sex and age elsewhere.
type Reference struct {
	Source string `yaml:"source"`
	Year   int    `yaml:"jaar"`
	Raise  Raise  `yaml:"verhoging"`
	Norms  []Norm `yaml:"normen"`
}

// Raise brings the norms to the level of a later year.
type Raise struct {
	Year        int    `yaml:"jaar"`
	Numerator   int64  `yaml:"teller"`
	Denominator int64  `yaml:"noemer"`
	Source      string `yaml:"source"`
}

// Norm is the mean cost of a sex and age class, in eurocents an insured year.
type Norm struct {
	Sex    string `yaml:"geslacht"` // COD046: 1 man, 2 woman
	From   int    `yaml:"van"`      // age in whole years
	To     int    `yaml:"tot"`      // exclusive
	YearCt int64  `yaml:"jaar_ct"`
}

// Class names the age class as Vektis does: 5-9, 90+.
func (n Norm) Class() string {
	if n.To > 120 {
		return fmt.Sprintf("%02d+", n.From)
	}
	return fmt.Sprintf("%02d-%02d", n.From, n.To-1)
}

// Raised is an amount at the level of Raise.Year, rounded half up.
func (r Reference) Raised(ct int64) int64 {
	return (2*ct*r.Raise.Numerator + r.Raise.Denominator) / (2 * r.Raise.Denominator)
}

func parseReference(f File) (Reference, error) {
	var r Reference
	root, err := decodeStrict(f.label(), f.Data, &r)
	if err != nil {
		return r, err
	}
	bad := func(msg string, key ...string) error {
		return fmt.Errorf("%s:%d: %s: %s", f.label(), lineOf(root, key...), strings.Join(key, "."), msg)
	}
	switch {
	case r.Source == "" || r.Year < 2000:
		return r, bad("a reference needs its source and its year", "source")
	case r.Raise.Numerator <= 0 || r.Raise.Denominator <= 0 || r.Raise.Source == "" || r.Raise.Year < r.Year:
		return r, bad("want teller and noemer above 0, a year not before jaar, and a source", "verhoging")
	}
	end := map[string]int{}
	for i, n := range r.Norms {
		switch {
		case n.Sex != "1" && n.Sex != "2":
			return r, bad("geslacht is \"1\" or \"2\"", "normen", strconv.Itoa(i))
		case n.From != end[n.Sex] || n.To <= n.From || n.YearCt <= 0:
			return r, bad("ages of one sex follow each other from 0, and a norm is above 0", "normen", strconv.Itoa(i))
		}
		end[n.Sex] = n.To
	}
	if end["1"] <= 120 || end["2"] <= 120 {
		return r, bad("norms of both sexes go beyond 120 years", "normen")
	}
	return r, nil
}
