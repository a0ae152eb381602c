package modeltest

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"stapel/transforms"
)

// A value is a cell: nil is empty, otherwise an int64, a date (days since 1970), a float64, a bool or a text.
type value struct{ v any }

type date int32

// table is text taken apart.
type table struct {
	columns []transforms.Column
	values  [][]value
	sets    []byte // of columns in which a set of months was written as such, its first sign
	bench   *Bench
}

// parse reads a table: on the first line names of columns, then a row a line, with a word for each of them. Words are apart by blanks.
//
//   - empty
//     12                         a number: a key, a count, eurocents
//     {2025-01..2025-03,2025-12} a number: the set of these months, as bits of kalender; {} is the set of none
//     [2021-01..2025-12]         the same, as bits of effect_kalender
//     2025-01-31, 2025-01        a day; the first of a month
//     ja, nee                    a flag
//     0.25, 1/3                  a share
//     wmo, 'a b', '-', ”        a text
func (b *Bench) parse(text string, known []transforms.Column) (*table, error) {
	t := &table{bench: b}
	for line := range strings.Lines(text) {
		words, err := split(strings.TrimSpace(line))
		if err != nil {
			return nil, err
		}
		switch {
		case len(words) == 0:
			continue
		case t.columns == nil:
			for _, name := range words {
				at := slices.IndexFunc(known, func(c transforms.Column) bool { return c.Name == name })
				if at < 0 {
					return nil, fmt.Errorf("it has no column %s", name)
				}
				if slices.ContainsFunc(t.columns, func(c transforms.Column) bool { return c.Name == name }) {
					return nil, fmt.Errorf("column %s is named twice", name)
				}
				t.columns = append(t.columns, known[at])
			}
			t.sets = make([]byte, len(t.columns))
			continue
		case len(words) != len(t.columns):
			return nil, fmt.Errorf("%q: %d words for %d columns", strings.TrimSpace(line), len(words), len(t.columns))
		}
		var row []value
		for i, c := range t.columns {
			v, err := b.value(c.Type, words[i])
			if err != nil {
				return nil, fmt.Errorf("column %s: %w", c.Name, err)
			}
			if _, isSet := b.sets()[words[i][0]]; isSet {
				t.sets[i] = words[i][0]
			}
			row = append(row, v)
		}
		t.values = append(t.values, row)
	}
	return t, nil
}

// closing is the last sign of what begins with a sign.
var closing = map[byte]byte{'\'': '\'', '{': '}', '[': ']'}

// span are the months that a set can have: how many from the first.
type span struct {
	first  time.Time
	months int
}

// sets are the spans by the first sign of what is written.
func (b *Bench) sets() map[byte]span {
	return map[byte]span{'{': {b.first, 36}, '[': {b.first.AddDate(-2, 0, 0), 60}}
}

// split takes a line apart; a text between quotes keeps its first quote, so that '-' is not empty.
func split(line string) (words []string, err error) {
	for line != "" {
		end := strings.IndexAny(line, " \t")
		switch line[0] {
		case ' ', '\t':
			line = line[1:]
			continue
		case '\'', '{', '[':
			at := strings.IndexByte(line[1:], closing[line[0]])
			if at < 0 {
				return nil, fmt.Errorf("%q does not end", line)
			}
			end = at + 2
			if end < len(line) && line[end] != ' ' && line[end] != '\t' {
				return nil, fmt.Errorf("%q: a blank comes after it", line)
			}
		}
		if end < 0 {
			end = len(line)
		}
		words, line = append(words, line[:end]), line[end:]
	}
	return words, nil
}

func (b *Bench) value(typ transforms.ColumnType, word string) (value, error) {
	bad := func(want string) (value, error) { return value{}, fmt.Errorf("%q is not %s", word, want) }
	if word == "-" {
		return value{}, nil
	}
	switch typ.SQLType() {
	case "BIGINT":
		if of, ok := b.sets()[word[0]]; ok {
			return of.set(word[1 : len(word)-1])
		}
		n, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return bad("a whole number or a set of months")
		}
		return value{n}, nil
	case "DATE":
		if len(word) == len("2025-01") {
			word += "-01"
		}
		d, err := time.Parse(time.DateOnly, word)
		if err != nil {
			return bad("a day")
		}
		if typ == transforms.Maand && d.Day() != 1 {
			return bad("the first of a month")
		}
		return value{date(d.Unix() / 86400)}, nil
	case "BOOLEAN":
		if word != "ja" && word != "nee" {
			return bad("ja or nee")
		}
		return value{word == "ja"}, nil
	case "DOUBLE":
		above, below, part := strings.Cut(word, "/")
		n, err := strconv.ParseFloat(above, 64)
		if err == nil && part {
			var d float64
			if d, err = strconv.ParseFloat(below, 64); err == nil && d != 0 {
				n /= d
			}
		}
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
			return bad("a share")
		}
		return value{n}, nil
	default:
		if text, ok := strings.CutPrefix(word, "'"); ok {
			return value{strings.TrimSuffix(text, "'")}, nil
		}
		return value{word}, nil
	}
}

