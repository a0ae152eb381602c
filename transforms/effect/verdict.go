package effect

import "math"

// Verdict is what a figure allows to be said.
type Verdict string

// The verdicts of methods 7. NoVerdict is of figures that do not decide.
const (
	NoVerdict     Verdict = ""
	Shown         Verdict = "aangetoond"
	NotShown      Verdict = "niet aangetoond"
	CannotShow    Verdict = "niet aan te tonen"
	TooFewSets    Verdict = "te weinig sets"
	CannotCompute Verdict = "niet te berekenen"
)

// Judged is what a verdict is made from.
type Judged struct {
	Possible   bool
	Sets       int
	Estimate   float64 // eurocents a household a year, negative is a saving
	SE         float64
	High       float64 // upper bound of the 95% interval
	Expected   float64 // mean expected saving, positive
	HasExpect  bool    // any plan says what it expects
	Placebo    float64 // mean of the placebo in space
	HasPlacebo bool
	Drawn      bool    // by lot: nothing but chance chose
	Field      bool    // by people, who see more than cost
	Rise       float64 // of the treated in the quarter before the report, eurocents a household a year
	HasRise    bool    // it could be worked out
}

// Detectable is the smallest effect that the sets could have shown four times out of five.
func (j Judged) Detectable() float64 { return estimateDetectable(j.SE, j.Sets) }

// Judge gives the verdict by the rule of methods 7, and the reason in Dutch. In order: without a figure, or with too few sets, there is none; shown, when
// the interval lies below 0 and nothing else can be behind it; cannot be shown, when the detectable effect exceeds what plans expect on average; else
// not shown. What else can be behind a saving: after a draw nothing. Else the procedure itself, unless its placebo's mean is less than a share of the
// estimate. And of families that people brought forward the peak at which they did so, unless its height is less than a share of the estimate: a
// peak passes without maatwerk too, and controls that cost as much may do so for good. That last one is beside methods 7, and only ever withholds a verdict.
func Judge(j Judged, set Settings) (Verdict, string) {
	other := j.otherwise(set)
	switch {
	case !j.Possible:
		return CannotCompute, "er is geen schatting"
	case j.Sets < set.LeastSets:
		return TooFewSets, "te weinig sets voor een interval"
	case j.High < 0 && j.Drawn:
		return Shown, "het interval ligt onder nul en het lot koos"
	case j.High < 0 && other == "":
		return Shown, "het interval ligt onder nul en de werkwijze vindt niets waar niets is"
	case j.HasExpect && j.Detectable() > j.Expected:
		return CannotShow, "het kleinste effect dat met zoveel huishoudens te zien is, is groter dan de verwachte besparing"
	case j.High < 0:
		return NotShown, "het interval ligt onder nul, maar " + other
	}
	return NotShown, "het interval bevat nul of ligt erboven"
}

// otherwise is what else than maatwerk can be behind the estimate of who was not drawn, in Dutch; empty when nothing that is looked at can.
func (j Judged) otherwise(set Settings) string {
	switch {
	case !j.HasPlacebo:
		return "de werkwijze is niet getoetst op huishoudens zonder maatwerk"
	case math.Abs(j.Placebo) >= set.PlaceboShare*math.Abs(j.Estimate):
		return "de werkwijze vindt ook een verschil waar niets is gedaan"
	case j.Field && !j.HasRise:
		return "het is niet te zien of huishoudens op een piek zijn gekozen"
	case j.Field && j.Rise >= set.PeakShare*math.Abs(j.Estimate):
		return "huishoudens kostten bij de aanmelding meer dan daarvoor, en een piek zakt ook zonder maatwerk"
	}
	return ""
}

// ClaimVerdict is what becomes of a claim.
type ClaimVerdict string

// The verdicts on claims, in the order in which they are tried.
const (
	ClaimUntestable  ClaimVerdict = "niet te toetsen"
	ClaimSupported   ClaimVerdict = "onderbouwd"
	ClaimPartly      ClaimVerdict = "deels"
	ClaimUnsupported ClaimVerdict = "niet onderbouwd"
	ClaimNotShown    ClaimVerdict = "niet aangetoond"
)

// Claim is a saving that somebody stated, per household and year, beside what was found for the same population.
type Claim struct {
	Saving     float64 // claimed, positive
	Population bool    // its households are known, and in sets
	Period     bool    // its period is one that was measured
	Payer      bool    // its payer is one whose bills are there
	Estimate   float64 // negative is a saving
	Low, High  float64
	SE         float64
	Sets       int
	Interval   bool // there is one
}

// JudgeClaim tries the verdicts of methods 7 in their order, and gives the reason in Dutch.
func JudgeClaim(c Claim) (ClaimVerdict, string) {
	excludes := c.High < 0 || c.Low > 0
	switch {
	case !c.Population:
		return ClaimUntestable, "de huishoudens van deze claim zijn niet in de gegevens"
	case !c.Period:
		return ClaimUntestable, "de periode van deze claim is niet gemeten"
	case !c.Payer:
		return ClaimUntestable, "van deze betaler zijn er geen kosten"
	case !c.Interval:
		return ClaimUntestable, "er zijn te weinig sets voor een interval"
	case estimateDetectable(c.SE, c.Sets) > c.Saving:
		return ClaimUntestable, "het kleinste effect dat te zien is, is groter dan de claim"
	case c.Saving <= -c.Estimate && excludes:
		return ClaimSupported, "de gevonden besparing is minstens zo groot en het interval bevat nul niet"
	case excludes && c.Estimate < 0:
		return ClaimPartly, "er is een besparing, en die is kleiner dan de claim"
	case c.Saving < -c.High || c.Saving > -c.Low:
		return ClaimUnsupported, "de claim ligt buiten het interval van de besparing"
	}
	return ClaimNotShown, "het interval bevat nul en de claim"
}
