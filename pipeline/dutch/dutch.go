// Package dutch says in Dutch what an error of a command says in English. Errors are made where they are found, in one language; whoever runs
// stapel reads them in another. A text is found by its format, so that nothing that makes an error has to know of this.
package dutch

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// entry is a text of the catalogue, as what is made of its format.
type entry struct {
	english *regexp.Regexp
	dutch   []string // around the values
	weight  int      // letters that are no values
}

var verb = regexp.MustCompile(`%(?:\[\d+\])?[sdvqX]`)

// entries are those of the catalogue, the most telling first.
var entries = sync.OnceValue(func() []entry {
	var out []entry
	for format, text := range catalogue {
		pattern, at, weight := "^", 0, 0
		for _, v := range verb.FindAllStringIndex(format, -1) {
			pattern += regexp.QuoteMeta(format[at:v[0]])
			weight += v[0] - at
			at = v[1]
			if format[at-1] == 'd' {
				pattern += `(-?\d+)`
			} else {
				pattern += `(.*?)`
			}
		}
		weight += len(format) - at
		out = append(out, entry{regexp.MustCompile("(?s)" + pattern + regexp.QuoteMeta(format[at:]) + "$"), verb.Split(text, -1), weight})
	}
	slices.SortFunc(out, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.english.String(), b.english.String()))
	})
	return out
})

// Say is the Dutch for an English text; false when there is none, or not for a text within it: a message is in one language.
func Say(english string) (string, bool) {
	for _, e := range entries() {
		m := e.english.FindStringSubmatch(english)
		if m == nil {
			continue
		}
		var b strings.Builder
		whole := true
		for i, part := range e.dutch {
			b.WriteString(part)
			if i+1 < len(m) && i+1 < len(e.dutch) {
				value, ok := Say(m[i+1])
				if !ok {
					value, ok = m[i+1], !inEnglish.MatchString(m[i+1])
				}
				whole = whole && ok
				b.WriteString(value)
			}
		}
		if whole {
			return b.String(), true
		}
	}
	return "", false
}

// inEnglish is a value that is a sentence of its own, by words that no name, number or list has.
var inEnglish = regexp.MustCompile(`(?i)\b(the|it|to|and|not|with|are|from|this|that|which|a)\b`)
