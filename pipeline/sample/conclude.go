package sample

import (
	"fmt"
	"io"

	"stapel/pipeline/mus"
	"stapel/reports/nl"
)

func euro(ct int64) string { return nl.Plain(nl.Euro(ct)) }

func counted(n int, one, more string) string { return nl.Plain(nl.Count(int64(n), one, more)) }

// sideWords and directionWords are a side and a direction in a sentence.
var (
	sideWords      = map[mus.Side]string{mus.Debit: "de debetregels", mus.Credit: "de creditregels"}
	directionWords = map[mus.Direction]string{mus.Over: "te hoog", mus.Under: "te laag"}
)

// conclude says in sentences what may be said.
func (e *Evaluated) conclude() (out []string) {
	sure := nl.PercentShort(e.Plan.Confidence)
	tolerable := euro(e.Plan.Tolerable)
	for _, s := range e.Sides {
		if s.Part.Interval == 0 {
			for _, l := range s.Limits {
				out = append(out, fmt.Sprintf("Van %s (%s) is elke regel gecontroleerd: zij zijn %s %s. %s", sideWords[s.Part.Side], euro(s.Part.Book),
					euro(l.Upper), directionWords[l.Direction], against(l, tolerable, e.Plan.Tolerable)))
			}
			continue
		}
		for _, l := range s.Limits {
			out = append(out, fmt.Sprintf("Met %s zekerheid zijn %s (%s) hoogstens %s %s; het meest waarschijnlijk is %s. %s", sure,
				sideWords[s.Part.Side], euro(s.Part.Book), euro(l.Upper), directionWords[l.Direction], euro(l.Likely), against(l, tolerable, e.Plan.Tolerable)))
			if l.Above > 0 {
				out = append(out, fmt.Sprintf("Bij %s is de fout groter dan de boekwaarde zelf. Daarvoor geldt deze bovengrens niet: er kan meer fout zijn.",
					counted(l.Above, "treffer", "treffers")))
			}
		}
	}
	if z := e.Zero; z != nil {
		switch {
		case z.Part.Hits == z.Part.Lines:
			out = append(out, fmt.Sprintf("Alle regels zonder bedrag (%d) zijn gecontroleerd: bij %d hoort er een bedrag te staan.", z.Part.Lines, z.Found))
		default:
			out = append(out, fmt.Sprintf("Van de %s zonder bedrag zijn er %d gecontroleerd; bij %d hoort er een bedrag te staan. "+
				"Met %s zekerheid is dat bij hoogstens %s het geval.", counted(z.Part.Lines, "regel", "regels"), z.Part.Hits, z.Found, sure, counted(z.Lines, "regel", "regels")))
		}
		if z.Found > 0 {
			out = append(out, "Hoeveel geld daarbij hoort zegt deze telling niet.")
		}
	}
	switch e.Verdict {
	case mus.Acceptable:
		out = append(out, fmt.Sprintf("Oordeel: aanvaardbaar. Debet en credit zijn elk voor zich beoordeeld, met een toelaatbare fout van %s.", tolerable))
	case mus.Open:
		out = append(out, "Oordeel: niet aangetoond. Deze steekproef is te klein, of er is te veel in gevonden, om te zeggen dat de fout toelaatbaar is. "+e.more())
	default:
		out = append(out, fmt.Sprintf("Oordeel: niet aanvaardbaar. De meest waarschijnlijke fout is groter dan de toelaatbare van %s.", tolerable))
	}
	return out
}

func against(l mus.Limit, tolerable string, ct int64) string {
	switch {
	case l.Likely > ct:
		return "Dat is meer dan toelaatbaar is (" + tolerable + ")."
	case l.Upper > ct:
		return "De grens ligt boven wat toelaatbaar is (" + tolerable + ")."
	}
	return "Dat is niet meer dan toelaatbaar is (" + tolerable + ")."
}

// more says how large a sample would have shown it.
func (e *Evaluated) more() string {
	needed := 0
	for _, s := range e.Sides {
		for _, l := range s.Limits {
			if l.Upper > e.Plan.Tolerable && s.Needed > s.Part.Planned {
				needed = max(needed, s.Needed)
			}
		}
	}
	if needed == 0 {
		return "Zoek uit waar de fouten vandaan komen, en laat ze herstellen."
	}
	return fmt.Sprintf("Bij een fout als deze was een omvang van %d nodig.", needed)
}

// Print shows what was found, for people.
func (e *Evaluated) Print(w io.Writer) error {
	fmt.Fprintf(w, "steekproef   %s, cijfer %s\n", e.Draw[:12], e.Figure)
	fmt.Fprintf(w, "run          %s\n", e.Run)
	fmt.Fprintf(w, "populatie    %s, %s\n", counted(e.Lines, "regel", "regels"), euro(e.Sum))
	for _, s := range e.Sides {
		fmt.Fprintf(w, "%-12s %s\n", s.Part.Side, partWords(s.Part, e.Plan.Method))
		for _, l := range s.Limits {
			moment := "geen momentgrens"
			if l.Moment != nil {
				moment = "momentgrens " + euro(*l.Moment)
			}
			fmt.Fprintf(w, "  %-10s fout in %s, %s; meest waarschijnlijk %s; bovengrens %s; %s\n",
				directionWords[l.Direction], counted(l.Found, "regel", "regels"), euro(l.FoundCt), euro(l.Likely), euro(l.Upper), moment)
		}
	}
	if e.Zero != nil {
		fmt.Fprintf(w, "%-12s %s\n", e.Zero.Part.Side, partWords(e.Zero.Part, e.Plan.Method))
	}
	fmt.Fprintln(w)
	for _, line := range e.Conclusion {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// Print shows what was drawn, for people.
func (d *Drawn) Print(w io.Writer) error {
	fmt.Fprintf(w, "run          %s\n", d.Run)
	fmt.Fprintf(w, "cijfer       %s: %s in %s\n", d.Figure, euro(d.Sum), counted(d.Lines, "regel", "regels"))
	fmt.Fprintf(w, "plan         toelaatbaar %s, verwacht %s, zekerheid %s, %s, %s\n", euro(d.Plan.Tolerable), euro(d.Plan.Expected), nl.PercentShort(d.Plan.Confidence),
		d.Plan.Model, d.Plan.Method)
	for _, part := range d.Parts {
		if part.Lines > 0 {
			fmt.Fprintf(w, "%-12s %s\n", part.Side, partWords(part, d.Plan.Method))
		}
	}
	fmt.Fprintf(w, "gekozen      %s\n", counted(len(d.Items), "regel", "regels"))
	fmt.Fprintf(w, "trekking     sha256 %s\n", d.Draw)
	fmt.Fprintf(w, "werkblad     %s\n             %s\n", d.Workbook, d.Record)
	_, err := fmt.Fprintf(w, "verder       vul het werkblad in, en dan: stapel sample --evaluate %s\n", d.Workbook)
	return err
}
