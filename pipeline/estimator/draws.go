package estimator

import "cmp"

// mostDraws is how many draws may be asked: what each comes to is kept until the end.
const mostDraws = 1_000_000

// drawsOf is an option that is usual where it is left out.
func drawsOf(v *int, usual int) error {
	if *v = cmp.Or(*v, usual); *v < 1 || *v > mostDraws {
		return misfit("trekkingen", "from 1 to 1.000.000")
	}
	return nil
}

// leastOf is an option that is ten where it is left out, and never below two.
func leastOf(v *int) error {
	if *v < 0 {
		return misfit("minste_clusters", "at least 2")
	}
	*v = max(2, cmp.Or(*v, 10))
	return nil
}
