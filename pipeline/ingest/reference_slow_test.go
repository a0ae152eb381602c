package ingest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"stapel/config"
)

// The slow obvious reference: encoding/csv, a regular expression per type, and nothing remembered. It knows the contract's
// rules for a line, not how a file is cut up.

var pseudonymRE = regexp.MustCompile(`^[a-z0-9]{1,16}_[0-9a-z]{32,}$`)

func slowKey(domain, ps string) int64 {
	mac := hmac.New(sha256.New, []byte("0123456789abcdef0123456789abcdef"))
	mac.Write([]byte(domain + "\n" + strings.ToLower(ps)))
	return int64(binary.BigEndian.Uint64(mac.Sum(nil)) >> 1)
}

func slowDate(s string, formats []string) (int32, bool) {
	for _, f := range append([]string{"JJJJ-MM-DD"}, formats...) {
		layout := map[string]string{"JJJJ-MM-DD": "2006-01-02", "DD-MM-JJJJ": "02-01-2006", "JJJJMMDD": "20060102", "JJJJ-MM": "2006-01", "JJJJMM": "200601"}[f]
		if t, err := time.Parse(layout, s); err == nil && len(s) == len(layout) && t.Year() >= 1800 {
			return int32(t.Unix() / 86400), true
		}
	}
	return 0, false
}

// slowPartial reads a date without a day or month as the first or last day it can be, by trying all of them.
func slowPartial(s string, col config.Column) (found int32, ok bool) {
	if col.Incomplete == "" {
		return 0, false
	}
	for _, f := range append([]string{"JJJJ-MM-DD"}, col.Formats...) {
		year, month, day := strings.Index(f, "JJJJ"), strings.Index(f, "MM"), strings.Index(f, "DD")
		if len(s) != len(f) || s[day:day+2] != "00" {
			continue
		}
		for m := 1; m <= 12; m++ {
			for d := 1; d <= 31; d++ {
				b := []byte(s)
				copy(b[day:], fmt.Sprintf("%02d", d))
				if s[month:month+2] == "00" {
					copy(b[month:], fmt.Sprintf("%02d", m))
				}
				if v, is := slowDate(string(b), []string{f}); is && s[year] != '0' && (!ok || col.Incomplete == config.IncompleteLast) {
					found, ok = v, true
				}
			}
		}
	}
	return found, ok
}

// slowDay is what the days are that a cell may hold.
func slowDay(d int32, open bool) (any, string) {
	switch s := Day(d).String(); {
	case slices.Contains(config.DefaultCeilingDates, s) && open:
		return nil, ""
	case slices.Contains(config.DefaultCeilingDates, s):
		return nil, "plafonddatum"
	case s < "1900" || s >= "2200":
		return nil, "datum_buiten_grens"
	}
	return d, ""
}

