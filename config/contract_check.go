package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// What a contract has to hold to; every mistake names the key that it is at.

func (c *Contract) validate() error {
	bad := func(msg string, path ...string) error { return keyError{path, msg} }
	switch {
	case !nameRE.MatchString(c.Kind):
		return bad("a kind is lower-case letters, digits and underscores", "kind")
	case slices.Contains(takenKinds, c.Kind):
		return bad("stapel itself has a table of this name; choose another", "kind")
	case c.Version == "":
		return bad("missing", "version")
	case c.Replaces != ReplacesNone && c.Replaces != ReplacesPeriod:
		return bad("use none or period", "replaces")
	case c.Suppliers != SuppliersOne && c.Suppliers != SuppliersMany:
		return bad("use one or many", "suppliers")
	case c.MinLinkShare != nil && (*c.MinLinkShare < 0 || *c.MinLinkShare > 1):
		return bad("a share from 0 to 1", "min_link_share")
	case c.Encoding != "utf-8" && c.Encoding != "windows-1252":
		return bad("use utf-8 or windows-1252", "encoding")
	case len(c.Columns) == 0:
		return bad("a contract needs columns", "columns")
	case c.Replaces == ReplacesPeriod && c.Period == nil:
		return bad("replaces: period needs a period_column", "replaces")
	}
	stored := map[string]string{ColLevering: "", ColRegel: "", ColTijdVan: "", ColTijdTot: "", ColGeteld: "", ColInhoud: ""}
	gemeenten := 0
	for i := range c.Columns {
		col := &c.Columns[i]
		at := []string{"columns", fmt.Sprint(i)}
		if err := col.validate(at); err != nil {
			return err
		}
		if _, dup := stored[col.StoredName()]; dup {
			return bad("column "+col.Name+" is there twice, or has a name that stapel itself uses", append(at, "name")...)
		}
		stored[col.StoredName()] = col.Name
		if col.Type == TypeGemeente {
			gemeenten++
		}
	}
	if gemeenten > 1 {
		return bad("at most one column of type gemeente", "columns")
	}
	need := func(name string, types []ColumnType, path ...string) error {
		if name == "" {
			return nil
		}
		col := c.Column(name)
		if col == nil {
			return bad("no column "+name+" in this contract", path...)
		}
		if !slices.Contains(types, col.Type) {
			return bad(fmt.Sprintf("column %s has type %s; want one of %v", name, col.Type, types), path...)
		}
		return nil
	}
	day := []ColumnType{TypeDatum}
	if c.Period != nil {
		if c.Period.Column == "" {
			return bad("missing", "period_column", "column")
		}
		if err := need(c.Period.Column, []ColumnType{TypeDatum, TypeMaand}, "period_column", "column"); err != nil {
			return err
		}
		if err := need(c.Period.End, day, "period_column", "end"); err != nil {
			return err
		}
		if c.Period.MaxDays < 0 {
			return bad("a number of days, 0 for no limit", "period_column", "max_days")
		}
		if c.Period.WithoutEnd != EndRuns && (c.Period.WithoutEnd != EndEvent || c.Period.End == "") {
			return bad("use event, for a kind with an end; leave it out where a line without a last day still runs", "period_column", "without_end")
		}
	}
	if c.Money != nil {
		money := []ColumnType{TypeCt, TypeEur}
		if c.Money.Amount == "" {
			return bad("missing", "money", "amount")
		}
		for _, m := range [][2]string{{c.Money.Amount, "amount"}, {c.Money.Override, "override"}} {
			if err := need(m[0], money, "money", m[1]); err != nil {
				return err
			}
		}
		if err := need(c.Money.Sign, []ColumnType{TypeCode}, "money", "sign"); err != nil {
			return err
		}
	}
	for i, name := range c.Reference {
		if c.Column(name) == nil {
			return bad("no column "+name+" in this contract", "reference", fmt.Sprint(i))
		}
	}
	for i, d := range c.CeilingDates {
		if _, err := time.Parse(time.DateOnly, d); err != nil {
			return bad("want JJJJ-MM-DD", "ceiling_dates", fmt.Sprint(i))
		}
	}
	for i, o := range c.Orders {
		at := []string{"order", fmt.Sprint(i)}
		if o.A == "" || o.B == "" || !nameRE.MatchString(o.Code) {
			return bad("needs a, b and regel_code", at...)
		}
		for _, side := range [][2]string{{o.A, "a"}, {o.B, "b"}} {
			if err := need(side[0], day, append(at, side[1])...); err != nil {
				return err
			}
		}
	}
	for i, d := range c.Derived {
		at := []string{"derived", fmt.Sprint(i)}
		if _, dup := stored[d.Name]; dup || !nameRE.MatchString(d.Name) || !nameRE.MatchString(d.Domain) {
			return bad("needs a new name and a domain", at...)
		}
		if err := need(d.From, []ColumnType{TypePersoon}, append(at, "from")...); err != nil {
			return err
		}
		if d.From == "" {
			return bad("missing", append(at, "from")...)
		}
		if err := need(d.When.Column, []ColumnType{TypeCode}, append(at, "when", "column")...); err != nil {
			return err
		}
	}
	return c.validateCost()
}

