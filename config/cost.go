package config

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Domein is a law that cost is counted under (domeinen.yaml). The ranking has a column for each, which its name and grondslag give.
type Domein struct {
	Name      string    `yaml:"name"`
	Label     string    `yaml:"label"` // Dutch, for reports
	Grondslag Grondslag `yaml:"grondslag"`
	Betaler   string    `yaml:"betaler"` // who pays, unless a contract says otherwise
}

// Grondslag says what an amount rests on. The two are never added up.
type Grondslag string

// Gedeclareerd: somebody declared or paid it. Geprijsd: no feed has an amount, prices.yaml does.
const (
	Gedeclareerd Grondslag = "gedeclareerd"
	Geprijsd     Grondslag = "geprijsd"
)

// Column is the domein's column in the ranking: its cost in T0, eurocents.
func (d Domein) Column() string {
	if d.Grondslag == Geprijsd {
		return "geprijsd_" + d.Name + "_ct"
	}
	return "kosten_" + d.Name + "_ct"
}

// Word is the label as part of a column's name: jeugdwet.
func (d Domein) Word() string { return strings.ReplaceAll(strings.ToLower(d.Label), " ", "_") }

// Domeinen are the laws in the order of reports.
type Domeinen []Domein

// Named returns the domein of that name, nil when there is none.
func (d Domeinen) Named(name string) *Domein {
	if i := slices.IndexFunc(d, func(one Domein) bool { return one.Name == name }); i >= 0 {
		return &d[i]
	}
	return nil
}

// Declared are the domeinen of declared cost, which add up to the cost of a household.
func (d Domeinen) Declared() Domeinen {
	return slices.DeleteFunc(slices.Clone(d), func(one Domein) bool { return one.Grondslag != Gedeclareerd })
}

// Columns are names of columns, one for each domein: its word in form, as in "verschil_%s_ct", with blanks between.
func (d Domeinen) Columns(form string) string {
	var out []string
	for _, one := range d {
		out = append(out, fmt.Sprintf(form, one.Word()))
	}
	return strings.Join(out, " ")
}

// Names are the names, in order.
func (d Domeinen) Names() (out []string) {
	for _, one := range d {
		out = append(out, one.Name)
	}
	return out
}

// betalers are who can pay (design, extracts): the same list everywhere.
var betalers = []string{"gemeente_wmo", "gemeente_jeugd", "gemeente_participatie", "gemeente_schuldhulp", "gemeente_overig", "zorgverzekeraar",
	"rijk", "woningcorporatie", "overig"}

func parseDomeinen(f File) (Domeinen, error) {
	var file struct {
		Domeinen Domeinen `yaml:"domeinen"`
	}
	root, err := decodeStrict(f.label(), f.Data, &file)
	if err != nil {
		return nil, err
	}
	for i, d := range file.Domeinen {
		bad := func(key, msg string) error {
			return fmt.Errorf("%s:%d: domeinen.%d.%s: %s", f.label(), lineOf(root, "domeinen", strconv.Itoa(i), key), i, key, msg)
		}
		switch {
		case !nameRE.MatchString(d.Name) || file.Domeinen.Named(d.Name) != &file.Domeinen[i]:
			return nil, bad("name", "wants a name of its own (lower-case letters, digits, underscores)")
		case d.Label == "":
			return nil, bad("label", "missing")
		case d.Grondslag != Gedeclareerd && d.Grondslag != Geprijsd:
			return nil, bad("grondslag", "use gedeclareerd or geprijsd")
		case !slices.Contains(betalers, d.Betaler):
			return nil, bad("betaler", "use one of "+strings.Join(betalers, ", "))
		}
	}
	return file.Domeinen, nil
}

// Cost says what the lines of a kind cost: under which law, who pays, and which columns say the rest. A kind with it is in every figure
// of cost; its amount, person and period are those of the contract.
type Cost struct {
	Domein       string     `yaml:"domein"`        // the law; or
	DomeinColumn string     `yaml:"domein_column"` // the column that says it, line by line
	Betaler      string     `yaml:"betaler"`       // who pays; empty: who pays for the domein
	Grondslag    Grondslag  `yaml:"grondslag"`     // gedeclareerd (default) or geprijsd
	Per          Per        `yaml:"per"`           // what has an amount: regel (default), uitkering or traject
	Productgroep string     `yaml:"productgroep"`  // the column of the group that bills come in alike for (methods 4), or alle (default)
	Received     string     `yaml:"received"`      // the column of the day on which the line was declared; empty: when it was delivered
	Provider     string     `yaml:"provider"`      // the column of who gives the care, its AGB code; empty: none
	Provision    *Provision `yaml:"provision"`
	// Label is what an explanation calls a line without a productgroep, in Dutch; empty: what the contract is about.
	Label string `yaml:"label"`
	// Unseen is what a report says is missing when the kind is not delivered, in Dutch. A kind with it is a supplement, without which
	// the cost of a domein still counts as covered.
	Unseen string `yaml:"unseen"`
}

