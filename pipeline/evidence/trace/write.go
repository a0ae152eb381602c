package trace

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"stapel/pipeline/exit"
	"stapel/reports/csv"
	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/transforms"
)

// Formats in which a trace is written.
const (
	Text = "text"
	CSV  = "csv"
	JSON = "json"
)

// Write writes a trace in a format.
func (t *Trace) Write(ctx context.Context, w io.Writer, format string) error {
	switch format {
	case CSV:
		return csv.Write(ctx, w, t.table())
	case JSON:
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		return out.Encode(struct {
			Exit exit.Code `json:"exit"`
			*Trace
		}{exit.Done, t})
	default:
		return t.text(w)
	}
}

// shownParts is how many lines or members a text shows; a file has them all.
const shownParts = 40

// text says in Dutch what a figure is made of.
func (t *Trace) text(w io.Writer) error {
	b := &strings.Builder{}
	say := func(name, value string) { fmt.Fprintf(b, "%-12s%s\n", name, value) }
	say("cijfer", t.ID)
	say("run", t.Run)
	say("waarde", t.written(t.Value))
	if t.Level == transforms.LevelVrij {
		say("soort", "vrijgegeven: zo staat het in het bestand van de run, dat is zoals het manifest zegt")
	} else {
		say("soort", string(t.Type)+": "+typeWords[t.Type])
	}
	say("formule", t.Formula)
	if t.Level != transforms.LevelVrij {
		same := "de hele tabel kwam er rij voor rij gelijk uit"
		if !t.Same {
			same = "dit cijfer kwam er gelijk uit; de rest van de tabel is niet in alles gelijk"
		}
		say("herrekend", t.written(t.Again)+"; "+same)
		say("model", fmt.Sprintf("%s (sha256 %.12s)", t.Model.Name, t.Model.Sha256))
	}
	for _, from := range t.From {
		say("uit", from)
	}
	if len(t.Sources) > 0 {
		fmt.Fprintln(b)
		out := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(out, "waaruit\tdelen\tsom\t")
		var parts, sum int64
		for _, s := range t.Sources {
			name := s.File
			if name == "" {
				name = "leden"
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t\n", name, nl.Int(s.Parts), t.written(s.Sum))
			parts, sum = parts+s.Parts, sum+s.Sum
		}
		fmt.Fprintf(out, "samen\t%s\t%s\t\n", nl.Int(parts), t.written(sum))
		if err := out.Flush(); err != nil {
			return err
		}
		if len(t.Parts) == 0 {
			fmt.Fprintln(b, "\nwelke regels of leden dat zijn staat er met --reden \"...\" bij; dat wordt vastgelegd")
		}
	}
	if len(t.Parts) > 0 {
		fmt.Fprintln(b)
		out := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
		for i, p := range t.Parts {
			if i == shownParts {
				fmt.Fprintf(out, "en nog %s; --format csv heeft ze alle\n", nl.Int(int64(len(t.Parts)-shownParts)))
				break
			}
			fmt.Fprintf(out, "%s\t%s\t%s\n", p.where(), p.Member, t.written(p.Sum))
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	if len(t.Inputs) > 0 {
		fmt.Fprintln(b, "\nwaar het naast staat")
		out := tabwriter.NewWriter(b, 2, 0, 2, ' ', 0)
		for _, in := range t.Inputs {
			fmt.Fprintf(out, "  %s\t%s\n", in.Name, plain(in.Name, in.Value))
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, nl.Plain(b.String()))
	return err
}

var typeWords = map[transforms.FigureType]string{
	transforms.Som:       "tot op de cent de som van bronregels",
	transforms.Telling:   "het aantal leden",
	transforms.Schatting: "opnieuw berekend uit de invoer van de run",
	transforms.Oordeel:   "een regel, en wat die zag",
	transforms.Gegeven:   "zo geleverd, of een nummer; er is niets in geteld",
}

// where is the line that a part stands on.
func (p Part) where() string {
	if p.File == "" || p.Line == 0 {
		return ""
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// written is a value of the figure's unit.
func (t *Trace) written(v any) string {
	if n, ok := v.(int64); ok && t.Unit == transforms.Ct {
		return nl.Euro(n)
	}
	return plain("", v)
}

// plain is a value for people; the name of a column says whether it is eurocents.
func plain(name string, v any) string {
	switch v := v.(type) {
	case nil:
		return "leeg"
	case int64:
		if strings.HasSuffix(name, "_ct") {
			return nl.Euro(v)
		}
		return nl.Int(v)
	case float64:
		return nl.Decimal(v)
	case bool:
		return map[bool]string{true: "ja", false: "nee"}[v]
	case time.Time:
		return v.Format(time.DateOnly)
	default:
		return fmt.Sprint(v)
	}
}

// table are the parts of a figure, or what it stands beside, as a table.
func (t *Trace) table() table.Table {
	out := table.Table{Name: "spoor", Level: t.Level}
	if len(t.Parts) == 0 && len(t.Inputs) > 0 {
		out.Columns = table.Named(table.Text, "naam waarde")
		out.Each = table.Slice(t.Inputs, func(in Input) []any { return []any{in.Name, plain(in.Name, in.Value)} })
		return out
	}
	out.Columns = append(table.Named(table.Text, "soort bestand"), table.Column{Name: "regel", Kind: table.Int}, table.Column{Name: "lid", Kind: table.Text})
	if t.Unit == transforms.Ct {
		out.Columns = append(out.Columns, table.Column{Name: "deel_ct", Kind: table.Euro})
	} else {
		out.Columns = append(out.Columns, table.Column{Name: "deel", Kind: table.Int})
	}
	if len(t.Parts) == 0 {
		out.Each = table.Slice(t.Sources, func(s Source) []any { return []any{s.Kind, s.File, nil, nil, s.Sum} })
		return out
	}
	out.Each = table.Slice(t.Parts, func(p Part) []any {
		var line any
		if p.Line != 0 {
			line = p.Line
		}
		return []any{p.Kind, p.File, line, p.Member, p.Sum}
	})
	return out
}