func (col *Column) validate(at []string) error {
	bad := func(msg, key string) error { return keyError{append(slices.Clone(at), key), msg} }
	if !nameRE.MatchString(col.Name) {
		return bad("a column name is lower-case letters, digits and underscores", "name")
	}
	if RefusedColumn(col.Name) {
		return bad("columns about nationality, origin or migration are never read", "name")
	}
	if !slices.Contains(columnTypes, col.Type) {
		return bad(fmt.Sprintf("unknown type; use one of %v", columnTypes), "type")
	}
	if strings.HasSuffix(col.Name, "_eur") != (col.Type == TypeEur) || strings.HasSuffix(col.Name, "_ct") != (col.Type == TypeCt) {
		return bad("the unit of money is in the name: *_ct has type ct, *_eur has type eur", "type")
	}
	if col.Type == TypeCode && len(col.Codes) == 0 {
		return bad("a column of type code needs its codes", "codes")
	}
	if len(col.Codes) > 0 && col.Type != TypeCode && col.Type != TypeLijst && col.Type != TypeVlag {
		return bad("codes go with type code, lijst or vlag", "codes")
	}
	if col.Type == TypeVlag {
		for _, code := range col.Codes {
			if code.Code != "ja" && code.Code != "nee" {
				return bad("a vlag has the codes ja and nee; other spellings go under also", "codes")
			}
		}
	}
	if col.Step != nil && (*col.Step <= 0 || (col.Type != TypeGeheel && col.Type != TypeDecimaal)) {
		return bad("step is above 0 and goes with type geheel or decimaal", "step")
	}
	if col.EmptyOK && !col.Required {
		return bad("empty_ok goes with required", "empty_ok")
	}
	if col.OpenEnd && (col.Type != TypeDatum || col.Required) {
		return bad("open_end goes with a date that is not required", "open_end")
	}
	if col.Incomplete != IncompleteNo && (col.Type != TypeDatum || col.Incomplete != IncompleteFirst && col.Incomplete != IncompleteLast) {
		return bad("use first or last, for a date", "incomplete")
	}
	allowed := map[ColumnType][]string{TypeDatum: {"DD-MM-JJJJ", "JJJJMMDD"}, TypeMaand: {"JJJJMM"}}[col.Type]
	for _, f := range col.Formats {
		if !slices.Contains(allowed, f) {
			return bad(fmt.Sprintf("unknown format for type %s; use one of %v", col.Type, allowed), "formats")
		}
	}
	if col.Pattern != "" {
		re, err := regexp.Compile(`^(?:` + col.Pattern + `)$`)
		if err != nil {
			return bad("not a regular expression: "+err.Error(), "pattern")
		}
		col.re = re
	}
	if col.Type == TypePersoon || col.Type == TypeHuishouden {
		if len(col.Unknown) > 0 {
			return bad("a pseudonym is not known when its cell is empty", "unknown")
		}
	}
	seen := map[string]bool{}
	for _, u := range col.Unknown {
		if u == "" || u != strings.TrimSpace(u) || seen[u] {
			return bad("an empty text, one with blanks around it, or one that is there twice", "unknown")
		}
		seen[u] = true
	}
	for _, code := range col.Codes {
		for _, s := range append([]string{code.Code}, code.Synonyms...) {
			if s == "" || seen[s] {
				return bad("an empty code, or one that is there twice", "codes")
			}
			seen[s] = true
		}
	}
	return nil
}

// keyError is a mistake in a YAML file at the key that path leads to.
type keyError struct {
	path []string
	msg  string
}

func (e keyError) Error() string { return strings.Join(e.path, ".") + ": " + e.msg }

// lineOf finds the line of the key that path leads to, or of the nearest parent that exists.
func lineOf(n *yaml.Node, path ...string) int {
	if n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	line := n.Line
	for _, p := range path {
		var next *yaml.Node
		switch n.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == p {
					line, next = n.Content[i].Line, n.Content[i+1]
				}
			}
		case yaml.SequenceNode:
			var idx int
			if _, err := fmt.Sscan(p, &idx); err == nil && idx < len(n.Content) {
				next = n.Content[idx]
				line = next.Line
			}
		}
		if next == nil {
			return line
		}
		n = next
	}
	return line
}
