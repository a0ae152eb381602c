package naslag

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
	pseudoniemVorm = regexp.MustCompile(`^[A-Za-z0-9]{1,16}_[A-Za-z0-9]{32,}$`)
	gemeenteVorm   = regexp.MustCompile(`^(GM)?[0-9]{4}$`)
	geheelVorm     = regexp.MustCompile(`^-?[0-9]{1,18}$`)
	jaarVorm       = regexp.MustCompile(`^[0-9]{4}$`)
	// rules 5: a decimal sign with one or two digits; before it no separators, or the other sign between groups of three
	euroVormen = []*regexp.Regexp{
		regexp.MustCompile(`^-?[0-9]+([.,][0-9]{1,2})?$`),
		regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]{1,2}$`),
		regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,2}$`),
		regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{3}){2,}$`),
		regexp.MustCompile(`^-?[0-9]{1,3}(,[0-9]{3}){2,}$`),
	}
)

// lees reads a cell by its contract and gives it in one spelling; ok is false when the line belongs in quarantine for it.
func lees(k *config.Column, v string) (string, bool) {
	if v == "" || slices.Contains(k.Unknown, v) {
		return "", !k.Required || k.EmptyOK
	}
	switch k.Type {
	case config.TypePersoon, config.TypeHuishouden:
		return strings.ToLower(v), pseudoniemVorm.MatchString(v)
	case config.TypeGemeente:
		return "GM" + strings.TrimPrefix(v, "GM"), gemeenteVorm.MatchString(v) && !strings.HasSuffix(v, "0000")
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
		return leesDatum(k, v)
	case config.TypeMaand:
		for _, vorm := range []string{"2006-01", "200601"} {
			if t, err := time.Parse(vorm, v); err == nil && (vorm == "2006-01" || slices.Contains(k.Formats, "JJJJMM")) {
				return t.Format(time.DateOnly), true
			}
		}
		return v, false
	case config.TypeJaar:
		return v, jaarVorm.MatchString(v) && binnen(k, v)
	case config.TypeGeheel:
		return v, geheelVorm.MatchString(v) && binnen(k, v) && !(k.NonNegative && v[0] == '-')
	case config.TypeCt:
		return v, geheelVorm.MatchString(v) && !(k.NonNegative && v[0] == '-')
	case config.TypeEur:
		return v, slices.ContainsFunc(euroVormen, func(re *regexp.Regexp) bool { return re.MatchString(v) })
	case config.TypeID:
		return v, k.Regexp() == nil || k.Regexp().MatchString(v)
	}
	return v, true
}

func binnen(k *config.Column, v string) bool {
	n, err := strconv.ParseInt(v, 10, 64)
	return err == nil && (k.Min == nil || n >= *k.Min) && (k.Max == nil || n <= *k.Max)
}

func leesDatum(k *config.Column, v string) (string, bool) {
	for _, vorm := range [][2]string{{"", "2006-01-02"}, {"DD-MM-JJJJ", "02-01-2006"}, {"JJJJMMDD", "20060102"}} {
		if vorm[0] != "" && !slices.Contains(k.Formats, vorm[0]) {
			continue
		}
		if t, err := time.Parse(vorm[1], v); err == nil {
			d := t.Format(time.DateOnly)
			if slices.Contains(config.DefaultCeilingDates, d) { // no built-in contract names other ones (rules 65)
				return "", k.OpenEnd
			}
			return d, d >= "1900-01-01" && d < "2200-01-01"
		}
		if d, ok := onvolledig(k, vorm[1], v); ok {
			return d, true
		}
	}
	return v, false
}

// onvolledig reads a date without a day, or without a month and a day, as the first or last day that it can be.
func onvolledig(k *config.Column, vorm, v string) (string, bool) {
	jaar, maand, dag := strings.Index(vorm, "2006"), strings.Index(vorm, "01"), strings.Index(vorm, "02")
	if k.Incomplete == config.IncompleteNo || len(v) != len(vorm) || v[dag:dag+2] != "00" {
		return "", false
	}
	eerste, maanden := []byte(v), 1
	copy(eerste[dag:], "01")
	if v[maand:maand+2] == "00" {
		copy(eerste[maand:], "01")
		maanden = 12
	}
	t, err := time.Parse(vorm, string(eerste))
	if err != nil || v[jaar:jaar+4] < "1900" || v[jaar:jaar+4] >= "2200" {
		return "", false
	}
	if k.Incomplete == config.IncompleteLast {
		t = t.AddDate(0, maanden, -1)
	}
	return t.Format(time.DateOnly), true
}

// volgordeKlopt is whether no last day lies before its first.
func volgordeKlopt(c *config.Contract, r *regel) bool {
	paren := [][2]string{}
	for _, o := range c.Orders {
		paren = append(paren, [2]string{o.A, o.B})
	}
	if c.Period != nil && c.Period.End != "" {
		paren = append(paren, [2]string{c.Period.Column, c.Period.End})
	}
	for _, p := range paren {
		if a, b := r.cel[p[0]], r.cel[p[1]]; a != "" && b != "" && a > b {
			return false
		}
	}
	return true
}

// cent reads an amount in eurocents from a column that holds cents or euros.
func cent(k *config.Column, v string) (int64, bool) {
	if k.Type == config.TypeCt {
		n, err := strconv.ParseInt(v, 10, 64)
		return n, err == nil
	}
	if !slices.ContainsFunc(euroVormen, func(re *regexp.Regexp) bool { return re.MatchString(v) }) {
		return 0, false
	}
	min := int64(1)
	if v[0] == '-' {
		min, v = -1, v[1:]
	}
	euro, cents := v, "00"
	if at := strings.LastIndexAny(v, ".,"); at >= 0 && len(v)-at-1 <= 2 {
		euro, cents = v[:at], (v[at+1:] + "0")[:2]
	}
	euro = strings.NewReplacer(".", "", ",", "").Replace(euro)
	n, err := strconv.ParseInt(euro+cents, 10, 64)
	return min * n, err == nil
}

// geteld is the counted amount of a line (rules 12): toegekend where that cell is filled, else the amount; a credit
// negative. ok is false for kinds without money and for amounts that cannot be read.
func (w *Wereld) geteld(r *regel) (ct int64, ok bool) {
	c := w.cfg.Contracts[r.soort]
	if c.Money == nil {
		return 0, false
	}
	naam := c.Money.Amount
	if c.Money.Override != "" && r.cel[c.Money.Override] != "" {
		naam = c.Money.Override
	}
	if ct, ok = cent(c.Column(naam), r.cel[naam]); c.Money.Sign == "" {
		return ct, ok
	}
	switch teken := r.cel[c.Money.Sign]; {
	case ct < 0: // where there is a sign, amounts themselves have none
		return 0, false
	case teken == "C":
		return -ct, ok
	case teken != "D": // without knowing the sign the amount cannot be read
		return 0, false
	}
	return ct, ok
}

// ct is the counted amount of an accepted line.
func (w *Wereld) ct(r *regel) int64 {
	ct, ok := w.geteld(r)
	if !ok {
		panic(fmt.Sprintf("naslag: %s line %d was accepted without an amount", r.levering.naam, r.nr))
	}
	return ct
}
