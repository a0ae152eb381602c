package vrij

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"stapel/reports/table"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// schema is what lies in the folder, as those who write it and those who read it agreed; a question mark: may be empty.
const schema = `
cocktail: dag DATE, is_p BOOLEAN, kwartaal DATE?, cocktail_id VARCHAR, gemeentecode VARCHAR, wijkcode VARCHAR, oordeel VARCHAR, huishoudens BIGINT?
cocktail_type: cocktail_id VARCHAR, typhh VARCHAR, oordeel VARCHAR, huishoudens BIGINT?
cocktail_kosten: cocktail_id VARCHAR, deel VARCHAR, huishoudens BIGINT?, kosten_ct BIGINT?, gemiddeld_ct BIGINT?
pad: cocktail_id VARCHAR, pad VARCHAR, huishoudens BIGINT?, mediaan_dagen DOUBLE?
pad_stap: cocktail_id VARCHAR, pad VARCHAR, stap BIGINT, van_ingredient VARCHAR, naar_ingredient VARCHAR, mediaan_dagen DOUBLE?
overgang: van_ingredient VARCHAR, naar_ingredient VARCHAR, huishoudens BIGINT?, omgekeerd BIGINT?, gelijk BIGINT?, niet_te_beoordelen BIGINT?, mediaan_dagen DOUBLE?, p25_dagen DOUBLE?, p75_dagen DOUBLE?
bijna: cocktail_id VARCHAR, ontbrekend VARCHAR, huishoudens BIGINT?, gevolgd BIGINT?, vol BIGINT?, aandeel DOUBLE?
fraudefuik: groep VARCHAR, stand VARCHAR, huishoudens BIGINT?, open_ct BIGINT?
combinatie: combinatie VARCHAR, n_ingredienten BIGINT, cocktail_id VARCHAR, huishoudens BIGINT?, verwacht BIGINT?, lift DOUBLE?, lift_laag DOUBLE?, lift_hoog DOUBLE?
hindernis: hindernis VARCHAR, partij VARCHAR, plannen BIGINT?, afwijzingen BIGINT?, mediaan_dagen DOUBLE?
effect: schatter VARCHAR, herkomst VARCHAR, huishoudens BIGINT?, schatting_ct BIGINT?, ci_laag_ct BIGINT?, ci_hoog_ct BIGINT?, maanden BIGINT?, oordeel VARCHAR, analyseplan VARCHAR
effect_betaler: herkomst VARCHAR, betaler VARCHAR, schatting_ct BIGINT?, ci_laag_ct BIGINT?, ci_hoog_ct BIGINT?
uitkomst: uitkomst VARCHAR, herkomst VARCHAR, eenheid VARCHAR, schatting DOUBLE?, ci_laag DOUBLE?, ci_hoog DOUBLE?
plan_totaal: meting VARCHAR, waarde_ct BIGINT?, waarde DOUBLE?, noemer BIGINT?, eenheid VARCHAR
tevredenheid: meetmoment_mnd BIGINT, gevraagd BIGINT?, beantwoord BIGINT?, gemiddelde DOUBLE?, gepaarde_verandering DOUBLE?
claim: claim_id VARCHAR, beweerd_ct BIGINT, netto_ct BIGINT?, ci_laag_ct BIGINT?, ci_hoog_ct BIGINT?, oordeel VARCHAR
bron: kind VARCHAR, stand VARCHAR
verslag: tabel VARCHAR, cellen BIGINT, primair BIGINT, secundair BIGINT, geweigerd_reden VARCHAR, stand VARCHAR, bewezen BOOLEAN
`

func TestSchema(t *testing.T) {
	var got strings.Builder
	for _, f := range files {
		columns, _, err := f.cells(&Tables{})
		if err != nil {
			t.Fatal(err)
		}
		parts := make([]string, len(columns))
		for i, c := range columns {
			parts[i] = c.Name + " " + c.Type
			if c.Optional {
				parts[i] += "?"
			}
		}
		got.WriteString(f.name + ": " + strings.Join(parts, ", ") + "\n")
	}
	if want := strings.TrimPrefix(schema, "\n"); got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
	if n := reflect.TypeFor[Tables]().NumField(); n != len(files) {
		t.Errorf("%d files for %d tables", len(files), n)
	}
}

