package selection

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"stapel/pipeline/models"
	"stapel/reports/mart"
	"stapel/transforms"
)

// candidate is a row of model kandidaat.
type candidate struct {
	ID           string `parquet:"huishouden_id,optional"`
	Rank         int64  `parquet:"rang,optional"`
	T0           int64  `parquet:"kosten_t0_ct,optional"`
	T1           int64  `parquet:"kosten_t1_ct,optional"`
	Wmo          int64  `parquet:"kosten_wmo_ct,optional"`
	Jeugd        int64  `parquet:"kosten_jeugd_ct,optional"`
	Participatie int64  `parquet:"kosten_participatie_ct,optional"`
	Zvw          int64  `parquet:"kosten_zvw_ct,optional"`
	Expected     *int64 `parquet:"verwacht_volgend_jaar_ct,optional"`
	Domains      int64  `parquet:"domeinen,optional"`
	Cocktails    string `parquet:"cocktails,optional"`
	Reported     bool   `parquet:"veldmelding,optional"`
	InPlan       bool   `parquet:"in_maatwerk,optional"`
	Eligible     bool   `parquet:"in_aanmerking,optional"`
	Type         string `parquet:"typhh,optional"`
	Gemeente     string `parquet:"gemeentecode,optional"`
	Kids         bool   `parquet:"met_kinderen,optional"`
}

// modelCandidates is the model that has what a selection looks at.
const modelCandidates = "kandidaat"

// looked are the marts that it reads, and the columns of each: a run may have been made before there were others.
var looked = map[string][]string{
	"ranglijst": {"rang", "huishouden_id", "kosten_t0_ct", "kosten_t1_ct", "kosten_wmo_ct", "kosten_jeugd_ct", "kosten_participatie_ct", "kosten_zvw_ct",
		"verwacht_volgend_jaar_ct", "domeinen", "cocktails", "veldmelding", "in_maatwerk", "in_aanmerking"},
	"huishouden": {"huishouden_id", "typhh", "gemeentecode", "kinderen"},
}

// join lets the engine set the marts of the run beside each other, in the work folder: a ranking may have millions of households.
func (s *selecting) join(ctx context.Context) (err error) {
	all, err := models.All(s.opt.Config)
	if err != nil {
		return err
	}
	e, err := s.opt.Engine(ctx, []string{s.run.Folder().Marts(), s.work}, filepath.Join(s.work, "spill"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	t := models.Tables{Engine: e, Work: s.work, Sorted: true}
	for _, mart := range []string{"huishouden", "ranglijst"} {
		files, err := s.run.Marts(mart)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(m *transforms.Model) bool { return m.Name == mart })
		if err := t.BindMart(ctx, mart, all[at], files[mart], looked[mart]...); err != nil {
			return err
		}
	}
	list, err := transforms.Aside(transforms.Select, []string{"huishouden", "ranglijst"}, false)
	if err != nil {
		return err
	}
	if err := models.CheckReadsWith(ctx, e, list); err != nil {
		return err
	}
	return t.Compute(ctx, list, func(models.Made) error { return nil })
}

// scan hands over the households of the ranking, in the order of rank.
func (s *selecting) scan(ctx context.Context, household func(Household)) error {
	parts, err := mart.Amounts[candidate]("kosten_%s_ct", s.opt.Config.Domeinen.Declared().Names())
	if err != nil {
		return err
	}
	return mart.Scan(ctx, os.DirFS(s.work), mart.Table[candidate]{Name: modelCandidates}, func(r *candidate) error {
		h := Household{ID: r.ID, Rank: r.Rank, T0: r.T0, T1: r.T1, Parts: parts(r), Domains: r.Domains,
			Cocktails: r.Cocktails, Reported: r.Reported, InPlan: r.InPlan, Eligible: r.Eligible, Type: r.Type, Gemeente: r.Gemeente,
			Kids: r.Kids}
		if r.Expected != nil {
			ct := *r.Expected // the row is used again
			h.Expected = &ct
		}
		h.Attributes = map[string]string{"gemeente": r.Gemeente, "huishoudtype": r.Type, "kinderen": map[bool]string{true: "ja", false: "nee"}[r.Kids]}
		household(h)
		return nil
	})
}
