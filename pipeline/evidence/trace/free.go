package trace

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/reports/vrij"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// freeFigure is a figure that disclosure control let through: it is what the file of the run says, and names the raw figures that it was made
// of. Those are rounded and held back by rules that depend on who is counted, so that it can't be worked out from them alone.
func (t *Tracer) freeFigure(ctx context.Context, id ID) (*Trace, error) {
	if err := id.freeColumns(); err != nil {
		return nil, err
	}
	if t.free == nil {
		for _, o := range t.again.Manifest.Outputs {
			if o.Level != transforms.LevelVrij || !strings.HasSuffix(o.File, ".parquet") {
				continue
			}
			_, sum, err := control.HashFile(t.again.Folder().File(o.File))
			if err != nil && !os.IsNotExist(err) {
				return nil, err
			}
			if sum != o.Sha256 {
				return nil, t.again.Differs("%s was changed or removed", o.File)
			}
		}
		free, err := vrij.Read(ctx, os.DirFS(t.again.Folder().Free()))
		if err != nil {
			return nil, err
		}
		t.free = free
	}
	out := &Trace{ID: id.String(), Run: t.again.ID(), Type: transforms.Gegeven, Level: transforms.LevelVrij,
		Formula: "afgerond en zo nodig achtergehouden door de onthullingscontrole, uit het getal van de tabel eronder"}
	var row map[string]any
	err := t.free.Each(id.Table, func(key string, columns []typed.Column, cells []any) error {
		if key != id.Key {
			return nil
		}
		if row != nil {
			return fmt.Errorf("table %s of vrij has two rows of one key", id.Table)
		}
		row = map[string]any{}
		for i, c := range columns {
			row[c.Name] = cells[i]
			if c.Name == id.Column {
				out.Value, out.Unit = cells[i], unit(c)
			} else {
				out.Inputs = append(out.Inputs, Input{c.Name, cells[i]})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, exit.Misuse("look in the table for its key: its columns, with a slash between them", "table %s of vrij has no row with the key of this id", id.Table)
	}
	out.From, err = t.raw(id, row)
	return out, err
}

// unit is what a column of vrij holds.
func unit(c typed.Column) transforms.ColumnType {
	switch {
	case strings.HasSuffix(c.Name, "_ct"):
		return transforms.Ct
	case c.Name == "aandeel":
		return transforms.Aandeel
	case c.Type == "DOUBLE":
		return transforms.Getal
	case c.Type == "BIGINT":
		return transforms.Aantal
	default:
		return transforms.Tekst
	}
}

// sameRows are the tables of vrij of which a row is a row of a mart, with the columns that have another name in it.
var sameRows = map[string]struct {
	mart   string
	column map[string]string
}{
	"combinatie":   {"patroon", map[string]string{"verwacht": "verwacht_huishoudens"}},
	"overgang":     {"overgang", nil},
	"pad":          {"pad", nil},
	"pad_stap":     {"pad_stap", nil},
	"bijna":        {"dreiging_kans", map[string]string{"huishoudens": "huishoudens_nu"}},
	"hindernis":    {"hindernis", nil},
	"plan_totaal":  {"plan_totaal", nil},
	"tevredenheid": {"tevredenheid", nil},
	"claim":        {"claim_toets", nil},
	"uitkomst":     {"uitkomst", map[string]string{"schatting": "verschil"}},
}

// everyone stands in keys of marts and of vrij for all values of a column.
const everyone = vrij.Alle

// verdictColumns are the columns of marts by the verdict that a row of vrij is about.
var verdictColumns = map[string]string{vrij.Alle: "huishoudens", vrij.Vol: "vol", vrij.Dreigend: "dreigend", vrij.Onbekend: "onbekend", vrij.Ntb: "niet_te_beoordelen", vrij.Nee: "nee"}

// claimColumns are those of fraudefuik by the state of a row.
var claimColumns = map[string]string{vrij.Alle: "huishoudens", vrij.Met: "met_vordering", vrij.Zonder: "zonder_vordering", vrij.Ntb: "niet_te_beoordelen"}

// costColumns are those of cocktail_groep by part and column of a row of cocktail_kosten: what was added up, subtracted or divided.
var costColumns = map[string]string{
	vrij.Alle + " huishoudens": "huishoudens", vrij.Vol + " huishoudens": "vol", vrij.Overig + " huishoudens": "huishoudens vol",
	vrij.Alle + " kosten_ct": "kosten_vol_ct kosten_overig_ct", vrij.Vol + " kosten_ct": "kosten_vol_ct", vrij.Overig + " kosten_ct": "kosten_overig_ct",
	vrij.Alle + " gemiddeld_ct": "kosten_vol_ct kosten_overig_ct huishoudens", vrij.Vol + " gemiddeld_ct": "kosten_vol_ct vol",
	vrij.Overig + " gemiddeld_ct": "kosten_overig_ct huishoudens vol",
}

// raw are the ids of the raw figures that one of vrij was made of, those that the run has. Of verslag there are none: it says what the gate did.
func (t *Tracer) raw(id ID, row map[string]any) ([]string, error) {
	text := func(column string) string { s, _ := row[column].(string); return s }
	join := func(parts ...string) string { return strings.Join(parts, "/") }
	var from []ID
	add := func(mart, key, columns string) {
		for column := range strings.FieldsSeq(columns) {
			from = append(from, ID{Table: mart, Key: key, Column: column})
		}
	}
	switch cocktail := text("cocktail_id"); id.Table {
	case "cocktail":
		return t.rawCocktail(row)
	case "cocktail_type":
		feature := "huishoudtype"
		if text("typhh") == everyone {
			feature = everyone
		}
		add("cocktail_groep", join(cocktail, feature, text("typhh")), verdictColumns[text("oordeel")])
	case "cocktail_kosten":
		add("cocktail_groep", join(cocktail, everyone, everyone), costColumns[text("deel")+" "+id.Column])
	case "fraudefuik":
		column := claimColumns[text("stand")]
		if id.Column == "open_ct" {
			column = id.Column
		}
		add("fraudefuik", text("groep"), column)
	case "effect", "effect_betaler":
		method, payer, column := text("schatter"), everyone, id.Column
		if id.Table == "effect_betaler" {
			method, payer = "gematcht", text("betaler")
		}
		if column == "huishoudens" {
			column = "n_behandeld"
		}
		add("effect", join(method, text("herkomst"), "gestart", "kosten", everyone, payer), column)
	case "bron":
		add("koppelgraad", join(text("kind"), everyone, everyone), "oordeel")
	default:
		if of, ok := sameRows[id.Table]; ok {
			column := id.Column
			if other := of.column[column]; other != "" {
				column = other
			}
			add(of.mart, id.Key, column)
		}
	}
	return t.there(from)
}

// rawCocktail are the raw figures of how households of a place stand on a day: of all, those of the trend; of a place, those of the quarter, of which
// a gemeente is the sum of its wijken; of a peildatum that ends no quarter, those of the groups.
func (t *Tracer) rawCocktail(row map[string]any) ([]string, error) {
	text := func(column string) string { s, _ := row[column].(string); return s }
	cocktail, gemeente, wijk, column := text("cocktail_id"), text("gemeentecode"), text("wijkcode"), verdictColumns[text("oordeel")]
	quarter, ends := row["kwartaal"].(time.Time)
	at := quarter.Format(time.DateOnly) + "/" + cocktail
	switch {
	case ends && gemeente == everyone:
		return t.there([]ID{{Table: "trend", Key: at, Column: column}})
	case ends && wijk == everyone:
		var from []ID
		err := t.keys("trend_gebied", at+"/"+gemeente+"/", func(key string) { from = append(from, ID{Table: "trend_gebied", Key: key, Column: column}) })
		if err != nil {
			return nil, err
		}
		return t.there(from)
	case ends:
		return t.there([]ID{{Table: "trend_gebied", Key: at + "/" + gemeente + "/" + wijk, Column: column}})
	case gemeente == everyone:
		return t.there([]ID{{Table: "cocktail_groep", Key: cocktail + "/" + everyone + "/" + everyone, Column: column}})
	case wijk == everyone:
		return t.there([]ID{{Table: "cocktail_groep", Key: cocktail + "/gemeente/" + gemeente, Column: column}})
	}
	return t.there([]ID{{Table: "cocktail_groep", Key: cocktail + "/wijk/" + wijk, Column: column}})
}

// keys hands over the keys of a mart that begin so.
func (t *Tracer) keys(mart, prefix string, key func(string)) error {
	rows, err := t.named(mart)
	if err != nil {
		return err
	}
	return rows.each(func(k string, _ []any) error {
		if strings.HasPrefix(k, prefix) {
			key(k)
		}
		return nil
	})
}

// there are the ids of which the run has a figure.
func (t *Tracer) there(from []ID) (out []string, err error) {
	for _, id := range from {
		m, _, err := id.header()
		if err != nil {
			continue // words are no figure
		}
		mart, err := t.mart(m)
		if err != nil {
			return nil, err
		}
		if row, err := mart.find(id.Key); err == nil && row != nil {
			out = append(out, id.String())
		}
	}
	return out, nil
}
