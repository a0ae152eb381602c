package pipeline

import (
	"cmp"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	"stapel/config"
	"stapel/pipeline/ingest"
	"stapel/transforms"
)

// An input is a table that Go makes for the models: configuration, time, and what is known of the deliveries.
type input struct {
	name    string
	columns []transforms.Column
	write   func(file string) error
}

// table makes an input of rows; the columns are the fields of T by their parquet tags.
func table[T any](name string, rows []T) input {
	var cols []transforms.Column
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("parquet"), ",")
		typ := f.Type
		if typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		ct := map[reflect.Kind]transforms.ColumnType{reflect.Int64: transforms.Aantal, reflect.Int32: transforms.Datum,
			reflect.String: transforms.Tekst, reflect.Bool: transforms.Vlag}[typ.Kind()]
		cols = append(cols, transforms.Column{Name: tag[0], Type: ct})
	}
	return input{name: name, columns: cols, write: func(file string) error {
		f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		w := parquet.NewGenericWriter[T](f)
		if _, err := w.Write(rows); err != nil {
			f.Close()
			return err
		}
		if err := w.Close(); err != nil {
			f.Close()
			return err
		}
		return f.Close()
	}}
}

type parameterRow struct {
	Peildatum         int32  `parquet:"peildatum,date"`
	Tot               int32  `parquet:"tot,date"`
	T0Van             int32  `parquet:"t0_van,date"`
	T1Van             int32  `parquet:"t1_van,date"`
	T2Van             int32  `parquet:"t2_van,date"`
	Peilmaand         int32  `parquet:"peilmaand,date"`
	SignaalVan        int32  `parquet:"signaal_van,date"`
	AttachMinors      bool   `parquet:"attach_minors"`
	DrempelCt         int64  `parquet:"drempel_ct"`
	MinVolwassenen    int64  `parquet:"min_volwassenen"`
	MinKinderen       int64  `parquet:"min_kinderen"`
	MinDomeinen       int64  `parquet:"min_domeinen"`
	EisDrempel        bool   `parquet:"eis_drempel"`
	MaxZvwProcent     int64  `parquet:"max_zvw_procent"`
	EisGeenPlan       bool   `parquet:"eis_geen_plan"`
	EisGeenInstelling bool   `parquet:"eis_geen_instelling"`
	MaxHerhaaldPpm    int64  `parquet:"max_herhaald_ppm"`
	ZvwDekking        string `parquet:"zvw_dekking"`
}

type kalenderRow struct {
	Maand int32 `parquet:"maand,date"`
	Tot   int32 `parquet:"tot,date"`
}

type leveringRow struct {
	Levering            int64  `parquet:"levering"`
	Kind                string `parquet:"kind"`
	Bestand             string `parquet:"bestand"`
	Volgnr              int64  `parquet:"volgnr"`
	HeeftNote           bool   `parquet:"heeft_note"`
	Vervangbaar         bool   `parquet:"vervangbaar"`
	Gegevensleverancier string `parquet:"gegevensleverancier"`
}

type leveringDekkingRow struct {
	Levering            int64  `parquet:"levering"`
	Kind                string `parquet:"kind"`
	Volgnr              int64  `parquet:"volgnr"`
	Gegevensleverancier string `parquet:"gegevensleverancier"`
	Gemeentecode        string `parquet:"gemeentecode"`
	Van                 int32  `parquet:"van,date"`
	Tot                 int32  `parquet:"tot,date"`
}

type dekkingMaandRow struct {
	Kind         string `parquet:"kind"`
	Gemeentecode string `parquet:"gemeentecode"`
	Maand        int32  `parquet:"maand,date"`
	Gedekt       string `parquet:"gedekt"`
}

type dekkingKindRow struct {
	Kind   string `parquet:"kind"`
	Bekend bool   `parquet:"bekend"`
}

type openTotRow struct {
	Kind         string `parquet:"kind"`
	Gemeentecode string `parquet:"gemeentecode"`
	Tot          int32  `parquet:"tot,date"`
}

type zvwUzoviRow struct {
	Levering int64  `parquet:"levering"`
	Uzovi    string `parquet:"uzovi"`
}

type prijsRow struct {
	Kind    string `parquet:"kind"`
	Jaar    int64  `parquet:"jaar"`
	PrijsCt int64  `parquet:"prijs_ct"`
	Dagen   int64  `parquet:"dagen"`
}

type ingredientRow struct {
	Ingredient string `parquet:"ingredient"`
	Label      string `parquet:"label"`
	Bekend     string `parquet:"bekend"`
}

