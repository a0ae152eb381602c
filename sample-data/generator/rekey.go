package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// rekeying puts the persons of some kinds under another key with the same label, as when a supplier used the wrong one. Their
// lines begin with the person.
type rekeying struct {
	kinds    []int
	gemeente string  // only its lines, for kinds whose second column it is
	half     bool    // only every second person
	least    float64 // min_link_share of the kinds

	seen map[[2]string]*linked // persons of a kind, and of a kind and gemeente
}

// linked counts the persons of a feed.
type linked struct {
	all, found map[string]bool
}

const pseudonymLength = 35

// start forgets what was counted.
func (r *rekeying) start() *rekeying {
	c := *r
	c.seen = map[[2]string]*linked{}
	return &c
}

// apply changes the lines of a block of a kind in place.
func (r *rekeying) apply(kind string, data []byte) {
	for from := 0; from < len(data); {
		to := from
		for data[to] != '\n' {
			to++
		}
		ps := data[from : from+pseudonymLength]
		gemeente := ""
		if r.gemeente != "" {
			gemeente = string(data[from+pseudonymLength+1 : from+pseudonymLength+5])
		}
		change := (r.gemeente == "" || gemeente == r.gemeente) && !(r.half && ps[3] < '8')
		for _, at := range [][2]string{{kind, "alle"}, {kind, gemeente}} {
			if at[1] == "" || at[1] != "alle" && at[1] != r.gemeente {
				continue
			}
			l := r.seen[at]
			if l == nil {
				l = &linked{map[string]bool{}, map[string]bool{}}
				r.seen[at] = l
			}
			// under two keys one is two persons
			l.all[string(ps)+strconv.FormatBool(change)] = true
			if !change {
				l.found[string(ps)] = true
			}
		}
		if change {
			sum := sha256.Sum256(append([]byte("andere sleutel\n"), ps...))
			hex.Encode(ps[3:], sum[:16])
		}
		from = to + 1
	}
}

// judged is what a run must say of the link share (rules 63).
func (l *linked) judged(least float64) string {
	switch n, found := len(l.all), len(l.found); {
	case found == 0:
		return "geen"
	case n < 20:
		return "niet_beoordeeld"
	case float64(found) < least*float64(n):
		return "te_laag"
	}
	return "ja"
}

// stops reports whether nothing may be published: nobody of a feed of twenty persons or more is known.
func (r *rekeying) stops() bool {
	for _, l := range r.seen {
		if len(l.all) >= 20 && len(l.found) == 0 {
			return true
		}
	}
	return false
}

// writeLinks writes truth/koppeling.csv: of every kind under another key how many of its persons have a stay. Counted are the
// persons of the good files, so the bad files of --hostile come on top. In a set of more than three years a run counts fewer: those
// with a line in the last three.
func writeLinks(dir string, list []*rekeying) error {
	rows := [][]string{{"kind", "gemeentecode", "personen", "gekoppeld", "oordeel"}}
	for _, r := range list {
		for _, k := range r.kinds {
			for _, g := range []string{"alle", r.gemeente} {
				if l := r.seen[[2]string{kinds[k].name, g}]; l != nil {
					rows = append(rows, []string{kinds[k].name, g, strconv.Itoa(len(l.all)), strconv.Itoa(len(l.found)), l.judged(r.least)})
				}
			}
		}
	}
	return writeTruth(dir, "koppeling", rows)
}