// sample has a row in every table.
func sample() *Tables {
	n, share, quarter := int64(15), 0.25, int32(20362)
	return &Tables{
		Cocktail: []Cocktail{{Dag: 20453, IsP: true, Kwartaal: &quarter, Cocktail: "a", Gemeente: "GM0855", Wijk: "", Oordeel: Vol, Huishoudens: &n},
			{Dag: 20453, IsP: true, Cocktail: "a", Gemeente: Alle, Wijk: Alle, Oordeel: Nee}},
		CocktailType:   []CocktailType{{"a", "5", Vol, nil}},
		CocktailKosten: []CocktailKosten{{"a", Vol, &n, &n, nil}},
		Combinatie:     []Combinatie{{"x+y", 2, "", &n, &n, &share, nil, nil}},
		Overgang:       []Overgang{{Van: "x", Naar: "y", Huishoudens: &n, Mediaan: &share}},
		Pad:            []Pad{{"a", AlVol, &n, nil}},
		PadStap:        []PadStap{{"a", "x>y", 1, "x", "y", &share}},
		Bijna:          []Bijna{{"a", "x", &n, &n, nil, &share}},
		Hindernis:      []Hindernis{{Alle, Alle, &n, nil, &share}},
		Fraudefuik:     []Fraudefuik{{Geen, Met, &n, nil}},
		Effect:         []Effect{{"gematcht", "data", &n, &n, nil, &n, &n, "aangetoond", "plan"}},
		EffectBetaler:  []EffectBetaler{{"data", "zorgverzekeraar", &n, nil, nil}},
		Uitkomst:       []Uitkomst{{"ontruiming", "data", "per jaar", &share, nil, &share}},
		PlanTotaal:     []PlanTotaal{{"plannen", nil, &share, &n, "plannen"}},
		Tevredenheid:   []Tevredenheid{{12, &n, nil, &share, nil}},
		Claim:          []Claim{{"MA-1", 42_600_000, nil, nil, nil, "niet te toetsen"}},
		Bron:           []Bron{{"huishouden", BronHeel}},
		Verslag:        []Verslag{{"cocktail", 10, 1, 2, "", StandVrij, true}, {"pad", 10, 1, 2, "te groot", Geweigerd, false}},
	}
}

func TestReadWhatWasWritten(t *testing.T) {
	dir := t.TempDir()
	want := sample()
	want.Pad = nil // a table that was refused
	if err := Write(dir, want); err != nil {
		t.Fatal(err)
	}
	got, err := Read(t.Context(), os.DirFS(dir))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != len(Names()) {
		t.Errorf("%d files, %v", len(left), err)
	}
	if err := Write(dir, want); err == nil {
		t.Error("files that were there were written over")
	}
}

// TestReadRefused: a folder in which a file is missing, is no Parquet, or holds another table, and one with rows that may not be there.
func TestReadRefused(t *testing.T) {
	whole := sample()
	whole.Pad = nil
	for want, change := range map[string]func(dir string) error{
		"tabel bijna: open bijna.parquet":    func(dir string) error { return os.Remove(filepath.Join(dir, "bijna.parquet")) },
		"tabel pad: parquet: file too small": func(dir string) error { return os.WriteFile(filepath.Join(dir, "pad.parquet"), nil, 0o600) },
		"tabel pad: there is no column cocktail_id": func(dir string) error {
			return os.Rename(filepath.Join(dir, "bron.parquet"), filepath.Join(dir, "pad.parquet"))
		},
		"tabel pad is geweigerd en heeft 1\u00a0rij": func(dir string) error {
			if err := os.Remove(filepath.Join(dir, "pad.parquet")); err != nil {
				return err
			}
			return typed.Write(filepath.Join(dir, "pad.parquet"), sample().Pad)
		},
	} {
		dir := t.TempDir()
		if err := Write(dir, whole); err != nil {
			t.Fatal(err)
		}
		if err := change(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(t.Context(), os.DirFS(dir)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// TestUnproven: what the record does not call proven, of tables with rows about households or plans.
func TestUnproven(t *testing.T) {
	s := sample()
	s.Pad = nil
	for _, name := range Names()[1:] {
		if name != "bron" && name != "verslag" && name != "pad" && name != "bijna" {
			s.Verslag = append(s.Verslag, Verslag{Tabel: name, Stand: StandVrij, Bewezen: name != "overgang"})
		}
	}
	if got := s.Unproven(); !slices.Equal(got, []string{"overgang", "bijna"}) {
		t.Errorf("%q", got)
	}
}

// TestForPeople: columns keep their names and order, a count that is not there is withheld, a quarter that is not there is none.
func TestForPeople(t *testing.T) {
	tables, err := sample().ForPeople()
	if err != nil || len(tables) != len(files) {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	first := tables[0]
	if first.Name != "cocktail" || first.Level != transforms.LevelVrij {
		t.Errorf("%+v", first)
	}
	for i, want := range []table.Column{{Name: "dag", Title: "Stand op", Kind: table.Day}, {Name: "is_p", Title: "Is de peildatum", Kind: table.Flag},
		{Name: "kwartaal", Title: "Kwartaal, eerste dag", Kind: table.Day}, {Name: "cocktail_id", Title: "Cocktail"}, {Name: "gemeentecode", Title: "Gemeente"},
		{Name: "wijkcode", Title: "Wijk"}, {Name: "oordeel", Title: "Oordeel"}, {Name: "huishoudens", Title: "Huishoudens", Kind: table.Int, Withheld: true}} {
		if !reflect.DeepEqual(first.Columns[i], want) {
			t.Errorf("column %d is %+v, want %+v", i, first.Columns[i], want)
		}
	}
	var rows [][]any
	if err := first.Each(context.Background(), func(cells []any) error {
		rows = append(rows, slices.Clone(cells))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	if want := [][]any{{day, true, time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC), "a", "GM0855", "", Vol, int64(15)}, {day, true, nil, "a", Alle, Alle, Nee, nil}}; !reflect.DeepEqual(rows, want) {
		t.Errorf("rows %v, want %v", rows, want)
	}
	for _, tab := range tables {
		for _, c := range tab.Columns {
			if kind := map[string]table.Kind{"aandeel": table.Fraction, "lift": table.Number, "open_ct": table.Euro, "stap": table.Int}[c.Name]; kind != 0 && c.Kind != kind {
				t.Errorf("%s.%s is of kind %d", tab.Name, c.Name, c.Kind)
			}
		}
	}
}
