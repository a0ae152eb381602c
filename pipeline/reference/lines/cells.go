package lines

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"stapel/config"
)

var (
	pseudonymForm = regexp.MustCompile(`^[A-Za-z0-9]{1,16}_[A-Za-z0-9]{32,}$`)
	gemeenteForm  = regexp.MustCompile(`^(GM)?[0-9]{4}$`)
	decimalForm   = regexp.MustCompile(`^-?[0-9]{1,15}([.,][0-9]{1,3})?$`)
	wholeForm     = regexp.MustCompile(`^-?[0-9]{1,18}$`)
	yearForm      = regexp.MustCompile(`^[0-9]{4}$`)
	// rules 5: a decimal sign with one or two digits; before it no separators, or the other sign between groups of three
	euroForms = []*regexp.Regexp{
		regexp.MustCompile(`^-?[0-9]+([.,][0-9]{1,2})?$`),
		regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}$`),
		regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,2}$`),
		regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{3}){2,}$`),
		regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3}){2,}$`),
	}
)

// words are what programs write where there is nothing: no value of anything but free text (rules 4).
var words = strings.Fields(`null na n/a nan nat none <na> nil - (null) \n #n/a #n/b nvt n.v.t.`)

// mostCents is ten billion euro; no amount is more.
const mostCents = 1_000_000_000_000

// read reads a cell by its contract and gives it in one spelling; ok is false when the line belongs in quarantine for it.
func read(c *config.Contract, k *config.Column, v string) (string, bool) {
	switch {
	case v == "" || slices.Contains(k.Unknown, v):
		return "", !k.Required || k.EmptyOK
	case k.Type != config.TypeTekst && slices.Contains(words, strings.ToLower(v)):
		return v, false
	}
	switch k.Type {
	case config.TypePersoon, config.TypeHuishouden:
		return strings.ToLower(v), pseudonymForm.MatchString(v)
	case config.TypeGemeente:
		return "GM" + strings.TrimPrefix(v, "GM"), gemeenteForm.MatchString(v)
	case config.TypeCode:
		for _, c := range k.Codes {
			if v == c.Code || slices.Contains(c.Synonyms, v) {
				return c.Code, true
			}
		}
		return v, false
	case config.TypeVlag:
		for _, c := range k.Codes {
			if v == c.Code || slices.Contains(c.Synonyms, v) {
				return c.Code, true
			}
		}
		return v, v == "ja" || v == "nee"
	case config.TypeDatum:
		return readDay(c, k, v)
	case config.TypeTijd:
		return readTime(v)
	case config.TypeMaand:
		for _, form := range []string{"2006-01", "200601"} {
			if t, err := time.Parse(form, v); err == nil && (form == "2006-01" || slices.Contains(k.Formats, "JJJJMM")) {
				return t.Format(time.DateOnly), possible(t)
			}
		}
		return v, false
	case config.TypeJaar:
		return v, yearForm.MatchString(v) && within(k, v)
	case config.TypeGeheel:
		return v, wholeForm.MatchString(v) && within(k, v)
	case config.TypeDecimaal:
		return v, decimalForm.MatchString(v) && within(k, thousandths(v))
	case config.TypeCt, config.TypeEur:
		ct, ok := Cents(k, v)
		return v, ok && max(ct, -ct) <= mostCents && !(k.NonNegative && ct < 0)
	case config.TypeID:
		return v, k.Regexp() == nil || k.Regexp().MatchString(v)
	}
	return v, true
}

// within is whether a number is between its bounds and a multiple of its step.
func within(k *config.Column, v string) bool {
	n, err := strconv.ParseInt(v, 10, 64)
	return err == nil && (k.Min == nil || n >= *k.Min) && (k.Max == nil || n <= *k.Max) && (k.Step == nil || n%*k.Step == 0) &&
		!(k.NonNegative && n < 0)
}

// thousandths is a decimal number as a whole one.
func thousandths(v string) string {
	whole, part, _ := strings.Cut(strings.ReplaceAll(v, ",", "."), ".")
	return whole + (part + "000")[:3]
}

// inOrder is whether no last day lies before its first.
func inOrder(c *config.Contract, l *Line) bool {
	pairs := [][2]string{}
	for _, o := range c.Orders {
		pairs = append(pairs, [2]string{o.A, o.B})
	}
	if c.Period != nil && c.Period.End != "" {
		pairs = append(pairs, [2]string{c.Period.Column, c.Period.End})
	}
	for _, p := range pairs {
		if a, b := l.Get(p[0]), l.Get(p[1]); a != "" && b != "" && a > b {
			return false
		}
	}
	return true
}

// Cents reads an amount in eurocents from a column that holds cents or euros.
func Cents(k *config.Column, v string) (int64, bool) {
	if k.Type == config.TypeCt {
		n, err := strconv.ParseInt(v, 10, 64)
		return n, err == nil && wholeForm.MatchString(v)
	}
	if !slices.ContainsFunc(euroForms, func(re *regexp.Regexp) bool { return re.MatchString(v) }) {
		return 0, false
	}
	sign := int64(1)
	if v[0] == '-' {
		sign, v = -1, v[1:]
	}
	euros, cents := v, "00"
	if at := strings.LastIndexAny(v, ".,"); at >= 0 && len(v)-at-1 <= 2 {
		euros, cents = v[:at], (v[at+1:] + "0")[:2]
	}
	euros = strings.NewReplacer(".", "", ",", "").Replace(euros)
	n, err := strconv.ParseInt(euros+cents, 10, 64)
	return sign * n, err == nil
}

// Counted is the counted amount of a line (rules 12): toegekend where that cell is filled, else the amount; a credit
// negative. ok is false for kinds without money and for amounts that cannot be read.
func (w *World) Counted(l *Line) (ct int64, ok bool) {
	c := w.Config.Contracts[l.Kind]
	if c.Money == nil {
		return 0, false
	}
	name := c.Money.Amount
	if c.Money.Override != "" && l.Get(c.Money.Override) != "" {
		name = c.Money.Override
	}
	if ct, ok = Cents(c.Column(name), l.Get(name)); c.Money.Sign == "" {
		return ct, ok
	}
	switch sign := l.Get(c.Money.Sign); {
	case ct < 0: // where there is a sign, amounts themselves have none
		return 0, false
	case sign == "C":
		return -ct, ok
	case sign != "D": // without knowing the sign the amount cannot be read
		return 0, false
	}
	return ct, ok
}

// Ct is the counted amount of an accepted line.
func (w *World) Ct(l *Line) int64 {
	ct, ok := w.Counted(l)
	if !ok {
		panic(fmt.Sprintf("reference: %s was accepted without an amount", l.Place()))
	}
	return ct
}

// Whole is a whole number in a cell; ok is false for an empty one.
func (l *Line) Whole(column string) (n int64, ok bool) {
	n, err := strconv.ParseInt(l.Get(column), 10, 64)
	return n, err == nil
}
