package config

import "strings"

// Nearest is the word of a list that a misspelt one is most like, "" when none is like it: at most a third of it, and at least two signs, would
// have to change. Case counts for nothing.
func Nearest(word string, among []string) string {
	word = strings.ToLower(word)
	best, least := "", max(2, len(word)/3)+1
	for _, w := range among {
		if d := distance(word, strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// distance is how many signs have to be put in, left out, replaced, or swapped with the next, to get from a to b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before, last []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		before, last, row = last, row, make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			other := 1
			if x[i] == y[j] {
				other = 0
			}
			row[j+1] = min(last[j]+other, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(y)]
}
