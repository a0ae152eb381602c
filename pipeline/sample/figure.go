package sample

import (
	"fmt"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/published"
	"stapel/reports/mart"
)

// Whole is the figure that a sample is drawn of when none is named: all declared cost of the last year.
const Whole = "kosten/*/T0/*/*/gedeclareerd/bedrag_ct"

// any in the place of a part of a key is all there are.
const anyPart = "*"

// figure is a sum of parts of lines: a figure of kosten or ranglijst by its id, or the sum of several of them.
type figure struct {
	id                                       string
	household, window, domain, payer, ground string // "": all
	unknown                                  bool   // lines of persons without a household are in it
	key                                      *int64 // of household, as models have it; -1: of nobody's lines, nil: of all
}

// askedRow is the row of the table steekproef_vraag, by which the model takes lines.
type askedRow struct {
	Huishouden *int64  `parquet:"huishouden,optional"`
	Onbekend   bool    `parquet:"onbekend"`
	Venster    *string `parquet:"venster,optional"`
	Domein     *string `parquet:"domein,optional"`
	Betaler    *string `parquet:"betaler,optional"`
	Grondslag  *string `parquet:"grondslag,optional"`
}

const nobody = "onbekend" // whom lines belong to whose person is in no household

var (
	windows = []string{"T0", "T1", "T2"}
	grounds = []string{"gedeclareerd", "geprijsd"}
)

const figureRemedy = "name kosten/HOUSEHOLD/WINDOW/DOMAIN/PAYER/GROUND/bedrag_ct or ranglijst/HOUSEHOLD/kosten_t0_ct, with * for all"

// parse reads the id of a figure.
func parse(id string, cfg *config.Config) (*figure, error) {
	parts := strings.Split(id, "/")
	f := &figure{id: id, unknown: true}
	switch {
	case parts[0] == "kosten" && len(parts) == 7 && parts[6] == "bedrag_ct":
		f.household, f.window, f.domain, f.payer, f.ground = parts[1], parts[2], parts[3], parts[4], parts[5]
	case parts[0] == "ranglijst" && len(parts) == 3:
		f.household, f.window, f.domain, f.payer, f.ground, f.unknown = parts[1], "T0", anyPart, anyPart, "gedeclareerd", false
		column := strings.TrimSuffix(strings.TrimPrefix(parts[2], "kosten_"), "_ct")
		switch {
		case column == "t0" || column == "t1" || column == "t2":
			f.window = strings.ToUpper(column)
		case slices.Contains(cfg.Domeinen.Declared().Names(), column):
			f.domain = column
		}
		if parts[2] != "kosten_"+column+"_ct" || f.window == "T0" && f.domain == anyPart && column != "t0" {
			return nil, exit.Misuse(figureRemedy, "that is no sum of lines of mart ranglijst")
		}
	case parts[0] == "effect" || parts[0] == "effect_maand" || parts[0] == "betaler_matrix":
		return nil, exit.Misuse("sample the cost behind it, with a figure of kosten", "mart %s has estimates, which are no sum of lines", parts[0])
	default:
		return nil, exit.Misuse(figureRemedy, "that is no figure that is a sum of lines")
	}
	for _, p := range []struct {
		part  *string
		name  string
		known []string
	}{{&f.window, "venster", windows}, {&f.domain, "domein", cfg.Domeinen.Names()}, {&f.ground, "grondslag", grounds}, {&f.payer, "betaler", nil},
		{&f.household, "huishouden", nil}} {
		if *p.part == anyPart {
			*p.part = ""
			continue
		}
		if p.known != nil && !slices.Contains(p.known, *p.part) {
			return nil, exit.Misuse(fmt.Sprintf("use %s, or *", strings.Join(p.known, ", ")), "the figure has a part that there is not: %s", p.name)
		}
	}
	if f.household == "" {
		return f, nil
	}
	key := int64(-1)
	if f.household != nobody || !f.unknown {
		var err error
		if key, err = published.HouseholdKey(f.household); err != nil {
			return nil, err
		}
	}
	f.key = &key
	return f, nil
}

// named is the household that the figure is of, for the log; "" when it is of several or of nobody's lines.
func (f *figure) named() string {
	if f.household == nobody {
		return ""
	}
	return f.household
}

func given(part string) *string {
	if part == "" {
		return nil
	}
	return &part
}

// asked is the figure as the model reads it.
func (f *figure) asked() askedRow {
	return askedRow{Huishouden: f.key, Onbekend: f.unknown, Venster: given(f.window), Domein: given(f.domain), Betaler: given(f.payer), Grondslag: given(f.ground)}
}

// of reports whether a row of mart kosten is in the figure.
func (f *figure) of(k *mart.Kosten) bool {
	is := func(part, value string) bool { return part == "" || part == value }
	return (f.unknown || k.Huishouden != nobody) && is(f.household, k.Huishouden) && is(f.window, k.Venster) && is(f.domain, k.Domein) &&
		is(f.payer, k.Betaler) && is(f.ground, k.Grondslag)
}