type ingredientDekkingRow struct {
	Ingredient string `parquet:"ingredient"`
	Kind       string `parquet:"kind"`
}

type cocktailLijstRow struct {
	CocktailID   string `parquet:"cocktail_id"`
	Naam         string `parquet:"naam"`
	Ingredienten string `parquet:"ingredienten"`
}

type cocktailIngredientRow struct {
	CocktailID string `parquet:"cocktail_id"`
	Ingredient string `parquet:"ingredient"`
	Minimum    string `parquet:"minimum"`
	Voorwaarde bool   `parquet:"voorwaarde"`
}

type codeIngredientRow struct {
	Kind         string `parquet:"kind"`
	Kolom        string `parquet:"kolom"`
	Code         string `parquet:"code"`
	Ingredient   string `parquet:"ingredient"`
	Sterkte      string `parquet:"sterkte"`
	EventDagen   int64  `parquet:"event_dagen"`
	PeriodeDagen int64  `parquet:"periode_dagen"`
}

type leveringTotaalRow struct {
	Kind                string  `parquet:"kind"`
	Bestand             string  `parquet:"bestand"`
	Sha256              *string `parquet:"sha256,optional"`
	LeveringID          *string `parquet:"levering_id,optional"`
	Gegevensleverancier *string `parquet:"gegevensleverancier,optional"`
	Aangemaakt          *string `parquet:"aangemaakt,optional"`
	PeriodeVan          *int32  `parquet:"periode_van,optional,date"`
	PeriodeTot          *int32  `parquet:"periode_tot,optional,date"`
	Status              string  `parquet:"status"`
	Regels              int64   `parquet:"regels"`
	Geaccepteerd        int64   `parquet:"geaccepteerd"`
	Quarantaine         int64   `parquet:"quarantaine"`
	BedragCt            *int64  `parquet:"bedrag_ct,optional"`
	QuarantaineCt       int64   `parquet:"quarantaine_ct"`
	Reden               *string `parquet:"reden,optional"`
}

type quarantaineRow struct {
	Kind        string `parquet:"kind"`
	Bestand     string `parquet:"bestand"`
	RegelCode   string `parquet:"regel_code"`
	Kolom       string `parquet:"kolom"`
	Regels      int64  `parquet:"regels"`
	EersteRegel int64  `parquet:"eerste_regel"`
	Reden       string `parquet:"reden"`
}

type leveringBevindingRow struct {
	Kind        string `parquet:"kind"`
	Bestand     string `parquet:"bestand"`
	RegelCode   string `parquet:"regel_code"`
	Toelichting string `parquet:"toelichting"`
}

// inputs makes every table that models read and that is not in the lake, each in a total order.
func (w world) inputs() []input {
	return []input{
		table("parameter", []parameterRow{w.parameter()}),
		table("kalender", w.calendar()),
		table("levering_stand", w.deliveries()),
		table("levering_dekking", w.coverageRows()),
		table("levering_totaal", w.totals()),
		table("quarantaine_telling", w.quarantine()),
		table("levering_bevinding", w.findings()),
		table("dekking_maand", w.coveredMonths()),
		table("dekking_kind", w.coveredKinds()),
		table("open_tot", w.openEnds()),
		table("zvw_levering_uzovi", w.insurers()),
		table("prijs", w.prices()),
		table("ingredient", w.ingredients()),
		table("ingredient_dekking", w.ingredientCoverage()),
		table("cocktail_lijst", w.cocktails()),
		table("cocktail_ingredient", w.cocktailIngredients()),
		table("code_ingredient", w.codes()),
	}
}

// InputNames are the names models may read that are not models: the tables of inputs, and the lake's kinds.
func InputNames(cfg *config.Config) []string {
	var names []string
	for _, in := range (world{cfg: cfg}).inputs() {
		names = append(names, in.name)
	}
	for _, kind := range cfg.Kinds() {
		names = append(names, lakeName(kind))
	}
	return append(names, lakeLines)
}

// lakeLines is the name of the lines of all kinds together: what every kind has, whatever its columns. Models that treat all
// kinds alike read it, so that a new kind needs no change in them.
const lakeLines = "lake_regel"

// lakeLinesQuery is the SELECT behind lakeLines.
func lakeLinesQuery(cfg *config.Config) string {
	var parts []string
	for _, kind := range cfg.Kinds() {
		gemeente := cfg.Contracts[kind].Gemeente()
		if gemeente == "" {
			gemeente = "cast(null as varchar)"
		}
		parts = append(parts, fmt.Sprintf("select '%s' as kind, %s, %s, %s as gemeentecode, %s, %s, %s from %s", kind, config.ColLevering,
			config.ColRegel, gemeente, config.ColTijdVan, config.ColTijdTot, config.ColGeteld, lakeName(kind)))
	}
	return strings.Join(parts, " union all ")
}

