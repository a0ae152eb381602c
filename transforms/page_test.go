package transforms

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the tables of docs/marts.md anew from the headers of the marts")

// order is the order of the marts on the page.
var order = strings.Fields(`ranglijst huishouden huishouden_lid kosten concentratie lorenz verwacht_cel ijking ijking_maat eerlijkheid stapeling
	zvw_referentie signaal cocktail cocktail_bewijs cocktail_naam cocktail_oordeel cocktail_groep trend trend_gebied patroon overgang pad
	pad_stap dreiging_kans preventief fraudefuik hindernis plan plan_totaal plan_regel plan_betaler doorlooptijd tevredenheid uitgave effect effect_maand uitkomst balans koppeling betaler_matrix
	claim_toets levering quarantaine
	dekking koppelgraad rijpheid rijpheid_kind controle aansluiting aansluiting_verklaring waterval uitgesloten bevinding`)

const (
	page  = "../docs/marts.md"
	begin = "<!-- From here on this page is written from the headers of the marts: go test ./transforms -run TestMartsPage -update -->\n"
	end   = "<!-- To here. -->\n"
)

// TestMartsPage: the page of the marts says what their headers say.
func TestMartsPage(t *testing.T) {
	models, err := Headers()
	if err != nil {
		t.Fatal(err)
	}
	marts := slices.DeleteFunc(models, func(m *Model) bool { return !m.Published() })
	for _, m := range marts {
		if !slices.Contains(order, m.Name) {
			t.Errorf("say where on the page mart %s belongs", m.Name)
		}
	}
	if len(marts) != len(order) {
		t.Fatalf("%d marts, %d on the page", len(marts), len(order))
	}
	slices.SortFunc(marts, func(a, b *Model) int { return slices.Index(order, a.Name) - slices.Index(order, b.Name) })
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	written, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for what is written from the headers", page)
	}
	want := describe(marts)
	if *update {
		if err := os.WriteFile(page, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if written != want {
		t.Errorf("%s is not what the headers say; write it anew: go test ./transforms -run TestMartsPage -update", page)
	}
}

func describe(marts []*Model) string {
	var b strings.Builder
	b.WriteString("\n| mart | level | key |\n|---|---|---|\n")
	for _, m := range marts {
		fmt.Fprintf(&b, "| [`%[1]s`](#%[1]s) | %[2]s | %[3]s |\n", m.Name, m.Level, key(m))
	}
	for _, m := range marts {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| column | type | unit | empty | what it is | needs |\n|---|---|---|---|---|---|\n", m.Name,
			wrap(fmt.Sprintf("%s Level **%s**, key %s.", strings.TrimSpace(m.Doc), m.Level, key(m))))
		for _, c := range m.Columns {
			empty := ""
			if c.Empty {
				empty = "yes"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", c.Name, published(c.Type), units[c.Type], empty, strings.ReplaceAll(strings.TrimSpace(c.Doc), "|", "`\\|`"), strings.Join(c.Needs, " "))
		}
	}
	b.WriteString("\n")
	return b.String()
}

// key names the columns that identify a row.
func key(m *Model) string { return "`" + strings.Join(m.Grain, "`, `") + "`" }

// units says what a value of a type is.
var units = map[ColumnType]string{Ct: "eurocents", Huishouden: "`h-…`", Persoon: "`p-…`",
	Maand: "first day", Gemeente: "`GM` and four digits", Aandeel: "part of 1"}

// published is the type of a mart's column, in which ids are text.
func published(t ColumnType) string {
	if t == Huishouden || t == Persoon {
		t = Tekst
	}
	return t.SQLType()
}

// wrap breaks text into lines.
func wrap(text string) string {
	const width = 120
	var b strings.Builder
	at := 0
	for i, word := range strings.Fields(text) {
		switch n := len([]rune(word)); {
		case i == 0:
			at = n
		case at+1+n > width:
			b.WriteString("\n")
			at = n
		default:
			b.WriteString(" ")
			at += 1 + n
		}
		b.WriteString(word)
	}
	return b.String()
}
