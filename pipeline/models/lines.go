package models

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"stapel/config"
	"stapel/transforms"
)

// LakeName is the table of a kind's lines.
func LakeName(kind string) string { return "lake_" + kind }

// Lines of several kinds together, so that models which treat kinds alike read them and a new kind needs no change in one. LakeLines: what
// every kind has, whatever its columns. LakeCosts: the lines that have an amount of their own, with what their contract says of cost.
const (
	LakeLines = "lake_regel"
	LakeCosts = "lake_kosten"
)

// lineColumns are the columns of LakeLines and costColumns those of LakeCosts.
var (
	lineColumns = []transforms.Column{
		{Name: "kind", Type: transforms.Tekst, Doc: "kind of extract"},
		{Name: config.ColLevering, Type: transforms.Sleutel, Doc: "delivery"},
		{Name: config.ColRegel, Type: transforms.Aantal, Doc: "physical line"},
		{Name: "gemeentecode", Type: transforms.Gemeente, Doc: "gemeente; empty where the kind has none"},
		{Name: config.ColTijdVan, Type: transforms.Datum, Doc: "first day"},
		{Name: config.ColTijdTot, Type: transforms.Datum, Doc: "day after the last; empty: still running"},
		{Name: config.ColGeteld, Type: transforms.Ct, Doc: "counted amount; empty where the kind has no money"},
		{Name: "persoon", Type: transforms.Persoon, Doc: "key; empty where a line is about nobody"},
		{Name: "uzovi", Type: transforms.Tekst, Doc: "insurer; empty where the kind has none"},
		{Name: config.ColInhoud, Type: transforms.Sleutel, Doc: "hash of the contract's columns"},
	}
	costColumns = []transforms.Column{
		{Name: "kind", Type: transforms.Tekst, Doc: "kind of extract"},
		{Name: config.ColLevering, Type: transforms.Sleutel, Doc: "delivery"},
		{Name: config.ColRegel, Type: transforms.Aantal, Doc: "physical line"},
		{Name: "persoon", Type: transforms.Persoon, Doc: "whom the cost follows"},
		{Name: "domein", Type: transforms.Tekst, Doc: "law"},
		{Name: "betaler", Type: transforms.Tekst, Doc: "who pays"},
		{Name: "grondslag", Type: transforms.Tekst, Doc: "gedeclareerd"},
		{Name: "aanbieder_agb", Type: transforms.Tekst, Doc: "provider; empty where the kind names none"},
		{Name: "van", Type: transforms.Datum, Doc: "first day"},
		{Name: "tot", Type: transforms.Datum, Doc: "day after the last"},
		{Name: config.ColGeteld, Type: transforms.Ct, Doc: "counted amount, credit negative"},
		{Name: "productgroep", Type: transforms.Tekst, Doc: "product group; alle where the kind has none"},
		{Name: "gedateerd", Type: transforms.Vlag, Doc: "the kind has a column that says when a line was declared"},
		{Name: "gedateerd_op", Type: transforms.Datum, Doc: "when it was; empty where the line does not say so"},
		{Name: "voorziening", Type: transforms.Tekst, Doc: "number of its voorziening; empty where the kind names none"},
		{Name: "telt_als_voorziening", Type: transforms.Vlag, Doc: "it is among the voorzieningen of a household"},
	}
)

// orNull is a column, or where a contract has none an empty value.
func orNull(name, typ string) string {
	if name == "" {
		return "cast(null as " + typ + ")"
	}
	return name
}

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// linesQuery is the SELECT behind LakeLines.
func linesQuery(cfg *config.Config) string {
	var parts []string
	for _, kind := range cfg.Kinds() {
		contract := cfg.Contracts[kind]
		uzovi := ""
		if contract.Column("uzovi") != nil {
			uzovi = "uzovi"
		}
		parts = append(parts, fmt.Sprintf("select '%s' as kind, %s, %s, %s as gemeentecode, %s, %s, %s, %s as persoon, %s as uzovi, %s from %s",
			kind, config.ColLevering, config.ColRegel, orNull(contract.Gemeente(), "varchar"), config.ColTijdVan, config.ColTijdTot, config.ColGeteld,
			orNull(contract.Person(), "bigint"), orNull(uzovi, "varchar"), config.ColInhoud, LakeName(kind)))
	}
	return strings.Join(parts, "\nunion all\n")
}

// costsQuery is likewise the SELECT behind LakeCosts. What the contract says of all lines of a kind is a constant, so that an engine leaves out
// the kinds that a condition on it excludes.
func costsQuery(cfg *config.Config) string {
	var parts []string
	for _, kind := range cfg.Kinds() {
		contract := cfg.Contracts[kind]
		if !OwnAmount(contract) {
			continue
		}
		k := contract.Cost
		domein, betaler := costDomein(cfg, contract)
		group := k.Productgroep
		if group == config.AllProducts {
			group = literal(group)
		}
		provision, counted := "", false
		if k.Provision != nil {
			provision, counted = k.Provision.Column, k.Provision.Counted
		}
		parts = append(parts, fmt.Sprintf(`select '%s' as kind, %s, %s, %s as persoon, %s as domein, %s as betaler, '%s' as grondslag, %s as aanbieder_agb,
			%s as van, %s as tot, %s, %s as productgroep, %t as gedateerd, %s as gedateerd_op, %s as voorziening, %t as telt_als_voorziening from %s`,
			kind, config.ColLevering, config.ColRegel, contract.Person(), domein, betaler, k.Grondslag, orNull(k.Provider, "varchar"),
			config.ColTijdVan, config.ColTijdTot, config.ColGeteld, group, k.Received != "", orNull(k.Received, "date"), orNull(provision, "varchar"),
			counted, LakeName(kind)))
	}
	return strings.Join(parts, "\nunion all\n")
}

