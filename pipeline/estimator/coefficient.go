package estimator

import (
	"cmp"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"stapel/transforms/estimate"
)

// estimated is an estimate with its standard error, and its test and interval by the t, or the normal distribution. There is no test where the error is 0.
type estimated struct {
	Estimate  float64   `json:"schatting"`
	StdErr    float64   `json:"standaardfout"`
	Statistic *float64  `json:"toetsingsgrootheid"`
	P         *float64  `json:"p"`
	Interval  *interval `json:"interval"`
}

// estimatedBy is by the t with df degrees of freedom, infinite ones for the normal.
func estimatedBy(value, stdErr, df, confidence float64) estimated {
	e := estimated{Estimate: value, StdErr: stdErr, Statistic: known(value / stdErr)}
	var quantile, beyond float64
	if math.IsInf(df, 1) {
		quantile, beyond = distuv.UnitNormal.Quantile((1+confidence)/2), distuv.UnitNormal.Survival(math.Abs(value/stdErr))
	} else {
		t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}
		quantile, beyond = t.Quantile((1+confidence)/2), t.Survival(math.Abs(value/stdErr))
	}
	if e.Statistic != nil {
		e.P = known(2 * beyond)
	}
	e.Interval = intervalOf(value-quantile*stdErr, value+quantile*stdErr)
	return e
}

// coefficient is one of a regression.
type coefficient struct {
	Name string `json:"naam"`
	estimated
}

// constant is the name of what is not of a column.
const constant = "(constante)"

// collinear names the covariate of a CollinearError; names are those of the coefficients.
func collinear(err error, names []string) error {
	var c *estimate.CollinearError
	if errors.As(err, &c) && c.Column >= 0 && c.Column < len(names) {
		return fmt.Errorf("coefficient of %s: %w", names[c.Column], err)
	}
	return err
}

// clusterOptions are of errors by cluster.
type clusterOptions struct {
	Factor string `yaml:"factor" json:"factor,omitempty"`
	Least  int    `yaml:"minste_clusters" json:"minste_clusters,omitempty"`
}

var factors = map[string]estimate.ClusterFactor{"": estimate.FactorStata, "stata": estimate.FactorStata, "kleinste": estimate.FactorSmallest,
	"geen": estimate.FactorNone}

// use fills the defaults in; without clusters the options have no meaning, and are refused.
func (o *clusterOptions) use(clustered bool) (estimate.ClusterOptions, error) {
	factor, ok := factors[o.Factor]
	switch {
	case !ok:
		return estimate.ClusterOptions{}, misfit("factor", "stata, kleinste or geen")
	case o.Least < 0:
		return estimate.ClusterOptions{}, misfit("minste_clusters", "at least 2")
	case !clustered && (o.Factor != "" || o.Least != 0):
		return estimate.ClusterOptions{}, misfit("factor, minste_clusters", "these want a column for cluster")
	case !clustered:
		return estimate.ClusterOptions{}, nil
	}
	o.Factor, o.Least = cmp.Or(o.Factor, "stata"), max(2, cmp.Or(o.Least, 10))
	return estimate.ClusterOptions{Factor: factor, Least: o.Least}, nil
}

// errorOptions are how the errors of a regression are made.
type errorOptions struct {
	Kind           string `yaml:"fout" json:"fout"`
	clusterOptions `yaml:",inline"`
	Confidence     float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

var kinds = map[string]estimate.CovarianceKind{"klassiek": estimate.Classical, "HC0": estimate.HC0, "HC1": estimate.HC1, "HC2": estimate.HC2, "HC3": estimate.HC3}

// use fills the defaults in: by cluster where there are clusters, else classical.
func (o *errorOptions) use(clusters [][]int) (estimate.ClusterOptions, error) {
	byCluster, err := o.clusterOptions.use(len(clusters) > 0)
	if err != nil {
		return byCluster, err
	}
	if err := confidenceOf(&o.Confidence); err != nil {
		return byCluster, err
	}
	if len(clusters) > 0 {
		if o.Kind = cmp.Or(o.Kind, "cluster"); o.Kind != "cluster" {
			return byCluster, misfit("fout", "cluster where a column is named for it")
		}
		return byCluster, nil
	}
	o.Kind = cmp.Or(o.Kind, "klassiek")
	if _, ok := kinds[o.Kind]; !ok {
		return byCluster, misfit("fout", "klassiek, HC0, HC1, HC2 or HC3, or cluster with a column for it")
	}
	return byCluster, nil
}

// regression has errors of every kind.
type regression interface {
	Covariance(kind estimate.CovarianceKind) (*estimate.Covariance, error)
	Clustered(opt estimate.ClusterOptions, ways ...[]int) (*estimate.Covariance, error)
}

// coefficients are those of a regression with the errors asked for.
type coefficients struct {
	DF           float64       `json:"vrijheidsgraden"` // of the t
	Clusters     []int         `json:"clusters,omitempty"`
	Factors      []float64     `json:"factoren,omitempty"`
	Repaired     bool          `json:"hersteld,omitempty"`
	Coefficients []coefficient `json:"coefficienten"`
}

func (o errorOptions) coefficients(r regression, byCluster estimate.ClusterOptions, clusters [][]int, names []string, values []float64) (coefficients, error) {
	var cov *estimate.Covariance
	var err error
	if len(clusters) > 0 {
		cov, err = r.Clustered(byCluster, clusters...)
	} else {
		cov, err = r.Covariance(kinds[o.Kind])
	}
	if err != nil {
		return coefficients{}, err
	}
	out := coefficients{DF: cov.DF, Clusters: cov.Clusters, Factors: cov.Factors, Repaired: cov.Repaired}
	for j, v := range values {
		out.Coefficients = append(out.Coefficients, coefficient{names[j], estimatedBy(v, cov.SE[j], cov.DF, o.Confidence)})
	}
	return out, nil
}

// ways reads the columns of clusters, one or two.
func (c *columns) ways(names []string) [][]int {
	if len(names) > 2 {
		c.wrong(misfit("cluster", "one column or two"))
	}
	var out [][]int
	for i, name := range names {
		out = append(out, c.optional(fmt.Sprintf("cluster %d", i+1), name))
	}
	return out
}
