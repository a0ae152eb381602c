package vrij

import (
	"reflect"
	"strings"
	"time"

	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// withheld says that an empty cell of a column may not be shown. A quarter that is not there is none.
func withheld(name string, c typed.Column) bool { return c.Optional && name != "kwartaal" }

// ForPeople are the tables for a spreadsheet and for programs, in the order to show: all rows and columns, with Dutch headings.
func (t *Tables) ForPeople() (out []table.Table, err error) {
	for _, f := range files {
		columns, rows, err := f.cells(t)
		if err != nil {
			return nil, err
		}
		people := table.Table{Name: f.name, Level: transforms.LevelVrij, Each: table.Slice(rows, func(r []any) []any { return r })}
		for _, c := range columns {
			people.Columns = append(people.Columns, table.Column{Name: c.Name, Title: nl.Heading(f.name, c.Name), Kind: kindOf(c),
				Withheld: withheld(c.Name, c)})
		}
		out = append(out, people)
	}
	return out, nil
}

// kindOf is what a column of a file holds for people.
func kindOf(c typed.Column) table.Kind {
	switch {
	case c.Type == "BIGINT" && strings.HasSuffix(c.Name, "_ct"):
		return table.Euro
	case c.Type == "BIGINT":
		return table.Int
	case c.Name == "aandeel":
		return table.Fraction
	case c.Type == "DOUBLE":
		return table.Number
	case c.Type == "DATE":
		return table.Day
	case c.Type == "BOOLEAN":
		return table.Flag
	default:
		return table.Text
	}
}

// Day is a day of a table.
func Day(days int32) time.Time { return time.Unix(int64(days)*86400, 0).UTC() }

// cellsOf are rows as tables have them.
func cellsOf[T any](rows []T, columns []typed.Column) [][]any {
	out := make([][]any, len(rows))
	for i := range rows {
		v := reflect.ValueOf(&rows[i]).Elem()
		out[i] = make([]any, len(columns))
		for k := range columns {
			f := v.Field(k)
			if f.Kind() == reflect.Pointer {
				if f.IsNil() {
					continue
				}
				f = f.Elem()
			}
			out[i][k] = f.Interface()
			if day, ok := out[i][k].(int32); ok {
				out[i][k] = Day(day)
			}
		}
	}
	return out
}
