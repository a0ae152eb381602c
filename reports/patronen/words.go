package patronen

import (
	"strings"

	"stapel/reports"
	"stapel/reports/html"
	"stapel/reports/nl"
)

// The features of mart cocktail_groep.
const (
	featureType     = "huishoudtype"
	featureGemeente = "gemeente"
	featureWijk     = "wijk"
)

// Words are what people call the codes of a column of one of the marts; nil where it holds none, or those that any mart has.
func Words(run reports.Run, name, column string) func(string) string {
	switch name + "." + column {
	case "patroon.combinatie", "overgang.van_ingredient", "overgang.naar_ingredient", "pad_stap.van_ingredient":
		return nl.Together
	case "pad_stap.naar_ingredient":
		return func(code string) string {
			if code == whole {
				return nl.Word("pad", code)
			}
			return nl.Together(code)
		}
	case "patroon.cocktail_id":
		return func(ids string) string { return cocktails(run, ids) }
	case "pad.pad", "pad_stap.pad":
		return way
	case "cocktail_groep.groep":
		return func(code string) string { return groupName(run, feature(code), code) }
	case "fraudefuik.groep":
		return func(code string) string { return claimGroup(run, code) }
	case "hindernis.hindernis", "hindernis.partij":
		return func(code string) string { return nl.Word(column, code) }
	}
	return nil
}

// feature is what a group of cocktail_groep is one of, by the form of its code.
func feature(code string) string {
	switch {
	case strings.HasPrefix(code, "GM"):
		return featureGemeente
	case strings.HasPrefix(code, "WK"):
		return featureWijk
	case code == every:
		return every
	default:
		return featureType
	}
}

// groupName is what people call a group of a feature.
func groupName(run reports.Run, feature, code string) string {
	switch {
	case code == "":
		return "niet geleverd"
	case feature == every:
		return nl.Word("groep", code)
	case feature == featureGemeente:
		return run.Namen.Gemeente(code)
	case feature == featureWijk:
		return run.Namen.Wijk(code)
	default:
		return nl.Word("typhh", code)
	}
}

func claimGroup(run reports.Run, code string) string {
	if code == every || code == none {
		return nl.Word("groep", code)
	}
	return run.Cocktail(code)
}

// cocktails are the names of a list of ids.
func cocktails(run reports.Run, ids string) string {
	if ids == "" {
		return ""
	}
	parts := strings.Split(ids, "|")
	for i, id := range parts {
		parts[i] = run.Cocktail(id)
	}
	return strings.Join(parts, "; ")
}

// way is a path in words.
func way(pad string) string {
	if pad == alreadyIn || pad == unknown {
		return nl.Word("pad", pad)
	}
	parts := strings.Split(pad, ">")
	for i, list := range parts {
		parts[i] = nl.Together(list)
	}
	return strings.Join(append(parts, nl.Word("pad", whole)), " → ")
}

// days are a number of days in a table; a dash where there is none.
func days(x *float64) any {
	if x == nil {
		return html.Dash
	}
	return nl.Number(*x, 0)
}

// decimal is a figure with one decimal; a dash where there is none.
func decimal(x *float64) any {
	if x == nil {
		return html.Dash
	}
	return nl.Number(*x, 1)
}

// stacked is a figure with its interval below it.
func stacked(format func(float64) string, x, low, high *float64) any {
	if x == nil || low == nil || high == nil {
		return html.Dash
	}
	return html.Over(format(*x), format(*low)+" – "+format(*high))
}

// span is a figure with its interval in a line: 36 (28 – 92).
func span(format func(float64) string, x, low, high *float64) string {
	if x == nil {
		return html.Dash
	}
	text := format(*x)
	if low != nil && high != nil {
		text += " (" + format(*low) + " – " + format(*high) + ")"
	}
	return text
}

// chance is a chance in a table: three decimals, and what is smaller says so.
func chance(x *float64) string {
	switch {
	case x == nil:
		return html.Dash
	case *x < 0.001:
		return "< 0,001"
	default:
		return nl.Number(*x, 3)
	}
}