func lakeName(kind string) string { return "lake_" + kind }

func (w world) parameter() parameterRow {
	e := w.cfg.Selection.Eligibility
	return parameterRow{
		Peildatum: day(w.peil), Tot: day(w.peil) + 1, Peilmaand: day(monthStart(w.peil)),
		T0Van: day(w.windowStart(0)), T1Van: day(w.windowStart(1)), T2Van: day(w.windowStart(2)),
		SignaalVan:   day(w.windowStart(1)), // 24 months to P (rules 41)
		AttachMinors: w.cfg.Settings.Household.AttachMinors,
		DrempelCt:    w.cfg.Selection.ThresholdEur * 100,

		MinVolwassenen: int64(e.MinAdults), MinKinderen: int64(e.MinChildren), MinDomeinen: int64(e.MinDomains),
		EisDrempel: e.AtThreshold, MaxZvwProcent: int64(e.MaxZvwPercent), EisGeenPlan: e.NoPlan, EisGeenInstelling: e.NotInstitutional,
		MaxHerhaaldPpm: int64(w.cfg.Settings.Limits.MaxRepeatedShare*1e6 + 0.5),
		ZvwDekking:     w.zvwCoverage(),
	}
}

// calendar lists the 36 months of the windows.
func (w world) calendar() []kalenderRow {
	var out []kalenderRow
	for m := w.windowStart(2); !m.After(w.peil); m = m.AddDate(0, 1, 0) {
		out = append(out, kalenderRow{day(m), day(m.AddDate(0, 1, 0))})
	}
	return out
}

func (w world) deliveries() []leveringRow {
	byID := map[[2]string]*leveringRow{}
	for _, d := range w.all {
		if d.status == statusRefused {
			continue
		}
		id := [2]string{d.kind, d.sha256}
		r := byID[id]
		if r == nil {
			r = &leveringRow{Kind: d.kind, Vervangbaar: w.cfg.Contracts[d.kind].Replaces == config.ReplacesPeriod}
			byID[id] = r
		}
		if d.status == statusAccepted {
			r.Levering, r.Bestand = d.extract.Levering, d.name
		}
		// the same bytes delivered again later are as new as that later delivery
		if d.order > r.Volgnr {
			r.Volgnr, r.HeeftNote = d.order, r.HeeftNote || d.note != nil
			if d.note != nil {
				r.Gegevensleverancier = d.note.Gegevensleverancier
			}
		}
	}
	var out []leveringRow
	for _, r := range byID {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b leveringRow) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Bestand, b.Bestand))
	})
	return out
}

func (w world) coverageRows() []leveringDekkingRow {
	var out []leveringDekkingRow
	for _, c := range w.coverage {
		if c.delivery == nil {
			continue // from the configuration: says what is covered, replaces nothing
		}
		out = append(out, leveringDekkingRow{c.levering, c.kind, c.delivery.order, c.delivery.note.Gegevensleverancier, c.gemeente, c.van, c.tot})
	}
	return out
}

func (w world) totals() []leveringTotaalRow {
	first := map[[2]string]*ingest.Extract{}
	for _, d := range w.all {
		if d.status == statusAccepted {
			first[[2]string{d.kind, d.sha256}] = d.extract
		}
	}
	var out []leveringTotaalRow
	for _, d := range w.all {
		r := leveringTotaalRow{Kind: d.kind, Bestand: d.name, Status: d.status}
		r.Sha256 = text(d.sha256)
		if n := d.note; n != nil {
			r.LeveringID, r.Gegevensleverancier = text(n.LeveringID), text(n.Gegevensleverancier)
			if n.Aangemaakt != nil {
				r.Aangemaakt = text(n.Aangemaakt.Format(time.DateOnly))
			}
			if n.PeriodeVan != nil && n.PeriodeTot != nil {
				from, to := int32(*n.PeriodeVan), int32(*n.PeriodeTot)+1
				r.PeriodeVan, r.PeriodeTot = &from, &to
			}
		}
		x := d.extract
		if d.status == statusDuplicate {
			x = first[[2]string{d.kind, d.sha256}]
		}
		if x != nil {
			r.Regels = x.Geleverd.Records
			if d.status == statusAccepted {
				r.Geaccepteerd, r.Quarantaine, r.QuarantaineCt = x.Aanvaard.Records, x.Quarantaine.Records, x.Quarantaine.Cent
			}
			if w.cfg.Contracts[d.kind].Money != nil {
				r.BedragCt = &x.Geleverd.Cent
			}
		}
		if d.refusal != nil {
			r.Reden = text(d.refusal.Error())
		}
		out = append(out, r)
	}
	return out
}

