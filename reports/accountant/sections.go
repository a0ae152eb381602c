package accountant

import (
	"stapel/reports/draw"
)

// section is a chapter of the page.
type section struct {
	ID, Title string
	Parts     []part
}

// part is a piece of a chapter: one of its fields is set.
type part struct {
	Head     string
	Text     string
	List     []string
	Facts    [][2]string
	Commands [][2]string // what is typed, and what it does
	Figure   *draw.Figure
	Grid     *grid
}

func (s *section) head(text string)           { s.Parts = append(s.Parts, part{Head: text}) }
func (s *section) text(text string)           { s.Parts = append(s.Parts, part{Text: text}) }
func (s *section) list(items ...string)       { s.Parts = append(s.Parts, part{List: items}) }
func (s *section) facts(facts ...[2]string)   { s.Parts = append(s.Parts, part{Facts: facts}) }
func (s *section) commands(list ...[2]string) { s.Parts = append(s.Parts, part{Commands: list}) }

// figure adds a drawing, if there is one.
func (s *section) figure(f draw.Figure) {
	if f.ID != "" {
		s.Parts = append(s.Parts, part{Figure: &f})
	}
}

// grid adds tables, those that there are.
func (s *section) grid(list ...*grid) {
	for _, g := range list {
		if g != nil {
			s.Parts = append(s.Parts, part{Grid: g})
		}
	}
}

// sections are the chapters, in order.
func (p *page) sections() []section {
	return []section{p.scope(), p.ledgerSection(), p.controlSection(), p.leftOutSection(), p.sources(), p.findings(), p.effects(), p.parameters(), p.disclosed(), p.untested(), p.again(), p.law()}
}