// Provision says which lines are one voorziening of a person: those with one value of Column.
type Provision struct {
	Column  string `yaml:"column"`
	Counted bool   `yaml:"counted"` // it is in the number of voorzieningen, on the days of its lines
}

// Per says what an amount belongs to.
type Per string

// PerRegel: the line, whatever kind it is of. PerUitkering: the benefit, on the line of each of its persons, who share it (rules 13).
// PerTraject: the traject, which has a price and no amount (rules 14). The last two are models of their own, for one kind each.
const (
	PerRegel     Per = "regel"
	PerUitkering Per = "uitkering"
	PerTraject   Per = "traject"
)

// perKind is the kind whose lines the models share or price.
var perKind = map[Per]string{PerUitkering: "participatie_uitkering", PerTraject: "schuldhulp_traject"}

// AllProducts is the productgroep of a kind without groups.
const AllProducts = "alle"

// HasCost reports whether the lines of the kind are cost of that grondslag.
func (c *Contract) HasCost(g Grondslag) bool { return c.Cost != nil && c.Cost.Grondslag == g }

// CostKinds are the kinds whose lines are cost of a grondslag, sorted.
func (c *Config) CostKinds(g Grondslag) []string {
	return slices.DeleteFunc(c.Kinds(), func(kind string) bool { return !c.Contracts[kind].HasCost(g) })
}

// Betaler is who pays for a line of a kind under a domein.
func (c *Config) Betaler(contract *Contract, domein string) string {
	if contract.Cost.Betaler != "" {
		return contract.Cost.Betaler
	}
	return c.Domeinen.Named(domein).Betaler
}

// Domeinen are the names of the laws that the kind is about: of which its lines are cost, or that they allocate care of; sorted.
func (c *Contract) Domeinen() []string {
	switch {
	case c.Domein != "":
		return []string{c.Domein}
	case c.Cost == nil:
		return nil
	case c.Cost.DomeinColumn == "":
		return []string{c.Cost.Domein}
	}
	var out []string
	for _, code := range c.Column(c.Cost.DomeinColumn).Codes {
		out = append(out, code.Code)
	}
	slices.Sort(out)
	return out
}

