// Package disclosure brings the tables of a run that may leave to the gate (reports/gate), and writes what it lets through into the folder
// vrij. What is in that folder is all that the report for the werktafel is made of.
package disclosure

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/reports/gate"
	"stapel/reports/seen"
	"stapel/reports/vrij"
	"stapel/transforms/typed"
)

// Wanted are the tables of a run that are read here. They are no marts all, so that whoever computes has to keep them as files.
var Wanted = []string{"meetmoment", "cocktail_moment", "cel_kosten", "patroon_groep", "patroon", "ingredient", "cocktail_ingredient", "overgang_telling", "overgang",
	"pad_telling", "pad", "pad_stap", "dreiging_telling", "hindernis", "cel_fraudefuik",
	"effect", "uitkomst", "plan", "plan_totaal", "tevredenheid", "claim_toets"} // of these a run may lack some

// Options say what is judged and where it goes.
type Options struct {
	Config   *config.Config
	Secret   []byte                    // the project key
	File     func(table string) string // the file of a table of the run
	Work     string                    // folder for what goes to the solver
	Dir      string                    // folder for what may leave
	Sources  seen.Sources              // how far each kind can be relied on
	Register *gate.Register            // earlier releases; nil: none
	Keep     gate.Keep                 // what earlier runs found of blocks; nil: nothing
}

// Outcome is what the gate decided.
type Outcome struct {
	Records []gate.Record // for the analyst and the accountant: they hold what is hidden
	Entries []gate.Entry  // for the register, once this is released
	Refused []string      // Dutch: files of which something could not be published in any form, and why
}

// Write judges the tables and writes what may leave. That a table is refused is no error.
func Write(ctx context.Context, opt Options) (*Outcome, error) {
	t, err := read(ctx, opt)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, opt.Secret)
	mac.Write([]byte("stapel vrij 1"))
	in := gate.Input{Rules: opt.Config.Disclosure, Key: mac.Sum(nil), Relations: t.relations(), Register: opt.Register, Options: gate.Options{Work: opt.Work, Keep: opt.Keep}}
	rest, types := t.release(), t.types()
	in.Tables = slices.Concat(rest, types)
	res, err := gate.Release(ctx, in)
	if err != nil {
		return nil, err
	}
	if res.Refused() && len(types) > 0 {
		// types of household beside gemeenten cross, and are what is missed least: all types together say the rest
		kept := slices.DeleteFunc(slices.Clone(res.Records), func(r gate.Record) bool { return !strings.HasPrefix(r.Table, tableType+" ") })
		in.Tables = rest
		if res, err = gate.Release(ctx, in); err != nil {
			return nil, err
		}
		for _, r := range kept {
			r.Status, r.Reason = gate.StatusCoarser, withoutTypes
			res.Records = append(res.Records, r)
		}
	}
	out := &Outcome{Records: res.Records, Entries: res.Entries}
	for _, r := range res.Records {
		if r.Status == gate.StatusRefused {
			if said := fmt.Sprintf("%s: %s", fileOf(r.Table), r.Reason); !slices.Contains(out.Refused, said) {
				out.Refused = append(out.Refused, said)
			}
		}
	}
	return out, t.publish(opt, in.Key, res)
}

// withoutTypes is why types of household are not shown apart.
const withoutTypes = "naast de gemeenten niet te bewijzen dat kleine groepen verborgen blijven; wel voor alle soorten samen"

// tables are what is read of a run.
type tables struct {
	rules       config.Disclosure
	peil        string           // P, as the gate knows it
	day         int32            // P
	cocktails   []string         // their ids, in the order of the alphabet
	live        map[string]int64 // households of each wijk at P
	few         bool             // there are too few households for all that could be shown of more
	moments     []momentRow
	verdicts    []verdictRow
	costs       []costRow
	groups      []groupRow
	patterns    map[string]patternRow
	ingredients []ingredientRow
	asked       []askedRow
	orderCounts []orderCountRow
	orders      map[[2]string]orderRow
	pathCounts  []pathCountRow
	paths       map[[2]string]pathRow
	steps       []stepRow
	threats     []threatRow
	obstacles   []obstacleRow
	claims      []claimRow
	maatwerk    maatwerk
}

