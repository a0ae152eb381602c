package trace

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/testrun"
	"stapel/transforms"
	"stapel/transforms/typed"
)

func openDuck(*config.Config) engine.Open { return duckdb.Opener(0, 1) }

func loadDefaults(set map[string]any) (*config.Config, error) {
	all := map[string]any{configtest.Exclusions: false} // as configtest.Defaults has it
	maps.Copy(all, set)
	return config.Load(config.Options{Set: all})
}

// effects is the setting that leaves out what maatwerk did, which takes as long as the rest of the sample.
const effects = "reports.effect"

// sample runs the demonstration set with its reports, and opens it.
func sample(t *testing.T) *Tracer {
	t.Helper()
	data := testrun.Sample(t)
	set := map[string]any{}
	if os.Getenv("STAPEL_TRACE_ALL") == "" {
		set[effects] = false // few has none of their marts
	}
	opt := testrun.Options(data, configtest.Defaults(t, set))
	result, err := pipeline.Run(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	tracer, err := Open(context.Background(), Options{Data: data, Run: result.RunID, Why: "test", Load: func(more map[string]any) (*config.Config, error) {
		all := maps.Clone(set)
		maps.Copy(all, more)
		return loadDefaults(all)
	}, Engine: openDuck})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tracer.Close(); err != nil {
			t.Error(err)
		}
	})
	return tracer
}

// sumRow is what lies under a figure, added up by the engine for all figures of a mart at once.
type sumRow struct {
	Key    string `parquet:"sleutel"`
	Column string `parquet:"kolom"`
	Sum    int64  `parquet:"deel"`
}

// drawn is how many columns of each of these have figures traced one by one.
const drawn = 4

// few are the marts that are traced each time: one of each sort. `make trace-all` traces all.
var few = []string{"kosten", "ranglijst", "controle", "cocktail", "plan_totaal", "verwacht_cel"}

// TestEveryFigure traces the demonstration run: every som and telling of every mart is the sum of what lies under it, every table comes out as it
// was published, and figures drawn from each column are traced one by one as a user would.
func TestEveryFigure(t *testing.T) {
	ctx := context.Background()
	tracer := sample(t)
	draw := rand.New(rand.NewPCG(1, 2))
	all := os.Getenv("STAPEL_TRACE_ALL") != ""
	models, err := headers()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("unknown", func(t *testing.T) { unknownIDs(t, tracer) })
	for _, m := range models {
		if !m.Published() || len(m.FigureColumns()) == 0 || !all && !slices.Contains(few, m.Name) {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			files, err := tracer.again.Marts(m.Name)
			if err != nil {
				t.Fatal(err)
			}
			rows := map[string][]any{}
			whole := &stored{model: m, file: files[m.Name]}
			if err := whole.each(func(key string, cells []any) error {
				if rows[key] != nil {
					t.Errorf("two rows have the key %q", key)
				}
				rows[key] = cells
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			sums, err := tracer.sums(ctx, m.Name)
			if err != nil {
				t.Fatal(err)
			}
			keys := slices.Sorted(maps.Keys(rows))
			for i, c := range m.FigureColumns() {
				wrong := 0
				for _, key := range keys {
					of := c.Figure.In(key)
					if of.Type != transforms.Som && of.Type != transforms.Telling {
						continue
					}
					value := rows[key][whole.at(c.Name)]
					got := sums[[2]string{key, c.Name}]
					if want, _ := number(value); want != got {
						if wrong++; wrong <= 3 {
							t.Errorf("%s of %q is %v, what lies under it is %d", c.Name, key, value, got)
						}
					}
				}
				if wrong > 3 {
					t.Errorf("%s: %d of %d figures are not what lies under them", c.Name, wrong, len(keys))
				}
				n := min(2, len(keys))
				if !all && i >= drawn {
					n = 0 // its sum was looked at, with all others
				}
				for range n {
					id := ID{Table: m.Name, Key: keys[draw.IntN(len(keys))], Column: c.Name}
					got, err := tracer.Figure(ctx, id.String())
					if err != nil {
						t.Errorf("%s: %v", c.Name, err)
						break
					}
					if !got.Same || got.Formula == "" {
						t.Errorf("%s: %+v", id, got)
					}
				}
			}
		})
	}
}

// sums adds up what lies under all figures of a mart.
func (t *Tracer) sums(ctx context.Context, mart string) (map[[2]string]int64, error) {
	out := map[[2]string]int64{}
	if !slices.ContainsFunc(t.all, func(m *transforms.Model) bool { return m.Name == trail(mart) }) {
		return out, nil
	}
	if err := t.compute(ctx, trail(mart)); err != nil {
		return nil, err
	}
	file := filepath.Join(t.tables.Work, "som_"+mart+".parquet")
	query := fmt.Sprintf("select sleutel, kolom, cast(sum(deel) as bigint) as deel from %s group by sleutel, kolom", trail(mart))
	if _, err := t.tables.Engine.Write(ctx, "som_"+mart, query, nil, file); err != nil {
		return nil, err
	}
	for row, err := range typed.Read[sumRow](ctx, file) {
		if err != nil {
			return nil, err
		}
		out[[2]string{row.Key, row.Column}] = row.Sum
	}
	return out, nil
}

// unknownIDs: an id that names nothing says which part is not there, and what is near it.
func unknownIDs(t *testing.T, tracer *Tracer) {
	for id, want := range map[string]string{
		"ranglijst":                       "no id of a figure",
		"ranglijst/kosten_t0_ct":          "no id of a figure",
		"ranglijs/1/kosten_t0_ct":         "did you mean ranglijst?",
		"ranglijst/1/kosten_t0":           "did you mean kosten_t0_ct?",
		"ranglijst/1/huishouden_id":       "?",
		"ranglijst/999999/kosten_t0_ct":   "the key is <rang>",
		"controle/totaal/ranglijt/regels": "did you mean totaal/ranglijst?",
		"vrij/overgan/x/huishoudens":      "did you mean overgang?",
		"kosten/111222333/T0/bedrag_ct":   "BSN",
	} {
		_, err := tracer.Figure(context.Background(), id)
		var stop *exit.Error
		if id == "ranglijst/1/huishouden_id" {
			want = "" // words by no rule are no figure
		}
		if !errors.As(err, &stop) || stop.Code != exit.Usage || !strings.Contains(err.Error()+" "+stop.Remedy, want) {
			t.Errorf("%s: %v", id, err)
		}
	}
	log, err := os.ReadFile(filepath.Join(tracer.opt.Data, "inzage.jsonl"))
	if err != nil || !strings.Contains(string(log), `"wat":"trace"`) || strings.Contains(string(log), "111222333") {
		t.Errorf("the log: %s %v", log, err)
	}
}