// slowCell returns the value of a cell (nil when empty) and the regel_code of what is wrong with it.
func slowCell(col config.Column, s string) (v any, flaw string) {
	if trimmed := strings.Trim(s, " \t"); col.Type != config.TypeTekst || trimmed == "" {
		s = trimmed
	}
	if s == "" || slices.Contains(col.Unknown, s) {
		if col.Required && !col.EmptyOK {
			return nil, "leeg_verplicht"
		}
		return nil, ""
	}
	if col.Type == config.TypeID {
		switch {
		case col.Pattern != "" && !regexp.MustCompile("^(?:"+col.Pattern+")$").MatchString(s):
		case strings.ContainsFunc(s, unicode.IsControl), strings.ContainsRune(s, '\u200b'), strings.ContainsRune(s, '\u00a0'):
			return nil, "teken_onzichtbaar"
		}
	}
	if col.Type != config.TypeTekst && slices.Contains(strings.Fields("null na n/a nan nat none <na> nil - (null) \\n #n/a #n/b nvt n.v.t."), strings.ToLower(s)) {
		return nil, "leeg_als_woord"
	}
	code := func(s string) (string, bool) {
		for _, c := range col.Codes {
			if c.Code == s || slices.Contains(c.Synonyms, s) {
				return c.Code, true
			}
		}
		return "", false
	}
	bounds := func(v int64) (any, string) {
		switch {
		case col.Name == "bedrag_ct" && v < 0, col.Name == "toegekend_eur" && v < 0:
			return nil, "bedrag_negatief"
		case col.Min != nil && v < *col.Min, col.Max != nil && v > *col.Max:
			return nil, "getal_buiten_grens"
		case col.Step != nil && v%*col.Step != 0:
			return nil, "getal_stap"
		}
		return v, ""
	}
	switch col.Type {
	case config.TypePersoon, config.TypeHuishouden:
		if !pseudonymRE.MatchString(strings.ToLower(s)) {
			return nil, "pseudoniem_vorm"
		}
		return slowKey(string(col.Type), s), ""
	case config.TypeGemeente:
		if !regexp.MustCompile(`^(GM)?[0-9]{4}$`).MatchString(s) {
			return nil, "gemeentecode_ongeldig"
		}
		return "GM" + strings.TrimPrefix(s, "GM"), ""
	case config.TypeCode:
		c, ok := code(s)
		if !ok {
			return nil, "code_onbekend"
		}
		return c, ""
	case config.TypeLijst:
		var out []string
		for _, item := range strings.Split(s, "|") {
			c, ok := code(strings.Trim(item, " \t"))
			if !ok {
				return nil, "code_onbekend"
			}
			out = append(out, c)
		}
		return strings.Join(out, "|"), ""
	case config.TypeID:
		if col.Pattern != "" && !regexp.MustCompile("^(?:"+col.Pattern+")$").MatchString(s) {
			return nil, "vorm_ongeldig"
		}
		return s, ""
	case config.TypeGeheel, config.TypeCt:
		v, err := strconv.ParseInt(s, 10, 64)
		if err != nil || s[0] == '+' || len(strings.TrimPrefix(s, "-")) > 18 {
			return nil, map[config.ColumnType]string{config.TypeGeheel: "getal_ongeldig", config.TypeCt: "bedrag_ongeldig"}[col.Type]
		}
		if col.Type == config.TypeCt && (v > maxCents || v < -maxCents) {
			return nil, "bedrag_te_groot"
		}
		return bounds(v)
	case config.TypeJaar:
		if !regexp.MustCompile(`^[0-9]{4}$`).MatchString(s) {
			return nil, "jaar_ongeldig"
		}
		v, _ := strconv.ParseInt(s, 10, 64)
		return bounds(v)
	case config.TypeDecimaal:
		if !regexp.MustCompile(`^-?[0-9]{1,15}([.,][0-9]{1,3})?$`).MatchString(s) {
			return nil, "getal_ongeldig"
		}
		whole, frac, _ := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
		v, _ := strconv.ParseInt(whole+(frac + "000")[:3], 10, 64)
		return bounds(v)
	case config.TypeEur:
		v, flaw := slowEuros(s)
		if flaw != 0 {
			return nil, faultTexts[flaw].code
		}
		return bounds(v)
	case config.TypeDatum:
		d, ok := slowDate(s, col.Formats)
		if !ok {
			d, ok = slowPartial(s, col)
		}
		if !ok && strings.HasPrefix(s, "17") {
			return nil, "datum_buiten_grens"
		}
		if !ok {
			return nil, "datum_ongeldig"
		}
		return slowDay(d, col.OpenEnd)
	case config.TypeMaand:
		d, ok := slowDate(s, append([]string{"JJJJ-MM"}, col.Formats...))
		if !ok || len(s) > 7 {
			return nil, "maand_ongeldig"
		}
		return slowDay(d, false)
	case config.TypeTijd:
		for _, layout := range []string{"15:04", "15:04:05"} {
			if t, err := time.Parse(layout, s); err == nil && len(s) == len(layout) {
				return t.Format("15:04:05"), ""
			}
		}
		return nil, "tijd_ongeldig"
	case config.TypeVlag:
		c, ok := code(s)
		if !ok {
			return nil, "vlag_ongeldig"
		}
		return c == "ja", ""
	}
	return s, ""
}

// slowLine returns the lake row of a record of the test contract, or what is wrong with it as kolom:regel_code.
func slowLine(c *config.Contract, header, record []string) (row map[string]any, flaws []string) {
	row = map[string]any{}
	for i, name := range header {
		col := *c.Column(name)
		v, flaw := slowCell(col, record[i])
		if flaw != "" {
			flaws = append(flaws, name+":"+flaw)
		}
		if v != nil {
			row[col.StoredName()] = v
		}
	}
	if b, ok := row["begin"]; ok {
		row["tijd_van"] = b
		if e, ok := row["eind"]; ok {
			row["tijd_tot"] = e.(int32) + 1
			if e.(int32) < b.(int32) {
				flaws = append(flaws, "eind:einde_voor_begin")
			}
		}
	}
	cents, filled := row["bedrag_ct"]
	if o, ok := row["toegekend_ct"]; ok {
		cents, filled = o, true
	}
	if filled {
		if row["dc"] == "C" {
			cents = -cents.(int64)
		}
		row["geteld_ct"] = cents
	}
	if row["typhh"] == "8" {
		row["alleen_key"] = slowKey("alleen", strings.Trim(record[slices.Index(header, "persoon_ps")], " \t"))
	}
	return row, flaws
}