type momentRow struct {
	Day     int32  `parquet:"dag,date"`
	Quarter *int32 `parquet:"kwartaal,optional,date"`
	IsP     bool   `parquet:"is_p"`
}

type verdictRow struct {
	Day        int32  `parquet:"dag,date"`
	Cocktail   string `parquet:"cocktail_id"`
	Gemeente   string `parquet:"gemeentecode"`
	Wijk       string `parquet:"wijkcode"`
	Type       string `parquet:"typhh"`
	Verdict    string `parquet:"oordeel"`
	Households int64  `parquet:"huishoudens"`
	Members    int64  `parquet:"leden"`
}

type costRow struct {
	Cocktail   string `parquet:"cocktail_id"` // "": all households
	Gemeente   string `parquet:"gemeentecode"`
	Households int64  `parquet:"huishoudens"`
	Members    int64  `parquet:"leden"`
	Ct         int64  `parquet:"kosten_ct"`
	AbsCt      int64  `parquet:"absoluut_ct"`
	LargestCt  int64  `parquet:"grootste_ct"`
	SecondCt   int64  `parquet:"tweede_ct"`
}

type groupRow struct {
	Shows      int64 `parquet:"te_zien"`
	Households int64 `parquet:"huishoudens"`
	Members    int64 `parquet:"leden"`
}

type patternRow struct {
	Set      string   `parquet:"combinatie"`
	Cocktail string   `parquet:"cocktail_id"`
	Expected *float64 `parquet:"verwacht_huishoudens,optional"`
}

type ingredientRow struct {
	Name    string `parquet:"ingredient"`
	Bit     int64  `parquet:"bit"`
	Minimum string `parquet:"minimum"`
	Asked   bool   `parquet:"basis"`
}

type askedRow struct {
	Cocktail   string `parquet:"cocktail_id"`
	Ingredient string `parquet:"ingredient"`
	Minimum    string `parquet:"minimum"`
	Condition  bool   `parquet:"voorwaarde"`
}

type orderCountRow struct {
	From       string `parquet:"van_ingredient"`
	To         string `parquet:"naar_ingredient"`
	Days       int64  `parquet:"dagen"`
	Households int64  `parquet:"huishoudens"`
	Members    int64  `parquet:"leden"`
}

type orderRow struct {
	From   string   `parquet:"van_ingredient"`
	To     string   `parquet:"naar_ingredient"`
	N      int64    `parquet:"huishoudens"`
	Median *float64 `parquet:"mediaan_dagen,optional"`
	P25    *float64 `parquet:"p25_dagen,optional"`
	P75    *float64 `parquet:"p75_dagen,optional"`
}

type pathCountRow struct {
	Cocktail   string `parquet:"cocktail_id"`
	Path       string `parquet:"pad"`
	Step       int64  `parquet:"stap"`
	Households int64  `parquet:"huishoudens"`
	Members    int64  `parquet:"leden"`
}

type pathRow struct {
	Cocktail string   `parquet:"cocktail_id"`
	Path     string   `parquet:"pad"`
	N        int64    `parquet:"huishoudens"`
	Median   *float64 `parquet:"mediaan_dagen,optional"`
}

type stepRow struct {
	Cocktail string   `parquet:"cocktail_id"`
	Path     string   `parquet:"pad"`
	Step     int64    `parquet:"stap"`
	From     string   `parquet:"van_ingredient"`
	To       string   `parquet:"naar_ingredient"`
	N        int64    `parquet:"huishoudens"`
	Median   *float64 `parquet:"mediaan_dagen,optional"`
}

