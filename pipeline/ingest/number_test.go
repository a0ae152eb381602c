package ingest

import (
	"math/big"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseEuros(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int64
		flaw fault
	}{
		{"0", 0, 0},
		{"12", 1200, 0},
		{"12,5", 1250, 0},
		{"12.50", 1250, 0},
		{"-12,50", -1250, 0},
		{"1.354,33", 135433, 0},
		{"1354.33", 135433, 0},
		{"1354,33", 135433, 0},
		{"1,354.33", 135433, 0},
		{"1.354.000", 135400000, 0},
		{"1,354,000", 135400000, 0},
		{"1.354.000,5", 135400050, 0},
		{"-0", 0, 0},
		{"007,50", 750, 0},
		{"10.000.000.000", 1_000_000_000_000, 0},

		{"1.354", 0, faultBedragDubbelzinnig},
		{"1,354", 0, faultBedragDubbelzinnig},
		{"-1.354", 0, faultBedragDubbelzinnig},
		{"0.354", 0, faultBedragDubbelzinnig},

		{"10.000.000.001", 0, faultBedragGroot},
		{"99999999999999999999,00", 0, faultBedragGroot},

		{"", 0, faultBedrag},
		{"-", 0, faultBedrag},
		{"--1", 0, faultBedrag},
		{"+1", 0, faultBedrag},
		{"1 000,00", 0, faultBedrag},
		{"1e5", 0, faultBedrag},
		{"€ 5", 0, faultBedrag},
		{"5,", 0, faultBedrag},
		{",5", 0, faultBedrag},
		{".354", 0, faultBedrag},
		{"1,3545", 0, faultBedrag},
		{"13.54,33", 0, faultBedrag},
		{"1.2.3,44", 0, faultBedrag},
		{"1.354.33", 0, faultBedrag},
		{"1,354,33", 0, faultBedrag},
		{"1.354,000", 0, faultBedrag},
		{"1,354.000", 0, faultBedrag},
		{"1234.567.890", 0, faultBedrag},
		{"1234.567,89", 0, faultBedrag},
		{"1..354,00", 0, faultBedrag},
		{".354.000", 0, faultBedrag},
		{"1-2", 0, faultBedrag},
		{"NULL", 0, faultBedrag},
	} {
		if got, flaw := parseEuros([]byte(c.in)); got != c.want || flaw != c.flaw {
			t.Errorf("%q: %d, fault %d; want %d, fault %d", c.in, got, flaw, c.want, c.flaw)
		}
	}
}

// The rule again, as the forms it allows.
var (
	euroPlain     = regexp.MustCompile(`^-?[0-9]+([.,][0-9]{1,2})?$`)
	euroPoints    = regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,2})?$`)
	euroCommas    = regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?$`)
	euroAmbiguous = regexp.MustCompile(`^-?[0-9]{1,3}[.,][0-9]{3}$`)
)

func slowEuros(s string) (int64, fault) {
	dec := ""
	switch {
	case len(strings.TrimPrefix(s, "-")) > 32:
		return 0, faultBedrag
	case euroAmbiguous.MatchString(s):
		return 0, faultBedragDubbelzinnig
	case euroPlain.MatchString(s):
		s = strings.Replace(s, ",", ".", 1)
	case euroPoints.MatchString(s):
		s = strings.Replace(strings.ReplaceAll(s, ".", ""), ",", ".", 1)
	case euroCommas.MatchString(s):
		s = strings.ReplaceAll(s, ",", "")
	default:
		return 0, faultBedrag
	}
	s, dec, _ = strings.Cut(s, ".")
	v, _ := new(big.Int).SetString(s+(dec + "00")[:2], 10)
	// Whether an amount is too large is decided on the euros.
	if e, _ := new(big.Int).SetString(strings.TrimPrefix(s, "-"), 10); e.Cmp(big.NewInt(maxCents/100)) > 0 {
		return 0, faultBedragGroot
	}
	return v.Int64(), 0
}

func TestParseEurosAgainstForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`-?[0-9]{0,4}([.,][0-9]{0,4}){0,3}|-?[0-9]{1,3}([.][0-9]{3}){0,4}(,[0-9]{1,3})?|[-0-9.,e+ ]{0,8}|-?[0-9]{1,36}`).Draw(t, "amount")
		want, wantFlaw := slowEuros(s)
		if got, flaw := parseEuros([]byte(s)); got != want || flaw != wantFlaw {
			t.Fatalf("%q: %d, fault %d; want %d, fault %d", s, got, flaw, want, wantFlaw)
		}
	})
}

func TestParseCents(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int64
		flaw fault
	}{
		{"0", 0, 0}, {"-5", -5, 0}, {"0012", 12, 0}, {"1000000000000", maxCents, 0}, {"-1000000000000", -maxCents, 0},
		{"1000000000001", 0, faultBedragGroot}, {"-1000000000001", 0, faultBedragGroot},
		{"", 0, faultBedrag}, {"-", 0, faultBedrag}, {"1.0", 0, faultBedrag}, {"1,00", 0, faultBedrag}, {"+1", 0, faultBedrag},
		{"9999999999999999999", 0, faultBedrag}, {"1e3", 0, faultBedrag}, {"0x10", 0, faultBedrag},
	} {
		if got, flaw := parseCents([]byte(c.in)); got != c.want || flaw != c.flaw {
			t.Errorf("%q: %d, fault %d; want %d, fault %d", c.in, got, flaw, c.want, c.flaw)
		}
	}
}

func TestParseThousandths(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int64
		ok   bool
	}{
		{"7", 7000, true}, {"7,5", 7500, true}, {"7.25", 7250, true}, {"1.354", 1354, true}, {"-0,125", -125, true}, {"0", 0, true},
		{"", 0, false}, {"-", 0, false}, {",5", 0, false}, {"5,", 0, false}, {"1,2345", 0, false}, {"1.000,5", 0, false}, {"--1", 0, false},
		{"1,-5", 0, false}, {"1,5,5", 0, false}, {"1234567890123456", 0, false}, {"+1", 0, false},
	} {
		if got, ok := parseThousandths([]byte(c.in)); got != c.want || ok != c.ok {
			t.Errorf("%q: %d, %v; want %d, %v", c.in, got, ok, c.want, c.ok)
		}
	}
}
