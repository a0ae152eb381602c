package estimator

import (
	"cmp"
	"strconv"

	"stapel/transforms/estimate"
)

type matchColumns struct {
	Treated    string   `yaml:"behandeld"`
	Covariates []string `yaml:"kenmerken"`
	Score      string   `yaml:"score"`
	Stratum    string   `yaml:"stratum"`
	Name       string   `yaml:"naam"`
}

type matchOptions struct {
	Distance       string   `yaml:"afstand" json:"afstand"`
	Controls       int      `yaml:"controles" json:"controles"`
	Replace        bool     `yaml:"teruglegging" json:"teruglegging"`
	Rounds         bool     `yaml:"rondes" json:"rondes"`
	Caliper        *float64 `yaml:"caliper" json:"caliper"`
	NoCaliper      bool     `yaml:"geen_caliper" json:"geen_caliper"`
	Spread         string   `yaml:"spreiding" json:"spreiding"`
	On             string   `yaml:"score_als" json:"score_als,omitempty"`
	balanceOptions `yaml:",inline"`
	WithoutSets    bool `yaml:"zonder_sets" json:"zonder_sets"`
}

type matchResult struct {
	Treated    int          `json:"behandeld"`
	Candidates int          `json:"kandidaten"`
	Matched    int          `json:"gekoppeld"`
	Used       int          `json:"controles_gebruikt"`
	Partial    int          `json:"sets_niet_vol"`
	Width      *float64     `json:"caliper_breedte"`
	Condition  float64      `json:"conditiegetal"`
	Dropped    []matchDrop  `json:"zonder_controle"`
	Before     *balanceOf   `json:"balans_voor"`
	After      *balanceOf   `json:"balans_na"`
	Sets       []matchedSet `json:"sets,omitempty"`
}

type matchDrop struct {
	Treated string `json:"behandeld"`
	Reason  string `json:"reden"`
}

type matchedSet struct {
	Treated  string    `json:"behandeld"`
	Controls []string  `json:"controles"`
	Distance []float64 `json:"afstand"`
}

var (
	distances = map[string]estimate.MatchDistance{"rang_mahalanobis": estimate.RankMahalanobis, "mahalanobis": estimate.Mahalanobis,
		"score": estimate.LogitDistance}
	spreads = map[string]estimate.CaliperSpread{"binnen": estimate.SpreadWithin, "alle": estimate.SpreadAll}
	dropped = map[string]string{estimate.DroppedStratum: "geen kandidaat in het stratum", estimate.DroppedCaliper: "geen kandidaat binnen de caliper",
		estimate.DroppedUsed: "alle kandidaten binnen de caliper zijn al gebruikt"}
)

// use fills the defaults in, and gives the options of Match.
func (o *matchOptions) use(scored bool) (opt estimate.MatchOptions, err error) {
	o.Distance, o.Spread, o.Controls = cmp.Or(o.Distance, "rang_mahalanobis"), cmp.Or(o.Spread, "binnen"), cmp.Or(o.Controls, 3)
	opt = estimate.MatchOptions{Controls: o.Controls, Replace: o.Replace, Rounds: o.Rounds, NoCaliper: o.NoCaliper}
	var known bool
	if opt.Distance, known = distances[o.Distance]; !known {
		return opt, misfit("afstand", "rang_mahalanobis, mahalanobis or score")
	}
	if opt.Spread, known = spreads[o.Spread]; !known {
		return opt, misfit("spreiding", "binnen or alle")
	}
	switch {
	case o.Controls < 0:
		return opt, misfit("controles", "at least 1")
	case o.NoCaliper && o.Caliper != nil:
		return opt, misfit("caliper, geen_caliper", "one of the two")
	case o.Caliper != nil && !(*o.Caliper > 0):
		return opt, misfit("caliper", "above 0")
	case scored && o.On != "":
		return opt, misfit("score_als", "this is of a score that is estimated, without a column for it")
	case !o.NoCaliper && o.Caliper == nil:
		usual := 0.2
		o.Caliper = &usual
	}
	if o.Caliper != nil {
		opt.Caliper = *o.Caliper
	}
	if !scored {
		if o.On = cmp.Or(o.On, "logit"); o.On != "logit" && o.On != "kans" {
			return opt, misfit("score_als", "logit or kans")
		}
	}
	return opt, nil
}

// propensity is the score where none is given, by a logistic regression on the covariates.
func (o *matchOptions) propensity(x [][]float64, treated []bool, names []string) ([]float64, error) {
	fit, err := estimate.Logit(x, treated, nil)
	if err != nil {
		return nil, collinear(err, append([]string{constant}, names...))
	}
	if o.On == "kans" {
		return fit.Fitted, nil
	}
	return fit.Linear, nil
}

var _ = register("koppelen", "matching of treated to controls, with the balance before and after",
	func(c *columns, k matchColumns, o *matchOptions) (any, error) {
		opt, err := o.use(k.Score != "")
		if err != nil {
			return nil, err
		}
		balance, err := o.balanceOptions.use()
		if err != nil {
			return nil, err
		}
		in := estimate.MatchInput{Treated: c.yesNo("behandeld", k.Treated), X: c.list("kenmerken", k.Covariates), Stratum: c.optional("stratum", k.Stratum)}
		names := c.texts("naam", k.Name, true)
		if k.Score != "" {
			in.Logit = c.numbers("score", k.Score)
		} else if len(k.Covariates) == 0 {
			c.none("kenmerken")
		}
		if c.err != nil {
			return nil, c.err
		}
		if k.Score == "" {
			if in.Logit, err = o.propensity(in.X, in.Treated, k.Covariates); err != nil {
				return nil, err
			}
		}
		if k.Name == "" {
			for i := range names {
				names[i] = strconv.Itoa(i + 1)
			}
		}
		m, err := estimate.Match(in, opt)
		if err != nil {
			return nil, err
		}
		out := matchResult{Treated: m.Treated, Candidates: m.Candidates, Matched: len(m.Sets), Used: m.Used, Partial: m.Partial, Width: known(m.Width),
			Condition: m.Condition, Dropped: []matchDrop{}}
		for _, d := range m.Dropped {
			out.Dropped = append(out.Dropped, matchDrop{names[d.Treated], dropped[d.Reason]})
		}
		compared, all := append([]string{"score"}, k.Covariates...), append([][]float64{in.Logit}, in.X...)
		if out.Before, err = balanceOfAll(in.Treated, all, nil, balance, compared); err != nil {
			return nil, err
		}
		if len(m.Sets) > 0 {
			if out.After, err = balanceOfAll(in.Treated, all, m.Weights(len(in.Treated)), balance, compared); err != nil {
				return nil, err
			}
		}
		if !o.WithoutSets {
			for _, s := range m.Sets {
				out.Sets = append(out.Sets, matchedSet{names[s.Treated], pick(names, s.Controls), s.Distance})
			}
		}
		return out, nil
	})