// costDomein are the domein of a line and who pays, as an engine reads it.
func costDomein(cfg *config.Config, contract *config.Contract) (domein, betaler string) {
	column := contract.Cost.DomeinColumn
	if column == "" {
		return literal(contract.Cost.Domein), literal(cfg.Betaler(contract, contract.Cost.Domein))
	}
	betaler = "case " + column
	for _, name := range contract.Domeinen() {
		betaler += fmt.Sprintf(" when %s then %s", literal(name), literal(cfg.Betaler(contract, name)))
	}
	return column, betaler + " end"
}

// OwnAmount reports whether the lines of a kind are cost, each with an amount of its own: those of LakeCosts.
func OwnAmount(c *config.Contract) bool { return c.Cost != nil && c.Cost.Per == config.PerRegel }

// ReadsKind reports whether a model reads lines of a kind for what they are, by the kind's own name or among those that are cost: not as lines of
// any kind.
func ReadsKind(m *transforms.Model, c *config.Contract) bool {
	if m.Name == ValidName(c.Kind) || m.Name == ValidLines {
		return false
	}
	names := []string{LakeName(c.Kind), ValidName(c.Kind)}
	if OwnAmount(c) {
		names = append(names, LakeCosts)
	}
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(m.Reads, name) })
}

// LakeColumns are the columns of a kind's lines as models see them.
func LakeColumns(c *config.Contract) []transforms.Column {
	var cols []transforms.Column
	for _, s := range c.Stored() {
		col := transforms.Column{Name: s.Name, Type: lakeTypes[string(s.Type)], Doc: "as delivered"}
		if strings.HasSuffix(s.Name, "_ct") {
			col.Type = transforms.Ct
		}
		cols = append(cols, col)
	}
	return cols
}

var lakeTypes = map[string]transforms.ColumnType{"BIGINT": transforms.Aantal, "DATE": transforms.Datum,
	"VARCHAR": transforms.Tekst, "BOOLEAN": transforms.Vlag}

// ValidName is the table of a kind's lines that no newer delivery replaced.
func ValidName(kind string) string { return validPrefix + kind }

const validPrefix = "geldig_"

// Lines of several kinds together that no newer delivery replaced.
const (
	ValidLines = validPrefix + "regel"
	ValidCosts = validPrefix + "kosten"
)

// validModels are ValidName of every kind, ValidLines and ValidCosts: models like those in transforms, but made of the contracts, so that
// which lines count is said in one place.
func validModels(cfg *config.Config) (out []*transforms.Model) {
	var lines, costs, all, paid []string
	for _, kind := range cfg.Kinds() {
		lines, all = append(lines, LakeName(kind)), append(all, literal(kind))
		if OwnAmount(cfg.Contracts[kind]) {
			costs, paid = append(costs, LakeName(kind)), append(paid, literal(kind))
		}
		out = append(out, linesModel(ValidName(kind), []string{config.ColLevering, config.ColRegel}, []string{LakeName(kind), replaced}, LakeColumns(cfg.Contracts[kind]),
			notReplaced(LakeName(kind), literal(kind), literal(kind))))
	}
	// All lines together are joined once, and are not those of ValidName together: an engine holds a hash table for each of those joins at once, and
	// finds the lines the smaller side of most, so that a table of all lines has to be in memory for as long as one of them is read.
	grain := []string{kindColumn, config.ColLevering, config.ColRegel}
	return append(out, linesModel(ValidLines, grain, append(lines, replaced), lineColumns, notReplaced("("+linesQuery(cfg)+")", "l.kind", all...)),
		linesModel(ValidCosts, grain, append(costs, replaced), costColumns, notReplaced("("+costsQuery(cfg)+")", "l.kind", paid...)))
}

// notReplaced is the SELECT of the lines in from, of the kind that kind says and of these kinds alone, that are not in the table of those replaced.
func notReplaced(from, kind string, kinds ...string) string {
	return fmt.Sprintf("with\n\n%[1]s as (\n  select * from %[1]s where kind in (%[2]s)\n)\n\n"+
		"select l.* from %[3]s l left join %[1]s v on v.kind = %[4]s and v.levering = l.levering and v.regel = l.regel where v.kind is null",
		replaced, strings.Join(kinds, ", "), from, kind)
}

// replaced is the table that says which lines a newer delivery replaced.
const replaced = "vervangen"

// linesModel is a view of lines of one kind or more.
func linesModel(name string, grain, reads []string, columns []transforms.Column, sql string) *transforms.Model {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%v\n%s", name, columns, sql))
	return &transforms.Model{Name: name, Layer: transforms.Staging, Doc: "Lines that no newer delivery replaced.", Grain: grain, Reads: reads,
		Columns: columns, View: true, Parts: kindColumn, SQL: sql, Sha256: hex.EncodeToString(sum[:]), File: "pipeline/models/lines.go: " + name}
}
