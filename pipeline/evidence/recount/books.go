package recount

import (
	"context"
	"strings"
	"sync"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/reports/mart"
)

// books are what identities look at: a run, and what several of them ask of a table, read once.
type books struct {
	m      *control.Manifest
	folder lake.Folder
	steps  func() ([]mart.Controle, error)
	ranked func() ([]ranked, error)
	spent  func() (spending, error)
	homes  func() (map[string]mart.Huishouden, error)
}

func open(ctx context.Context, m *control.Manifest, folder lake.Folder) *books {
	b := &books{m: m, folder: folder}
	b.steps = sync.OnceValues(func() (all []mart.Controle, err error) {
		err = scan(ctx, b, "controle", func(c *mart.Controle) error {
			row := *c
			if c.Regels != nil {
				n := *c.Regels
				row.Regels = &n
			}
			all = append(all, row)
			return nil
		})
		return all, err
	})
	b.ranked = sync.OnceValues(func() (list []ranked, err error) {
		err = scan(ctx, b, "ranglijst", func(r *mart.Ranglijst) error {
			list = append(list, ranked{rank: r.Rang, id: strings.Clone(r.Huishouden), t0: r.T0Ct, t1: r.T1Ct, t2: r.T2Ct,
				parts: r.WmoCt + r.JeugdCt + r.ParticipatieCt + r.ZvwCt, priced: r.GeprijsdT0Ct, pricedParts: r.GeprijsdSchuldCt})
			return nil
		})
		return list, err
	})
	b.spent = sync.OnceValues(func() (spending, error) {
		s := spending{of: map[costKey]int64{}}
		err := scan(ctx, b, "kosten", func(k *mart.Kosten) error {
			if k.Huishouden == "onbekend" {
				s.unknown += k.Regels
				s.unknownCt += k.BedragCt
				return nil
			}
			s.of[costKey{strings.Clone(k.Huishouden), strings.Clone(k.Venster), k.Grondslag == "gedeclareerd"}] += k.BedragCt
			return nil
		})
		return s, err
	})
	b.homes = sync.OnceValues(func() (map[string]mart.Huishouden, error) {
		homes := map[string]mart.Huishouden{}
		err := scan(ctx, b, "huishouden", func(h *mart.Huishouden) error {
			row := *h
			row.ID = strings.Clone(h.ID)
			homes[row.ID] = row
			return nil
		})
		return homes, err
	})
	return b
}

func scan[T any](ctx context.Context, b *books, table string, row func(*T) error) error {
	return mart.Scan(ctx, b.folder.MartFS(), mart.Table[T]{Name: table}, row)
}

// spending is what mart kosten adds up to, in eurocents.
type spending struct {
	of                 map[costKey]int64
	unknown, unknownCt int64 // lines and cents without a household
}

type ranked struct {
	rank, t0, t1, t2, parts, priced, pricedParts int64
	id                                           string
}

type costKey struct {
	id, window string
	declared   bool
}

// member is a row of mart huishouden_lid.
type member struct {
	Huishouden string `parquet:"huishouden_id,optional"`
	Persoon    string `parquet:"persoon_id,optional"`
	Jaar       int64  `parquet:"geboortejaar,optional"`
	Aangehecht bool   `parquet:"aangehecht,optional"`
}

// planLine is a row of mart plan_regel, and payerTotal one of plan_betaler.
type planLine struct {
	Casus    string `parquet:"casusnummer,optional"`
	Scenario string `parquet:"scenario,optional"`
	BedragCt int64  `parquet:"bedrag_ct,optional"`
}

type payerTotal struct {
	Groep       string `parquet:"groep,optional"`
	HuidigCt    int64  `parquet:"huidig_ct,optional"`
	DreigendCt  int64  `parquet:"dreigend_ct,optional"`
	MaatwerkCt  int64  `parquet:"maatwerk_ct,optional"`
	BesparingCt int64  `parquet:"besparing_ct,optional"`
}