// set is a set of months as the models have it.
func (of span) set(text string) (value, error) {
	var bits int64
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		from, to, several := strings.Cut(strings.TrimSpace(part), "..")
		if !several {
			to = from
		}
		a, err := of.month(from)
		if err != nil {
			return value{}, err
		}
		z, err := of.month(to)
		if err != nil {
			return value{}, err
		}
		if z < a {
			return value{}, fmt.Errorf("%q ends before it begins", part)
		}
		for i := a; i <= z; i++ {
			bits |= 1 << i
		}
	}
	return value{bits}, nil
}

// month is the place of a month in the calendar.
func (of span) month(text string) (int, error) {
	m, err := time.Parse("2006-01", text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a month", text)
	}
	at := (m.Year()-of.first.Year())*12 + int(m.Month()-of.first.Month())
	if at < 0 || at >= of.months {
		return 0, fmt.Errorf("%s is not a month of the windows", text)
	}
	return at, nil
}

// sql is the value as the engine is given it.
func (v value) sql(typ transforms.ColumnType) string {
	text := "null"
	switch x := v.v.(type) {
	case int64:
		text = strconv.FormatInt(x, 10)
	case date:
		text = "'" + x.String() + "'"
	case float64:
		text = strconv.FormatFloat(x, 'g', -1, 64)
	case bool:
		text = strconv.FormatBool(x)
	case string:
		text = "'" + strings.ReplaceAll(x, "'", "''") + "'"
	}
	return fmt.Sprintf("cast(%s as %s)", text, typ.SQLType())
}

func (d date) String() string { return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly) }

// of is a value of what the engine gave.
func of(cell any) value {
	if day, ok := cell.(int32); ok {
		return value{date(day)}
	}
	return value{cell}
}

// same compares: shares to the last digits but one, for their sums may be added up in any order.
func (v value) same(w value) bool {
	a, isShare := v.v.(float64)
	b, both := w.v.(float64)
	if isShare && both {
		return math.Abs(a-b) <= 1e-12*math.Max(1, math.Abs(a))
	}
	return v.v == w.v
}

// compare holds what the engine gave to a table: the same rows in the same order, and no two with one key.
func (t *table) compare(got []map[string]value, grain []string) error {
	keys := map[string]bool{}
	same := len(got) == len(t.values)
	var rows [][]value
	for i, cells := range got {
		var key []string
		for _, g := range grain {
			key = append(key, fmt.Sprint(cells[g].v))
		}
		at := strings.Join(key, "\x00")
		if keys[at] {
			return fmt.Errorf("two rows have %s %s", strings.Join(grain, ", "), strings.ReplaceAll(at, "\x00", ", "))
		}
		keys[at] = true
		var row []value
		for j, c := range t.columns {
			row = append(row, cells[c.Name])
			same = same && row[j].same(t.values[i][j])
		}
		rows = append(rows, row)
	}
	if same {
		return nil
	}
	return fmt.Errorf("it gives\n%swant\n%s", t.show(rows), t.show(t.values))
}

// show writes rows as a table is written.
func (t *table) show(rows [][]value) string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 1, ' ', 0)
	var names []string
	for _, c := range t.columns {
		names = append(names, c.Name)
	}
	fmt.Fprintln(w, "  "+strings.Join(names, "\t"))
	for _, row := range rows {
		var words []string
		for i, v := range row {
			words = append(words, t.word(v, t.sets[i]))
		}
		fmt.Fprintln(w, "  "+strings.Join(words, "\t"))
	}
	w.Flush()
	return out.String()
}

// word is the value as it is written in a table.
func (t *table) word(v value, set byte) string {
	switch x := v.v.(type) {
	case nil:
		return "-"
	case int64:
		of, isSet := t.bench.sets()[set]
		if !isSet {
			return strconv.FormatInt(x, 10)
		}
		var months []string
		for i := 0; i < of.months; i++ {
			from := i
			for i < of.months && x&(1<<i) != 0 {
				i++
			}
			switch {
			case i == from+1:
				months = append(months, of.first.AddDate(0, from, 0).Format("2006-01"))
			case i > from:
				months = append(months, of.first.AddDate(0, from, 0).Format("2006-01")+".."+of.first.AddDate(0, i-1, 0).Format("2006-01"))
			}
		}
		return string(set) + strings.Join(months, ",") + string(closing[set])
	case bool:
		return map[bool]string{true: "ja", false: "nee"}[x]
	case string:
		if x == "" || x == "-" || strings.ContainsAny(x, " \t") {
			return "'" + x + "'"
		}
		return x
	default:
		return fmt.Sprint(x)
	}
}