type threatRow struct {
	Cocktail      string `parquet:"cocktail_id"`
	Missing       string `parquet:"ontbrekend"`
	Then          int64  `parquet:"toen"`
	Full          int64  `parquet:"vol"`
	Unseen        int64  `parquet:"niet_te_zien"`
	Now           int64  `parquet:"nu"`
	FullMembers   int64  `parquet:"vol_leden"`
	UnseenMembers int64  `parquet:"niet_te_zien_leden"`
	OtherMembers  int64  `parquet:"anders_leden"`
	NowMembers    int64  `parquet:"nu_leden"`
}

type obstacleRow struct {
	Obstacle string   `parquet:"hindernis"`
	Party    string   `parquet:"partij"`
	Plans    int64    `parquet:"plannen"`
	Refused  int64    `parquet:"afwijzingen"`
	Median   *float64 `parquet:"mediaan_dagen,optional"`
}

type claimRow struct {
	Group      string `parquet:"groep"`
	State      string `parquet:"stand"`
	Households int64  `parquet:"huishoudens"`
	Members    int64  `parquet:"leden"`
	OpenCt     int64  `parquet:"open_ct"`
	LargestCt  int64  `parquet:"grootste_ct"`
	SecondCt   int64  `parquet:"tweede_ct"`
}

// read reads the tables of the run.
func read(ctx context.Context, opt Options) (*tables, error) {
	t := &tables{rules: opt.Config.Disclosure, patterns: map[string]patternRow{}, orders: map[[2]string]orderRow{}, paths: map[[2]string]pathRow{}}
	var patterns []patternRow
	var orders []orderRow
	var paths []pathRow
	for _, do := range []func() error{
		take(ctx, opt, "meetmoment", &t.moments), take(ctx, opt, "cocktail_moment", &t.verdicts), take(ctx, opt, "cel_kosten", &t.costs),
		take(ctx, opt, "patroon_groep", &t.groups), take(ctx, opt, "patroon", &patterns), take(ctx, opt, "ingredient", &t.ingredients),
		take(ctx, opt, "cocktail_ingredient", &t.asked), take(ctx, opt, "overgang_telling", &t.orderCounts), take(ctx, opt, "overgang", &orders),
		take(ctx, opt, "pad_telling", &t.pathCounts), take(ctx, opt, "pad", &paths), take(ctx, opt, "pad_stap", &t.steps),
		take(ctx, opt, "dreiging_telling", &t.threats), take(ctx, opt, "hindernis", &t.obstacles), take(ctx, opt, "cel_fraudefuik", &t.claims),
	} {
		if err := do(); err != nil {
			return nil, err
		}
	}
	var err error
	if t.maatwerk, err = readMaatwerk(ctx, opt); err != nil {
		return nil, err
	}
	for _, m := range t.moments {
		if m.IsP {
			t.day, t.peil = m.Day, moment(m.Day)
		}
	}
	t.count()
	for _, p := range patterns {
		t.patterns[p.Set] = p
	}
	for _, o := range orders {
		t.orders[[2]string{o.From, o.To}] = o
	}
	for _, p := range paths {
		t.paths[[2]string{p.Cocktail, p.Path}] = p
	}
	return t, nil
}

// count works out what many tables ask: which cocktails there are, and how many households.
func (t *tables) count() {
	ids := map[string]bool{}
	for _, v := range t.verdicts {
		ids[v.Cocktail] = true
	}
	t.cocktails, t.live = slices.Sorted(maps.Keys(ids)), map[string]int64{}
	var all int64
	for _, v := range t.verdicts {
		if v.Day == t.day && v.Cocktail == t.cocktails[0] { // each cocktail has every household
			t.live[place(v.Gemeente, v.Wijk)] += v.Households
			all += v.Households
		}
	}
	t.few = all < enough*t.rules.Counts.Minimum
}

func take[T any](ctx context.Context, opt Options, table string, to *[]T) func() error {
	return func() (err error) {
		if *to, err = typed.All[T](ctx, opt.File(table)); err != nil {
			err = fmt.Errorf("table %s: %w", table, err)
		}
		return err
	}
}

// moment is a day as the gate knows it.
func moment(day int32) string { return vrij.Day(day).Format(time.DateOnly) }
