package analist

import (
	"strings"

	"stapel/reports"
	"stapel/reports/effect"
	"stapel/reports/nl"
	"stapel/reports/patronen"
	"stapel/reports/table"
)

// coded gives the columns of a table that hold codes the words for them.
func (f *facts) coded(run reports.Run, t table.Table) table.Table {
	for i, c := range t.Columns {
		if c.Kind == table.Text {
			t.Columns[i].Words = f.wordsOf(run, t.Name, c.Name)
		}
	}
	return t
}

// wordsOf are the words for the codes of a column; nil where it holds none.
func (f *facts) wordsOf(run reports.Run, name, column string) func(string) string {
	word := func(sort string) func(string) string {
		return func(code string) string {
			if code == "" {
				return ""
			}
			return nl.Word(sort, code)
		}
	}
	if words := patronen.Words(run, name, column); words != nil {
		return words
	}
	if words := effect.Words(run, name, column); words != nil {
		return words
	}
	switch column {
	case "kind", "onderwerp":
		return word("kind")
	case "typhh", "zvw_gedekt", "domein", "betaler", "stap", "gedekt", "band", "jaren", "kenmerk", "beter", "ernst":
		if column == "domein" {
			return run.Domein
		}
		return word(column)
	case "reden_niet":
		return each("|", word("reden"))
	case "bevindingen":
		return each("|", word("bevinding"))
	case "cocktail_id":
		return f.cocktailName
	case "cocktails":
		return each("|", f.cocktailName)
	case "ontbrekend":
		return missingWords
	case "volgorde":
		return each(">", word("ingredient"))
	case "ingredient":
		return word("ingredient")
	case "gemeentecode":
		return func(code string) string {
			if code == "" || code == "alle" {
				return code
			}
			return run.Namen.Gemeente(code)
		}
	case "wijkcode":
		return run.Namen.Wijk
	case "regel_code":
		if name != "quarantaine" && name != "aan_leveranciers" {
			return word("bevinding")
		}
	}
	switch name + "." + column {
	case "plan.status":
		return word("planstatus")
	case "levering.status":
		return word("leverstatus")
	case "koppelgraad.oordeel":
		return word("koppelt")
	case "rijpheid.reden":
		return word("rijpheid")
	case "stapeling.maat", "ijking_maat.maat":
		return word("maat")
	case "kosten_totaal.grondslag":
		return word("grondslag")
	}
	return nil
}

// each is the words for a list of codes.
func each(sep string, word func(string) string) func(string) string {
	return func(list string) string {
		if list == "" {
			return ""
		}
		parts := strings.Split(list, sep)
		for i, code := range parts {
			parts[i] = word(code)
		}
		if sep == ">" {
			return strings.Join(parts, " → ")
		}
		return strings.Join(parts, "; ")
	}
}

// cocktailName is the name of a cocktail; its id where the run has none.
func (f *facts) cocktailName(id string) string {
	for _, st := range f.Cocktails.Stats {
		if st.ID == id {
			return st.Naam
		}
	}
	return id
}

// missingWords are the ingredients that an episode lacks, those that show weakly as what is probably so.
func missingWords(list string) string {
	parts := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("+|,;", r) })
	for i, part := range parts {
		parts[i] = nl.Lacking(part)
	}
	return strings.Join(parts, ", ")
}
