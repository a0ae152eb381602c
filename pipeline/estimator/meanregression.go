package estimator

import (
	"cmp"

	"stapel/transforms/estimate"
)

type meanColumns struct {
	First    string `yaml:"eerste"`
	Second   string `yaml:"tweede"`
	Selected string `yaml:"geselecteerd"`
}

type meanOptions struct {
	Form          string    `yaml:"vorm" json:"vorm"`
	Cutoff        *float64  `yaml:"grens" json:"grens,omitempty"`
	Below         *bool     `yaml:"onder" json:"onder,omitempty"`
	ErrorVariance *float64  `yaml:"foutvariantie" json:"foutvariantie,omitempty"`
	Bandwidth     float64   `yaml:"bandbreedte" json:"bandbreedte,omitempty"`
	Nearest       int       `yaml:"naaste" json:"naaste,omitempty"`
	Bands         []float64 `yaml:"banden" json:"banden,omitempty"`
	Least         int       `yaml:"minste_in_band" json:"minste_in_band,omitempty"`
	Confidence    float64   `yaml:"betrouwbaarheid" json:"betrouwbaarheid,omitempty"`
}

type meanResult struct {
	Moments    *meanMoments `json:"metingen,omitempty"`
	Share      float64      `json:"aandeel"`
	First      float64      `json:"eerste"`
	Second     float64      `json:"tweede_verwacht"`
	Drift      float64      `json:"verandering_allen"`
	Regression float64      `json:"naar_het_midden"`
	Change     float64      `json:"verandering"`
}

type meanMoments struct {
	MeanFirst   float64 `json:"gemiddelde_eerste"`
	MeanSecond  float64 `json:"gemiddelde_tweede"`
	SDFirst     float64 `json:"standaardafwijking_eerste"`
	SDSecond    float64 `json:"standaardafwijking_tweede"`
	Correlation float64 `json:"correlatie"`
}

type directResult struct {
	Change    float64   `json:"verandering"`
	StdErr    float64   `json:"standaardfout"`
	Interval  *interval `json:"interval"`
	First     float64   `json:"eerste"`
	Compared  int       `json:"vergeleken"`
	Outside   int       `json:"buiten_bereik"`
	Untreated int       `json:"onbehandeld"`
}

var _ = register("regressie_naar_het_midden", "what those selected on a first measurement change without any effect, in three forms",
	func(c *columns, k meanColumns, o *meanOptions) (any, error) {
		o.Form = cmp.Or(o.Form, "normaal")
		form, ok := map[string]func(*columns, meanColumns, *meanOptions) (any, error){"normaal": meanNormal, "dichtheid": meanDensity,
			"rechtstreeks": meanDirect}[o.Form]
		if !ok {
			return nil, misfit("vorm", "normaal, dichtheid or rechtstreeks")
		}
		if err := o.fits(k); err != nil {
			return nil, err
		}
		return form(c, k, o)
	})

// fits refuses options and columns that the form has no use for, and misses those it can't do without.
func (o *meanOptions) fits(k meanColumns) error {
	direct := o.Form == "rechtstreeks"
	switch {
	case direct && (o.Cutoff != nil || o.Below != nil):
		return misfit("grens, onder", "these are of the forms normaal and dichtheid")
	case !direct && o.Cutoff == nil:
		return misfit("grens", "this form needs it")
	case !direct && (o.Nearest != 0 || o.Bands != nil || o.Least != 0 || o.Confidence != 0 || k.Selected != ""):
		return misfit("naaste, banden, minste_in_band, betrouwbaarheid", "these, and the column geselecteerd, are of the form rechtstreeks")
	case o.Form != "dichtheid" && (o.ErrorVariance != nil || o.Bandwidth != 0):
		return misfit("foutvariantie, bandbreedte", "these are of the form dichtheid")
	case o.Form == "dichtheid" && o.ErrorVariance == nil:
		return misfit("foutvariantie", "this form needs it")
	case o.Bands != nil && o.Nearest != 0, o.Bands == nil && o.Least != 0:
		return misfit("naaste, banden, minste_in_band", "naaste is of who is nearest, minste_in_band of banden")
	case o.Form == "dichtheid" && k.Second != "":
		return misfit("tweede", "this form has no use for a second measurement")
	}
	if o.Below == nil && !direct {
		o.Below = new(bool)
	}
	return nil
}

func meanResultOf(m *meanMoments, r estimate.MeanRegression) meanResult {
	return meanResult{m, r.Share, r.First, r.Second, r.Drift, r.Regression, r.Change}
}

func meanNormal(c *columns, k meanColumns, o *meanOptions) (any, error) {
	first, second := c.numbers("eerste", k.First), c.numbers("tweede", k.Second)
	if c.err != nil {
		return nil, c.err
	}
	m, err := estimate.MeasurementsOf(first, second)
	if err != nil {
		return nil, err
	}
	r, err := estimate.RegressionNormal(m, *o.Cutoff, *o.Below)
	if err != nil {
		return nil, err
	}
	return meanResultOf(&meanMoments{m.MeanFirst, m.MeanSecond, m.SDFirst, m.SDSecond, m.Correlation}, r), nil
}

func meanDensity(c *columns, k meanColumns, o *meanOptions) (any, error) {
	first := c.numbers("eerste", k.First)
	if c.err != nil {
		return nil, c.err
	}
	if o.Bandwidth == 0 {
		o.Bandwidth = estimate.Bandwidth(first)
	}
	r, err := estimate.RegressionDensity(first, *o.ErrorVariance, *o.Cutoff, o.Bandwidth, *o.Below)
	if err != nil {
		return nil, err
	}
	return meanResultOf(nil, r), nil
}

func meanDirect(c *columns, k meanColumns, o *meanOptions) (any, error) {
	first, second, isSelected := c.numbers("eerste", k.First), c.numbers("tweede", k.Second), c.yesNo("geselecteerd", k.Selected)
	if c.err != nil {
		return nil, c.err
	}
	if err := confidenceOf(&o.Confidence); err != nil {
		return nil, err
	}
	var selected, before, after []float64
	for i, s := range isSelected {
		if s {
			selected = append(selected, first[i])
		} else {
			before, after = append(before, first[i]), append(after, second[i])
		}
	}
	fit, err := estimate.RegressionDirect(selected, before, after, estimate.DirectOptions{Nearest: o.Nearest, Bands: o.Bands, Least: o.Least, Confidence: o.Confidence})
	if err != nil {
		return nil, err
	}
	if o.Bands == nil {
		o.Nearest = fit.Options.Nearest
	} else {
		o.Least = fit.Options.Least
	}
	return directResult{fit.Change, fit.StdErr, intervalOf(fit.Low, fit.High), fit.First, fit.Compared, fit.Outside, fit.Untreated}, nil
}
