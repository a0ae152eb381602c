package ingest

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestElfproef(t *testing.T) {
	for _, c := range []struct {
		bsn  uint64
		want bool
	}{
		{123456782, true}, {111222333, true}, {999990019, true}, {12345672, true}, {0, true},
		{999999999, false}, {123456789, false}, {987654321, false},
	} {
		if elfproef(c.bsn) != c.want {
			t.Errorf("%09d: want %v", c.bsn, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Uint64Range(0, 999999999).Draw(t, "v")
		sum := 0
		for i, d := range fmt.Sprintf("%09d", v) {
			weight := 9 - i
			if i == 8 {
				weight = -1
			}
			sum += weight * int(d-'0')
		}
		if elfproef(v) != (sum%11 == 0) {
			t.Fatal(v)
		}
	})
}

func TestBSNShape(t *testing.T) {
	for in, want := range map[string]bool{
		"123456789": true, "12345678": true, "000000000": true, "1234.56.789": true, "123-456-789": true, "123 456 789": true, " 12345678 ": true,
		"1234567": false, "1234567890": false, "12345678a": false, "": false, "v1_12345678": false, "12,345,678": false,
	} {
		if _, ok := bsnShape([]byte(in)); ok != want {
			t.Errorf("%q: want %v", in, want)
		}
	}
}

func TestBSNInText(t *testing.T) {
	for in, want := range map[string]bool{
		"123456782":                          true,
		"12345672":                           true, // eight digits: the zero was lost
		"mevrouw, bsn 123456782.":            true,
		"bsn:123456782;tel":                  true,
		"1234.56.782":                        true,
		"zie 1234.56.782 (dossier)":          true,
		"zie 123 456 782":                    true,
		"123-456-782":                        true,
		"eerst 987654321 en dan 111222333":   true,
		"123456789":                          false, // fails the elfproef
		"tel 0612345678":                     false,
		"1234567822":                         false,
		"1234.56.7822":                       false,
		"01-02-2024":                         false, // the digits 01022024 need not fail the elfproef to be a day
		"2024-01-02":                         false,
		"":                                   false,
		"geen cijfers":                       false,
		"bedrag 1.234,56 per 12 maanden, 24": false,
	} {
		if got := bsnInText([]byte(in)); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
	// Every day as text, in the spellings people use.
	for day := Day(0); day < 20000; day++ {
		d := day.Time()
		for _, layout := range []string{"2006-01-02", "02-01-2006", "02.01.2006", "02 01 2006"} {
			if s := d.Format(layout); bsnInText([]byte(s)) {
				t.Fatalf("%q is taken for a BSN", s)
			}
		}
	}
}

func TestMixInverts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Uint64().Draw(t, "v")
		if unmix(mix(v)) != v {
			t.Fatal(v)
		}
	})
}

// bsnOf makes the i-th number of nine digits that passes the elfproef.
func bsnOf(i int) string {
	for v := uint64(100000000); ; v++ {
		if elfproef(v) {
			if i == 0 {
				return fmt.Sprint(v)
			}
			i--
		}
	}
}

func TestBSNColumn(t *testing.T) {
	for _, c := range []struct {
		name       string
		pass, fail int // distinct values
		repeat     int
		want       bool
	}{
		{"all pass", 50, 0, 1, true},
		{"too few", 49, 0, 1, false},
		{"too few, often", 49, 0, 100, false},
		{"one in five", 20, 80, 1, false},
		{"more than one in five", 21, 79, 1, true},
		{"by chance", 9, 91, 1, false},
		{"a few that pass fill the column", 9, 91, 1, false},
	} {
		var col bsnColumn
		pass, fail := c.pass, c.fail
		for v := uint64(200000000); pass+fail > 0; v++ {
			if elfproef(v) && pass > 0 {
				pass--
			} else if !elfproef(v) && fail > 0 {
				fail--
			} else {
				continue
			}
			for range c.repeat {
				col.add(v)
			}
		}
		if _, _, refuse := col.verdict(); refuse != c.want {
			t.Errorf("%s: %v", c.name, refuse)
		}
	}
}

// The sample doesn't depend on order, on repetition, or on how the values were divided over workers.
func TestBSNColumnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3*sketchSize).Draw(t, "n")
		var one, left, right bsnColumn
		for i := range n {
			one.add(uint64(i))
		}
		for i := n - 1; i >= 0; i-- {
			if i%3 == 0 {
				left.add(uint64(i))
				right.add(uint64(i))
			} else {
				right.add(uint64(i))
			}
		}
		left.merge(&right)
		n1, p1, _ := one.verdict()
		n2, p2, _ := left.verdict()
		if n1 != n2 || p1 != p2 || n1 != min(n, sketchSize) {
			t.Fatalf("%d of %d, and %d of %d", p1, n1, p2, n2)
		}
	})
}

func TestIsPseudonym(t *testing.T) {
	for in, want := range map[string]bool{
		"v1_" + strings.Repeat("a", 32):                         true,
		"v1_" + strings.Repeat("F0", 32):                        true,
		"V2_" + strings.Repeat("z", 40):                         true,
		"v1_" + strings.Repeat("a", 31):                         false,
		strings.Repeat("a", 40):                                 false,
		"_" + strings.Repeat("a", 40):                           false,
		"v_1_" + strings.Repeat("a", 40):                        false,
		"v1_" + strings.Repeat("a", 40) + "=":                   false,
		"v1-" + strings.Repeat("a", 40):                         false,
		"v1_" + strings.Repeat("é", 40):                         false,
		strings.Repeat("v", 17) + "_" + strings.Repeat("a", 40): false,
	} {
		if got := isPseudonym([]byte(in)); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}
