// Package nl writes numbers, money, dates and lists the way a Dutch reader expects them. The standard library has no
// locale and x/text has no euro amounts from whole cents, and money here never passes through a float.
package nl

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// nbsp keeps the euro sign with its amount and the day with its month.
const nbsp = "\u00a0"

var months = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
	"oktober", "november", "december"}

// Int writes a whole number with points between thousands: 1.234.567.
func Int(n int64) string {
	digits := strconv.FormatUint(magnitude(n), 10)
	var b strings.Builder
	if n < 0 {
		b.WriteByte('-')
	}
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

// magnitude is |n|, also for the smallest int64.
func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-(n + 1)) + 1
	}
	return uint64(n)
}

// Euro writes eurocents in full: € 1.234,56.
func Euro(ct int64) string { return "€" + nbsp + Amount(ct) }

// Amount writes eurocents as euros without the sign: 1.234,56.
func Amount(ct int64) string {
	m := magnitude(ct)
	s := Int(int64(m/100)) + "," + string([]byte{'0' + byte(m%100/10), '0' + byte(m%10)})
	if ct < 0 {
		s = "-" + s
	}
	return s
}

// Cents writes eurocents as euros for a file that a program reads: 1234,56.
func Cents(ct int64) string { return strings.ReplaceAll(Amount(ct), ".", "") }

// EuroWhole writes eurocents in whole euros, half a euro away from zero: € 1.235.
func EuroWhole(ct int64) string { return "€" + nbsp + AmountWhole(ct) }

// AmountWhole is EuroWhole without the sign.
func AmountWhole(ct int64) string { return Int(WholeEuros(ct)) }

// WholeEuros rounds eurocents to euros, half away from zero.
func WholeEuros(ct int64) int64 {
	euros := int64((magnitude(ct) + 50) / 100)
	if ct < 0 {
		return -euros
	}
	return euros
}

// Number writes a float with a fixed number of decimals and a decimal comma: 1.234,5. Something that is no number is
// an en dash.
func Number(x float64, decimals int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	s := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return s
	}
	out := Int(n)
	if frac != "" {
		out += "," + frac
	}
	if x < 0 && strings.Trim(s, "0.") != "" {
		out = "-" + out
	}
	return out
}

// Decimal writes a float with as many decimals as it has and a decimal comma, for a file that a program reads: 1234,5.
func Decimal(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}

// Percent writes a fraction (0,123) as a percentage with one decimal: 12,3%.
func Percent(fraction float64) string {
	s := Number(fraction*100, 1)
	if s == "–" {
		return s
	}
	return s + "%"
}

// PercentShort writes a fraction as a percentage without decimals that are 0: 0,1 is 10%, 0,001 is 0,1%.
func PercentShort(fraction float64) string { return strings.Replace(Percent(fraction), ",0%", "%", 1) }

// Date writes a day in words: 31 december 2025. The zero time is an en dash.
func Date(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return strconv.Itoa(t.Day()) + nbsp + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// DateShort writes a day for a table: 31-12-2025. The zero time is an en dash.
func DateShort(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.Format("02-01-2006")
}

// Month writes a month for a table or an axis: dec 2025, with mrt for March.
func Month(t time.Time) string {
	name := months[t.Month()-1][:3]
	if t.Month() == time.March {
		name = "mrt"
	}
	return name + nbsp + strconv.Itoa(t.Year())
}

// Count writes a number with its noun: 1 huishouden, 1.234 huishoudens.
func Count(n int64, one, more string) string { return Int(n) + nbsp + Form(n, one, more) }

// Form picks the form of a noun or verb that goes with a number.
func Form(n int64, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}

// Days writes a number of days, rounded, with its noun: 1 dag, 123 dagen.
func Days(x float64) string {
	n := Number(x, 0)
	if n == "1" {
		return n + nbsp + "dag"
	}
	return n + nbsp + "dagen"
}

// Plain is a text with blanks where this package keeps words together, for a terminal.
func Plain(s string) string { return strings.ReplaceAll(s, nbsp, " ") }

// List joins words as in a sentence: a, b en c.
func List(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " en " + words[n-1]
	}
}
