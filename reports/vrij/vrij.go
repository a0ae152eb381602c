package vrij

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"

	"stapel/reports/nl"
	"stapel/transforms/typed"
)

// Tables are all tables of the folder.
type Tables struct {
	Cocktail       []Cocktail
	CocktailType   []CocktailType
	CocktailKosten []CocktailKosten
	Combinatie     []Combinatie
	Overgang       []Overgang
	Pad            []Pad
	PadStap        []PadStap
	Bijna          []Bijna
	Hindernis      []Hindernis
	Fraudefuik     []Fraudefuik
	Effect         []Effect
	EffectBetaler  []EffectBetaler
	Uitkomst       []Uitkomst
	PlanTotaal     []PlanTotaal
	Tevredenheid   []Tevredenheid
	Claim          []Claim
	Bron           []Bron
	Verslag        []Verslag
}

// file is one of the files, with what can be done with its rows whatever their type.
type file struct {
	name  string
	read  func(ctx context.Context, data []byte, t *Tables) error
	write func(path string, t *Tables) error
	rows  func(t *Tables) int
	cells func(t *Tables) ([]typed.Column, [][]any, error)
}

// files are all of them, in the order to show.
var files = []file{
	of("cocktail", func(t *Tables) *[]Cocktail { return &t.Cocktail }),
	of("cocktail_type", func(t *Tables) *[]CocktailType { return &t.CocktailType }),
	of("cocktail_kosten", func(t *Tables) *[]CocktailKosten { return &t.CocktailKosten }),
	of("pad", func(t *Tables) *[]Pad { return &t.Pad }),
	of("pad_stap", func(t *Tables) *[]PadStap { return &t.PadStap }),
	of("overgang", func(t *Tables) *[]Overgang { return &t.Overgang }),
	of("bijna", func(t *Tables) *[]Bijna { return &t.Bijna }),
	of("fraudefuik", func(t *Tables) *[]Fraudefuik { return &t.Fraudefuik }),
	of("combinatie", func(t *Tables) *[]Combinatie { return &t.Combinatie }),
	of("hindernis", func(t *Tables) *[]Hindernis { return &t.Hindernis }),
	of("effect", func(t *Tables) *[]Effect { return &t.Effect }),
	of("effect_betaler", func(t *Tables) *[]EffectBetaler { return &t.EffectBetaler }),
	of("uitkomst", func(t *Tables) *[]Uitkomst { return &t.Uitkomst }),
	of("plan_totaal", func(t *Tables) *[]PlanTotaal { return &t.PlanTotaal }),
	of("tevredenheid", func(t *Tables) *[]Tevredenheid { return &t.Tevredenheid }),
	of("claim", func(t *Tables) *[]Claim { return &t.Claim }),
	of("bron", func(t *Tables) *[]Bron { return &t.Bron }),
	of("verslag", func(t *Tables) *[]Verslag { return &t.Verslag }),
}

func of[T any](name string, at func(*Tables) *[]T) file {
	return file{
		name: name,
		read: func(ctx context.Context, data []byte, t *Tables) (err error) {
			*at(t), err = typed.Parse[T](ctx, data)
			return err
		},
		write: func(path string, t *Tables) error { return typed.Write(path, *at(t)) },
		rows:  func(t *Tables) int { return len(*at(t)) },
		cells: func(t *Tables) ([]typed.Column, [][]any, error) {
			columns, err := typed.Columns[T]()
			return columns, cellsOf(*at(t), columns), err
		},
	}
}

// Names are the tables of the folder; each is a file <name>.parquet.
func Names() []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.name
	}
	return names
}

// Read reads the folder. Every file has to be there and has to hold what its rows say; a table that was refused and has rows is an error,
// for then nobody knows what may be shown. It opens no other file.
func Read(ctx context.Context, folder fs.FS) (*Tables, error) {
	t := &Tables{}
	for _, f := range files {
		data, err := fs.ReadFile(folder, f.name+".parquet")
		if err != nil {
			return nil, fmt.Errorf("tabel %s: %w", f.name, err)
		}
		if err := f.read(ctx, data, t); err != nil {
			return nil, fmt.Errorf("tabel %s: %w", f.name, err)
		}
	}
	for _, f := range files {
		if v := t.Of(f.name); v != nil && v.Stand == Geweigerd && f.rows(t) > 0 {
			return nil, fmt.Errorf("tabel %s is geweigerd en heeft %s", f.name, nl.Count(int64(f.rows(t)), "rij", "rijen"))
		}
	}
	return t, nil
}

// Write writes the files into a folder that has none of them.
func Write(folder string, t *Tables) error {
	for _, f := range files {
		if err := f.write(filepath.Join(folder, f.name+".parquet"), t); err != nil {
			return fmt.Errorf("tabel %s: %w", f.name, err)
		}
	}
	return nil
}

// Of is what the gate did with a table; nil where verslag does not say it.
func (t *Tables) Of(name string) *Verslag {
	for i := range t.Verslag {
		if t.Verslag[i].Tabel == name {
			return &t.Verslag[i]
		}
	}
	return nil
}

// Rows is how many rows a table has.
func (t *Tables) Rows(name string) int {
	for _, f := range files {
		if f.name == name {
			return f.rows(t)
		}
	}
	return 0
}

// Unproven are the tables with rows of which verslag does not say that nothing hidden can be worked out from them. What the gate has nothing to
// hide in, bron and verslag, are not among them.
func (t *Tables) Unproven() (names []string) {
	for _, f := range files {
		if f.name == "bron" || f.name == "verslag" || f.rows(t) == 0 {
			continue
		}
		if v := t.Of(f.name); v == nil || !v.Bewezen {
			names = append(names, f.name)
		}
	}
	return names
}
