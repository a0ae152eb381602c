package analist

import (
	"slices"
	"time"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// strip is the coverage of a kind for gemeenten that agree in every month.
type strip struct {
	Kind      string
	Gemeenten []string
	All       bool      // all gemeenten of the kind
	Start     time.Time // first of Months
	Months    []draw.Cover
	Newest    *mart.Date // newest line of any of the gemeenten
}

// Covered counts the covered months of the last n of the windows.
func (s strip) Covered(n int) int { return s.count(n, draw.CoverYes) }

// Unknown counts the months in the windows of which nothing is known.
func (s strip) Unknown() int { return s.count(len(s.Months), draw.CoverUnknown, draw.CoverAbsent) }

// Gone counts the months after the gemeenten were abolished: nobody is missing there.
func (s strip) Gone() int { return s.count(len(s.Months), draw.CoverGone) }

// count counts the months of some kinds among the last n of the windows.
func (s strip) count(n int, kinds ...draw.Cover) int {
	k := 0
	for _, c := range s.Months[len(s.Months)-n:] {
		if slices.Contains(kinds, c) {
			k++
		}
	}
	return k
}

// First is the first covered month of the windows, empty when none is.
func (s strip) First() string {
	for i, c := range s.Months {
		if c == draw.CoverYes {
			return s.month(i)
		}
	}
	return ""
}

// Last is the last covered month of the windows, empty when none is.
func (s strip) Last() string {
	for i, c := range slices.Backward(s.Months) {
		if c == draw.CoverYes {
			return s.month(i)
		}
	}
	return ""
}

func (s strip) month(i int) string { return nl.Month(s.Start.AddDate(0, i, 0)) }

// pageGaps is how many gaps of a strip are named.
const pageGaps = 6

// Gap says in words which months of the windows are not covered; empty when all are. Months of which nothing is known are
// told apart, for they are no more a gap than they are cover.
func (s strip) Gap() string {
	switch {
	case s.Gone() == len(s.Months):
		return "opgeheven"
	case s.Unknown() == len(s.Months):
		return "onbekend"
	case s.First() == "" && s.Unknown() == 0:
		return "nooit gedekt"
	}
	var gaps []string
	for i := 0; i < len(s.Months); {
		end := i + 1
		for end < len(s.Months) && s.Months[end] == s.Months[i] {
			end++
		}
		if s.Months[i] != draw.CoverYes && s.Months[i] != draw.CoverGone {
			text := s.month(i)
			if end-i > 1 {
				text += " t/m " + s.month(end-1)
			}
			if s.Months[i] != draw.CoverNo {
				text += " (onbekend)"
			}
			gaps = append(gaps, text)
		}
		i = end
	}
	if len(gaps) == 0 {
		return ""
	}
	if more := len(gaps) - pageGaps; more > 0 {
		gaps = append(gaps[:pageGaps], nl.Count(int64(more), "ander gat", "andere gaten"))
	}
	return "niet gedekt in " + nl.List(gaps)
}

// groupCoverage lays the months of each kind and gemeente side by side and joins gemeenten that agree.
func (s *supply) groupCoverage(w reports.Windows) {
	type key struct{ kind, gemeente string }
	cover := map[key][]draw.Cover{}
	newest := map[key]*mart.Date{}
	perKind := map[string][]string{}
	for _, d := range s.Coverage {
		k := key{d.Kind, d.Gemeente}
		if cover[k] == nil {
			cover[k] = make([]draw.Cover, reports.Months)
			perKind[d.Kind] = append(perKind[d.Kind], d.Gemeente)
		}
		if d.NieuwsteRegel != nil && (newest[k] == nil || *newest[k] < *d.NieuwsteRegel) {
			newest[k] = d.NieuwsteRegel
		}
		if m := w.MonthIndex(d.Maand.Time()); m >= 0 && m < reports.Months {
			cover[k][m] = coverOf(d.Gedekt)
		}
	}
	kinds := make([]string, 0, len(perKind))
	for kind := range perKind {
		kinds = append(kinds, kind)
	}
	slices.SortFunc(kinds, reports.ByKind)
	for _, kind := range kinds {
		slices.Sort(perKind[kind])
		first := len(s.Strips)
		for _, gemeente := range perKind[kind] {
			k := key{kind, gemeente}
			i := slices.IndexFunc(s.Strips[first:], func(t strip) bool { return slices.Equal(t.Months, cover[k]) })
			if i < 0 {
				s.Strips = append(s.Strips, strip{Kind: kind, Start: w.T2, Months: cover[k]})
				i = len(s.Strips) - 1 - first
			}
			t := &s.Strips[first+i]
			t.Gemeenten = append(t.Gemeenten, gemeente)
			t.All = len(t.Gemeenten) == len(perKind[kind])
			if n := newest[k]; n != nil && (t.Newest == nil || *t.Newest < *n) {
				t.Newest = n
			}
		}
	}
}

func coverOf(gedekt string) draw.Cover {
	switch gedekt {
	case "ja":
		return draw.CoverYes
	case "nee":
		return draw.CoverNo
	case "opgeheven":
		return draw.CoverGone
	default:
		return draw.CoverUnknown
	}
}

// Gaps are the kinds that do not cover all of the last n months everywhere, of those named, or of all when none is.
func (s supply) Gaps(n int, kinds []string) []string {
	var out []string
	full := map[string]bool{}
	for _, t := range s.Strips {
		if _, ok := full[t.Kind]; !ok {
			full[t.Kind] = true
		}
		full[t.Kind] = full[t.Kind] && t.count(n, draw.CoverYes, draw.CoverGone) == n
	}
	if len(kinds) == 0 {
		for _, t := range s.Strips {
			if !slices.Contains(kinds, t.Kind) {
				kinds = append(kinds, t.Kind)
			}
		}
	}
	for _, kind := range kinds {
		if !full[kind] {
			out = append(out, kind)
		}
	}
	return out
}

// kindGaps are the gaps of a kind: per group of gemeenten what is not covered.
type kindGaps struct {
	Kind  string
	Parts []strip // those with a gap
}

// GapList names the gaps in the coverage per kind; Unknown are the kinds of which no delivery says what it covers.
func (s supply) GapList() (out struct {
	Kinds   []kindGaps
	Unknown []string
}) {
	for _, t := range s.Strips {
		switch {
		case t.Gap() == "" || t.Gone() == len(t.Months):
		case t.All && t.Unknown() == len(t.Months):
			out.Unknown = append(out.Unknown, nl.Word("kind", t.Kind))
		default:
			if n := len(out.Kinds); n == 0 || out.Kinds[n-1].Kind != t.Kind {
				out.Kinds = append(out.Kinds, kindGaps{Kind: t.Kind})
			}
			last := &out.Kinds[len(out.Kinds)-1]
			last.Parts = append(last.Parts, t)
		}
	}
	return out
}
