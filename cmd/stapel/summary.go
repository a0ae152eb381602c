package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"stapel/pipeline"
	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	marts "stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/seen"
	"stapel/reports/table"
	"stapel/reports/werktafel"
)

// counted is a number with its noun, with the blanks of a terminal.
func counted[N int | int64](n N, one, more string) string {
	return nl.Plain(nl.Count(int64(n), one, more))
}

// printSummary says in Dutch what the run gave: control, what stands out in the data, the first five of the ranking, and where the
// report is. It is for analysts, whose language the reports are in.
func (g *globals) printSummary(ctx context.Context, r *pipeline.Result) error {
	g.printRemarks(r)
	out := g.stdout
	fmt.Fprintf(out, "run        %s\n", orDash(r.RunID))
	if r.RunID != "" {
		fmt.Fprintf(out, "peildatum  %s, gemeenten %s\n", r.Peildatum, strings.Join(r.Gemeenten, " "))
		g.printBasis(r)
	}
	fmt.Fprintf(out, "extracten  %s, %s, %s in quarantaine, %d geweigerd", counted(r.Files, "bestand", "bestanden"), counted(r.Lines, "regel", "regels"), nl.Int(r.Quarantined),
		len(r.RefusedBy))
	if n := len(r.Unread); n > 0 {
		fmt.Fprintf(out, ", %d niet gelezen", n)
	}
	fmt.Fprintln(out)
	if r.RunID == "" {
		return nil
	}
	fmt.Fprintf(out, "controle   %s goed, alle verschillen 0\n", counted(r.Checks-len(r.Failed), "controle", "controles"))
	g.printUnknown(r)
	g.printSeen(r)
	if err := g.printTop(ctx, r); err != nil {
		return err
	}
	fmt.Fprintln(out)
	fmt.Fprintf(out, "keten      nummer %d; %s\n", r.Chain, signedBy(r.SignedBy))
	label := "rapport"
	for _, rep := range r.Reports {
		if strings.HasSuffix(rep, ".html") && !werktafel.IsSheet(rep) { // the report links those
			fmt.Fprintf(out, "%-10s %s\n", label, rep)
			label = ""
		}
	}
	for i, said := range r.Withheld {
		label := ""
		if i == 0 {
			label = "niet vrij"
		}
		fmt.Fprintf(out, "%-10s %s\n", label, said)
	}
	fmt.Fprintf(out, "klaar in   %s s\n", nl.Number(r.Seconds, 1))
	return nil
}

// printReuse says which tables were made, and because of what.
func (g *globals) printReuse(r *control.Reuse) {
	if r == nil {
		fmt.Fprintln(g.stdout, "hergebruik er worden geen tabellen bewaard (engine.cache_mb, engine.kind)")
		return
	}
	fmt.Fprintf(g.stdout, "hergebruik %s van eerdere runs, %d gemaakt; %s van controles van eerdere runs, %d gedaan\n",
		counted(r.Tables, "tabel", "tabellen"), len(r.Made), counted(r.Counts, "telling", "tellingen"), r.Counted)
	w := tabwriter.NewWriter(g.stdout, 0, 0, 2, ' ', 0)
	for _, m := range r.Made {
		same := ""
		if m.Same {
			same = "gelijk gebleven"
		}
		parts := ""
		if len(m.Parts) > 0 {
			parts = "alleen " + strings.Join(m.Parts, ", ")
		}
		fmt.Fprintf(w, "gemaakt    %s\tdoor %s\t%s\t%s\n", m.Name, strings.Join(m.Because, ", "), same, parts)
	}
	w.Flush()
}

// signedBy says with which key a run was signed.
func signedBy(key string) string {
	if key == "" {
		return "niet ondertekend, want er is geen ondertekensleutel ingesteld (signing.key_file)"
	}
	return "ondertekend met sleutel " + key[:min(16, len(key))]
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

var topRanking = marts.Of[topRow]("ranglijst")

const topRows = 5

// printTop prints the first rows of the ranking; only those are read.
func (g *globals) printTop(ctx context.Context, r *pipeline.Result) error {
	var rows []topRow
	err := marts.ScanFirst(ctx, (&lake.Lake{Root: g.data}).Run(r.RunID).MartFS(), topRanking, topRows, func(row *topRow) error {
		rows = append(rows, *row)
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(g.stdout, "\nranglijst, de eerste %d van %s naar kosten van de afgelopen 12 maanden\n", len(rows), counted(r.Households, "huishouden", "huishoudens"))
	known := map[string]seen.Verdict{}
	for _, column := range []string{"in_aanmerking", "voorzieningen", "cocktails"} {
		if known[column], err = r.Sources.Figure(r.Report, "ranglijst."+column); err != nil {
			return err
		}
	}
	w := tabwriter.NewWriter(g.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "rang\thuishouden\tkosten\tdomeinen\tvoorzieningen\tcocktails\tvoldoet")
	for _, row := range rows {
		eligible := "ja"
		switch {
		case !row.InAanmerking:
			var rules []string
			for code := range strings.SplitSeq(row.RedenNiet, "|") {
				rules = append(rules, nl.Word("reden", code))
			}
			eligible = "nee: " + strings.Join(rules, ", ")
		case known["in_aanmerking"].Silent():
			eligible = "ja, voor zover te beoordelen"
		}
		provisions, cocktails := fmt.Sprint(row.Voorzieningen), orDash(strings.ReplaceAll(row.Cocktails, "|", " "))
		switch v := known["voorzieningen"]; {
		case v.Hides(row.Voorzieningen):
			provisions = table.UnknownWord
		case v.Silent():
			provisions = "minstens " + provisions
		}
		if known["cocktails"].Hides(row.Cocktails) {
			cocktails = table.UnknownWord
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%d\t%s\t%s\t%s\n", row.Rang, row.HuishoudenID, nl.Plain(nl.Euro(row.KostenT0Ct)), row.Domeinen, provisions, cocktails, eligible)
	}
	return w.Flush()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