func (w world) quarantine() []quarantaineRow {
	var out []quarantaineRow
	for _, d := range w.all {
		if d.extract == nil {
			continue
		}
		for _, r := range d.extract.Redenen {
			out = append(out, quarantaineRow{d.kind, d.name, r.Code, r.Kolom, r.Aantal, r.Eerste, r.Tekst})
		}
	}
	slices.SortFunc(out, func(a, b quarantaineRow) int {
		return cmp.Or(cmp.Compare(a.Bestand, b.Bestand), cmp.Compare(a.RegelCode, b.RegelCode), cmp.Compare(a.Kolom, b.Kolom))
	})
	return out
}

// findings are the remarks ingest made about a file as a whole.
func (w world) findings() []leveringBevindingRow {
	var out []leveringBevindingRow
	for _, d := range w.all {
		if d.status == statusAccepted {
			for _, b := range d.extract.Bevindingen {
				out = append(out, leveringBevindingRow{d.kind, d.name, b.Code, b.Tekst})
			}
		}
	}
	return out
}

func (w world) prices() []prijsRow {
	var out []prijsRow
	for _, p := range w.cfg.Prices.Prices {
		for year := 1900; year <= 2100; year++ {
			out = append(out, prijsRow{p.Kind, int64(year), w.cfg.Prices.Indexed(p, year), int64(p.Days)})
		}
	}
	return out
}

func (w world) ingredients() []ingredientRow {
	var out []ingredientRow
	for _, in := range w.cfg.Signals.Ingredients {
		out = append(out, ingredientRow{in.Name, in.Label, in.Known})
	}
	return out
}

func (w world) ingredientCoverage() []ingredientDekkingRow {
	var out []ingredientDekkingRow
	for _, in := range w.cfg.Signals.Ingredients {
		for _, kind := range in.Coverage {
			out = append(out, ingredientDekkingRow{in.Name, kind})
		}
		for _, kind := range in.IfDelivered {
			if w.delivered(kind) {
				out = append(out, ingredientDekkingRow{in.Name, kind})
			}
		}
	}
	return out
}

func (w world) cocktails() []cocktailLijstRow {
	var out []cocktailLijstRow
	for _, k := range w.cfg.Cocktails {
		var names []string
		for _, in := range k.Ingredients {
			names = append(names, in.Name)
		}
		out = append(out, cocktailLijstRow{k.ID, k.Name, strings.Join(append(names, k.Conditions...), "+")})
	}
	return out
}

func (w world) cocktailIngredients() []cocktailIngredientRow {
	var out []cocktailIngredientRow
	for _, k := range w.cfg.Cocktails {
		for _, in := range k.Ingredients {
			out = append(out, cocktailIngredientRow{k.ID, in.Name, string(in.Minimum), false})
		}
		for _, name := range k.Conditions {
			out = append(out, cocktailIngredientRow{k.ID, name, string(config.Zwak), true})
		}
	}
	return out
}

func (w world) codes() []codeIngredientRow {
	s := w.cfg.Signals
	var out []codeIngredientRow
	for _, r := range s.Rules {
		event, period := cmp.Or(r.EventDays, s.EventDays), cmp.Or(r.PeriodDays, s.PeriodDays)
		for _, code := range r.Codes {
			out = append(out, codeIngredientRow{r.Kind, r.Column, code, r.Ingredient, string(r.Strength), int64(event), int64(period)})
		}
	}
	return out
}

func (w world) insurers() []zvwUzoviRow {
	var out []zvwUzoviRow
	for _, d := range w.all {
		if d.kind != "zvw_declaratie" || d.status != statusAccepted || d.note == nil {
			continue
		}
		for _, u := range d.note.Uzovi {
			out = append(out, zvwUzoviRow{d.extract.Levering, u})
		}
	}
	return out
}

// text is s, or nil when it is empty.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// writeInputs puts the inputs into dir as Parquet and returns where each is.
func writeInputs(dir string, inputs []input) (map[string]string, error) {
	files := map[string]string{}
	for _, in := range inputs {
		file := dir + "/" + in.name + ".parquet"
		if err := in.write(file); err != nil {
			return nil, fmt.Errorf("table %s: %w", in.name, err)
		}
		files[in.name] = file
	}
	return files, nil
}