// validateCost holds the cost facts to the columns of the contract; the domeinen themselves are in another file (validateDomeinen).
func (c *Contract) validateCost() error {
	k := c.Cost
	if k == nil {
		return nil
	}
	if k.Grondslag == "" {
		k.Grondslag = Gedeclareerd
	}
	if k.Per == "" {
		k.Per = PerRegel
	}
	if k.Productgroep == "" {
		k.Productgroep = AllProducts
	}
	bad := func(msg string, path ...string) error { return keyError{append([]string{"cost"}, path...), msg} }
	// filled reports a column that is not there, is of another type, or may be empty.
	filled := func(name string, required bool, types ...ColumnType) string {
		col := c.Column(name)
		switch {
		case col == nil:
			return "no column " + name + " in this contract"
		case !slices.Contains(types, col.Type):
			return fmt.Sprintf("column %s has type %s; want one of %v", name, col.Type, types)
		case required && (!col.Required || col.EmptyOK):
			return "column " + name + " may be empty; make it required"
		}
		return ""
	}
	names := []ColumnType{TypeCode, TypeID}
	switch kind := perKind[k.Per]; {
	case c.Domein != "":
		return keyError{[]string{"domein"}, "a kind with cost says its domein under cost"}
	case (k.Domein == "") == (k.DomeinColumn == ""):
		return bad("give a domein, or the domein_column that says it", "domein")
	case k.Grondslag != Gedeclareerd && k.Grondslag != Geprijsd:
		return bad("use gedeclareerd or geprijsd", "grondslag")
	case k.Per != PerRegel && kind == "":
		return bad("use regel, uitkering or traject", "per")
	case k.Per != PerRegel && kind != c.Kind:
		return bad(fmt.Sprintf("per %s is of %s alone, for which there is a model; leave it out, then every line has an amount of its own", k.Per, kind), "per")
	case k.Per == PerRegel && (c.Kind == perKind[PerUitkering] || c.Kind == perKind[PerTraject]):
		return bad("lines of this kind have no amount of their own; say per: uitkering or per: traject, as the built-in contract does", "per")
	case (k.Per == PerTraject) != (k.Grondslag == Geprijsd):
		return bad("a price goes with per: traject, and an amount that is declared with every other kind", "grondslag")
	case k.Betaler != "" && !slices.Contains(betalers, k.Betaler):
		return bad("use one of "+strings.Join(betalers, ", "), "betaler")
	case c.Person() == "" || !c.Column(c.Person()).Required:
		return bad("cost follows a person: the contract needs a required column persoon_ps of type persoon")
	case k.Per != PerTraject && (c.Money == nil || filled(c.Money.Amount, true, TypeCt, TypeEur) != ""):
		return bad("the contract needs money, with an amount that is always filled")
	case c.Period == nil || filled(c.Period.Column, true, TypeDatum, TypeMaand) != "":
		return bad("cost has its days: the contract needs a period_column that is always filled")
	case k.Per == PerRegel && c.Period.End != "" && c.Period.WithoutEnd != EndEvent && filled(c.Period.End, true, TypeDatum) != "":
		return bad("a cost line has a last day: make column " + c.Period.End + " required, or say without_end: event under period_column")
	case k.Per != PerRegel && (k.Provision != nil || k.DomeinColumn != "" || k.Productgroep != AllProducts || k.Received != "" || k.Provider != ""):
		return bad("provision, domein_column, productgroep, received and provider go with per: regel")
	}
	checks := []struct {
		name, key string
		required  bool
		types     []ColumnType
	}{{k.DomeinColumn, "domein_column", true, []ColumnType{TypeCode}}, {k.Received, "received", false, []ColumnType{TypeDatum}}, {k.Provider, "provider", false, names}}
	if k.Productgroep != AllProducts {
		checks = append(checks, struct {
			name, key string
			required  bool
			types     []ColumnType
		}{k.Productgroep, "productgroep", true, names})
	}
	for _, one := range checks {
		if one.name == "" {
			continue
		}
		if why := filled(one.name, one.required, one.types...); why != "" {
			return bad(why, one.key)
		}
	}
	if k.Provision != nil {
		if why := filled(k.Provision.Column, true, names...); why != "" {
			return bad(why, "provision", "column")
		}
	}
	return nil
}

// validateDomeinen holds the contracts to the list of domeinen, and to what they were built to be: a contract that replaces one with
// cost and has none would take that cost out of every figure, and nothing would show it.
func (c *Config) validateDomeinen() []error {
	var errs []error
	for _, kind := range c.Kinds() {
		contract := c.Contracts[kind]
		bad := func(msg string, path ...string) { errs = append(errs, contract.at(keyError{path, msg})) }
		key := []string{"domein"}
		grondslag := Grondslag("")
		if contract.Cost != nil {
			key, grondslag = []string{"cost", "domein"}, contract.Cost.Grondslag
			if contract.Cost.DomeinColumn != "" {
				key = []string{"cost", "domein_column"}
			}
		}
		for _, name := range contract.Domeinen() {
			switch d := c.Domeinen.Named(name); {
			case d == nil:
				bad(fmt.Sprintf("%s is not in domeinen.yaml; use one of %s: each has a column in the ranking, and cost under another would be in none",
					name, strings.Join(c.Domeinen.Names(), ", ")), key...)
			case grondslag != "" && d.Grondslag != grondslag:
				bad(fmt.Sprintf("cost of domein %s is %s in the ranking, and this is %s; choose another domein", name, d.Grondslag, grondslag), key...)
			}
		}
		if contract.Cost == nil && builtInCost(kind) {
			bad("the built-in contract of this kind has cost, and without it the kind would be in no figure; write a cost block as docs/extracts.md has it")
		}
	}
	return errs
}

// builtInCost reports whether the embedded contract of a kind has cost.
func builtInCost(kind string) bool {
	name := "feeds/" + kind + ".yaml"
	data, err := embedded.ReadFile(name)
	if err != nil {
		return false
	}
	contract, err := ParseContract(name, data)
	return err == nil && contract.Cost != nil
}

// at names the contract's file and the line of a mistake.
func (c *Contract) at(err error) error {
	var key keyError
	if errors.As(err, &key) {
		where := fmt.Sprintf("%s:%d: ", c.file, lineOf(c.root, key.path...))
		if len(key.path) > 0 {
			where += strings.Join(key.path, ".") + ": "
		}
		return errors.New(where + key.msg)
	}
	return fmt.Errorf("%s: %w", c.file, err)
}
