package estimate

import "testing"

// TestMasses by hand: draws have one less below the line, ties within rounding count, and the ends hold at least the part asked for.
func TestMasses(t *testing.T) {
	two := masses{{3, 1}, {1, 1}}
	for exact, want := range map[bool]float64{true: 1, false: 2} {
		if mean, variance := two.moments(exact); mean != 2 || variance != want {
			t.Errorf("exact %v: mean %v, variance %v", exact, mean, variance)
		}
	}
	signs := masses{{0.3, 1}, {-0.3, 1}, {0.1, 2}, {0, 1}}
	sum := 0.1
	sum += 0.2 // is above 0.3
	for limit, want := range map[float64]float64{sum: 0.4, 0.3: 0.4, 0.301: 0, 0: 1} {
		if got := signs.beyond(limit, true); !near(got, want, 1e-12) {
			t.Errorf("beyond %v: %v, want %v", limit, got, want)
		}
	}
	if got := signs.beyond(0.3, false); !near(got, 3.0/6, 1e-12) {
		t.Errorf("of draws: %v", got)
	}
	var many masses
	for i := range 999 {
		many = append(many, mass{float64(999 - i), 1})
	}
	many.sort()
	if low, high := many.from(0.025), many.to(0.025); low != 25 || high != 975 {
		t.Errorf("from %v to %v", low, high)
	}
	uneven := masses{{1, 0.01}, {2, 0.04}, {3, 0.9}, {4, 0.05}}
	for p, want := range map[float64][2]float64{0.01: {1, 4}, 0.05: {2, 4}, 0.06: {3, 3}, 1: {4, 1}} {
		if low, high := uneven.from(p), uneven.to(p); low != want[0] || high != want[1] {
			t.Errorf("%v: from %v to %v, want %v", p, low, high, want)
		}
	}
}
