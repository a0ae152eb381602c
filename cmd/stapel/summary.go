package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline"
)

// printSummary says in Dutch what the run gave: control, the first five of the ranking, and where the report is. It is
// for analysts, whose language the reports are in.
func (g *globals) printSummary(r *pipeline.Result) error {
	g.printRemarks(r)
	out := g.stdout
	fmt.Fprintf(out, "run        %s\n", orDash(r.RunID))
	if r.RunID != "" {
		fmt.Fprintf(out, "peildatum  %s, gemeenten %s\n", r.Peildatum, strings.Join(r.Gemeenten, " "))
	}
	fmt.Fprintf(out, "extracten  %d bestanden, %s regels, %s in quarantaine, %d geweigerd\n", r.Files, thousands(r.Lines), thousands(r.Quarantined), len(r.RefusedBy))
	if r.RunID == "" {
		return nil
	}
	fmt.Fprintf(out, "controle   %d controles goed, alle verschillen 0\n", r.Checks-len(r.Failed))
	if err := g.printTop(r); err != nil {
		return err
	}
	for _, rep := range r.Reports {
		if strings.HasSuffix(rep, ".html") {
			fmt.Fprintf(out, "\nrapport    %s\n", rep)
		}
	}
	fmt.Fprintf(out, "klaar in   %.1f s\n", r.Seconds)
	return nil
}

type topRow struct {
	Rang          int64  `parquet:"rang"`
	HuishoudenID  string `parquet:"huishouden_id"`
	KostenT0Ct    int64  `parquet:"kosten_t0_ct"`
	Domeinen      int64  `parquet:"domeinen"`
	Cocktails     string `parquet:"cocktails"`
	InAanmerking  bool   `parquet:"in_aanmerking"`
	RedenNiet     string `parquet:"reden_niet"`
	Voorzieningen int64  `parquet:"voorzieningen"`
}

const topRows = 5

// printTop prints the first rows of the ranking; only those are read.
func (g *globals) printTop(r *pipeline.Result) error {
	f, err := pipeline.Marts(g.data, r.RunID).Open("ranglijst.parquet")
	if err != nil {
		return err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	pf, err := parquet.OpenFile(f.(readerAt), st.Size())
	if err != nil {
		return err
	}
	reader := parquet.NewGenericReader[topRow](pf)
	defer reader.Close()
	rows := make([]topRow, topRows)
	n, _ := reader.Read(rows) // a short read is the end of the file
	fmt.Fprintf(g.stdout, "\nranglijst, de eerste %d van %s huishoudens naar kosten van de afgelopen 12 maanden\n", n, thousands(r.Households))
	w := tabwriter.NewWriter(g.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "rang\thuishouden\tkosten\tdomeinen\tvoorzieningen\tcocktails\tin aanmerking")
	for _, row := range rows[:n] {
		eligible := "ja"
		if !row.InAanmerking {
			eligible = "nee: " + strings.ReplaceAll(row.RedenNiet, "|", ", ")
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%d\t%d\t%s\t%s\n", row.Rang, row.HuishoudenID, euros(row.KostenT0Ct), row.Domeinen, row.Voorzieningen,
			orDash(strings.ReplaceAll(row.Cocktails, "|", " ")), eligible)
	}
	return w.Flush()
}

type readerAt interface {
	ReadAt(p []byte, off int64) (int, error)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// euros writes eurocents as a Dutch amount: 12345678 is € 123.456,78.
func euros(ct int64) string {
	sign := ""
	if ct < 0 {
		sign, ct = "-", -ct
	}
	return fmt.Sprintf("€ %s%s,%02d", sign, thousands(ct/100), ct%100)
}

func thousands(n int64) string {
	s := fmt.Sprint(n)
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			b.WriteByte('.')
		}
		b.WriteRune(c)
	}
	return b.String()
}
