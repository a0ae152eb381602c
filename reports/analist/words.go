package analist

import (
	"stapel/reports/nl"
)

// Jaar is what people call the n-th year of the run, the last one first.
func (p *page) Jaar(n int) string { return p.W.Names()[n] }

// Kolom0, Kolom1 and Kolom2 head a column about a year of the run.
func (p *page) Kolom0() string { return p.kolom(0) }

// Kolom1 heads a column about the year before.
func (p *page) Kolom1() string { return p.kolom(1) }

// Kolom2 heads a column about the year before that.
func (p *page) Kolom2() string { return p.kolom(2) }

func (p *page) kolom(n int) string { return p.W.Heads()[n] }

// Gemeente is the name of a gemeente.
func (p *page) Gemeente(code string) string { return p.Run.Namen.Gemeente(code) }

// Where names gemeenten of a strip.
func (p *page) Where(s strip) string { return nl.List(p.Named(s)) }

// Named are the gemeenten of a strip for a sentence, where all of them need no names.
func (p *page) Named(s strip) []string {
	if s.All && len(s.Gemeenten) > 1 {
		return []string{"alle gemeenten"}
	}
	return p.names(s.Gemeenten)
}

// names are those of gemeenten.
func (p *page) names(codes []string) []string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = p.Gemeente(code)
	}
	return names
}
