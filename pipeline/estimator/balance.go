package estimator

import (
	"cmp"

	"stapel/transforms/estimate"
)

type balanceColumns struct {
	Treated    string   `yaml:"behandeld"`
	Covariates []string `yaml:"kenmerken"`
	Weight     string   `yaml:"gewicht"`
}

type balanceOptions struct {
	Scale string `yaml:"schaal" json:"schaal"`
	Bins  int    `yaml:"bakken" json:"bakken"`
}

type balanceOf struct {
	Treated  balanceArm   `json:"behandeld"`
	Controls balanceArm   `json:"controles"`
	Rows     []balanceRow `json:"kenmerken"`
}

type balanceArm struct {
	N         int     `json:"aantal"`
	Effective float64 `json:"effectief_aantal"`
}

type balanceRow struct {
	Name          string   `json:"naam"`
	Treated       float64  `json:"behandeld"`
	Controls      float64  `json:"controles"`
	Difference    float64  `json:"verschil"`
	Scale         float64  `json:"schaal"`
	SMD           *float64 `json:"smd"`
	VarianceRatio *float64 `json:"variantieverhouding"`
	Binary        bool     `json:"nul_of_een"`
	Within        float64  `json:"binnen_bereik"`
	Overlap       float64  `json:"overlap"`
}

var scales = map[string]estimate.BalanceScale{"gezamenlijk": estimate.ScalePooled, "behandeld": estimate.ScaleTreated}

// use fills the defaults in.
func (o *balanceOptions) use() (estimate.BalanceOptions, error) {
	o.Scale, o.Bins = cmp.Or(o.Scale, "gezamenlijk"), cmp.Or(o.Bins, 20)
	scale, ok := scales[o.Scale]
	if !ok {
		return estimate.BalanceOptions{}, misfit("schaal", "gezamenlijk or behandeld")
	}
	if o.Bins < 2 || o.Bins > mostDraws {
		return estimate.BalanceOptions{}, misfit("bakken", "from 2 to 1.000.000")
	}
	return estimate.BalanceOptions{Scale: scale, Bins: o.Bins}, nil
}

// balanceOfAll is the balance of covariates by name.
func balanceOfAll(treated []bool, x [][]float64, weights []float64, opt estimate.BalanceOptions, names []string) (*balanceOf, error) {
	t, err := estimate.Balance(treated, x, weights, opt)
	if err != nil {
		return nil, err
	}
	out := &balanceOf{balanceArm{t.Treated, t.TreatedN}, balanceArm{t.Control, t.ControlN}, nil}
	for j, r := range t.Rows {
		row := balanceRow{Name: names[j], Treated: r.Treated, Controls: r.Control, Difference: r.Difference, Scale: r.Scale, Binary: r.Binary,
			Within: r.Overlap.Within, Overlap: r.Overlap.Coefficient}
		if r.HasSMD {
			row.SMD = &r.SMD
		}
		if r.HasRatio {
			row.VarianceRatio = &r.VarianceRatio
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

var _ = register("balans", "how treated and controls compare on covariates, weighted or not",
	func(c *columns, k balanceColumns, o *balanceOptions) (any, error) {
		opt, err := o.use()
		if err != nil {
			return nil, err
		}
		treated, x, weights := c.yesNo("behandeld", k.Treated), c.list("kenmerken", k.Covariates), c.weights(k.Weight)
		if len(k.Covariates) == 0 {
			c.none("kenmerken")
		}
		if c.err != nil {
			return nil, c.err
		}
		return balanceOfAll(treated, x, weights, opt, k.Covariates)
	})
