package trace

import (
	"context"
	"fmt"
	"os"
	"strings"

	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/reports/vrij"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// beside are the values of the row that a schatting or an oordeel stands in, and for the status of a cocktail the evidence of it: what the rule
// looked at.
func (t *Tracer) beside(ctx context.Context, out *Trace, m *transforms.Model, row []any) error {
	for i, c := range m.Columns {
		if out.ID == "" || strings.HasSuffix(out.ID, "/"+c.Name) {
			continue
		}
		out.Inputs = append(out.Inputs, Input{c.Name, row[i]})
	}
	if m.Name == "cocktail" && out.Type == transforms.Oordeel {
		return t.cocktail(out, row)
	}
	return nil
}

// cocktail adds what the cocktail asks, and each signal that counts for the episode with its source line.
func (t *Tracer) cocktail(out *Trace, row []any) error {
	for _, name := range []string{"cocktail_naam", "cocktail_bewijs"} {
		files, err := t.again.Marts(name)
		if err != nil {
			return err
		}
		if t.marts[name] == nil {
			at := indexOf(t.all, name)
			t.marts[name] = &stored{model: t.all[at], file: files[name]}
		}
	}
	id, _ := row[t.marts["cocktail"].at("cocktail_id")].(string)
	asked, err := t.marts["cocktail_naam"].find(id)
	if err != nil {
		return err
	}
	if asked != nil {
		out.Inputs = append(out.Inputs, Input{"cocktail_naam.ingredienten", asked[t.marts["cocktail_naam"].at("ingredienten")]})
	}
	evidence := t.marts["cocktail_bewijs"]
	own := t.marts["cocktail"].key(row) + "/"
	return evidence.each(func(key string, cells []any) error {
		if !strings.HasPrefix(key, own) {
			return nil
		}
		text := func(column string) string { s, _ := cells[evidence.at(column)].(string); return s }
		line, _ := cells[evidence.at("bron_regel")].(int64)
		out.Parts = append(out.Parts, Part{Kind: text("bron_kind"), File: text("bron_bestand"), Line: line,
			Member: text("ingredient") + ", " + text("sterkte"), Sum: 1})
		return nil
	})
}

func indexOf(list []*transforms.Model, name string) int {
	for i, m := range list {
		if m.Name == name {
			return i
		}
	}
	return -1
}

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
	found := false
	err := t.free.Each(id.Table, func(key string, columns []typed.Column, cells []any) error {
		if key != id.Key {
			return nil
		}
		if found {
			return fmt.Errorf("table %s of vrij has two rows of one key", id.Table)
		}
		found = true
		for i, c := range columns {
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
	if !found {
		return nil, exit.Misuse("look in the table for its key: its columns, with a slash between them", "table %s of vrij has no row with the key of this id", id.Table)
	}
	out.From = raw(id)
	return out, nil
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

// rawTables are the marts that tables of vrij are made of, and the columns that have another name in them.
var rawTables = map[string]struct {
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

// raw are the ids of the raw figures of one that was let through, where its row is a row of a mart.
func raw(id ID) []string {
	of, ok := rawTables[id.Table]
	if !ok {
		return nil
	}
	column := id.Column
	if other := of.column[column]; other != "" {
		column = other
	}
	from := ID{Table: of.mart, Key: id.Key, Column: column}
	if _, _, err := from.header(); err != nil {
		return nil
	}
	return []string{from.String()}
}
