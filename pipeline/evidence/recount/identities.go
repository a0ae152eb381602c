package recount

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
)

func costsAreRanking(ctx context.Context, b *books) error {
	list, err := b.ranked()
	if err != nil {
		return err
	}
	costs, err := b.spent()
	if err != nil {
		return err
	}
	left := map[costKey]int64{}
	for k, ct := range costs.of {
		if k.declared || k.window == "T0" {
			left[k] = ct
		}
	}
	n, off := 0, int64(0)
	take := func(k costKey, ct int64) {
		if left[k] != ct {
			n, off = n+1, off+ct-left[k]
		}
		delete(left, k)
	}
	for _, r := range list {
		take(costKey{r.id, "T0", true}, r.t0)
		take(costKey{r.id, "T1", true}, r.t1)
		take(costKey{r.id, "T2", true}, r.t2)
		take(costKey{r.id, "T0", false}, r.priced)
	}
	for _, ct := range left {
		if ct != 0 {
			n, off = n+1, off-ct
		}
	}
	if n > 0 {
		return differ("bij %s niet, samen %s verschil", nl.Count(int64(n), "som", "sommen"), nl.Euro(off))
	}
	return nil
}

func controlIsRanking(ctx context.Context, b *books) error {
	list, err := b.ranked()
	if err != nil {
		return err
	}
	costs, err := b.spent()
	if err != nil {
		return err
	}
	all, err := b.steps()
	if err != nil {
		return err
	}
	var ct int64
	for _, r := range list {
		ct += r.t0 + r.t1 + r.t2
	}
	var n, said, unknown, unknownCt int64
	for _, c := range all {
		switch {
		case c.Kind == "totaal" && c.Stap == "ranglijst":
			n, said = n+mart.Value(c.Regels), said+c.BedragCt
		case c.Stap == "onbekend":
			unknown, unknownCt = unknown+mart.Value(c.Regels), unknownCt+c.BedragCt
		}
	}
	if n != int64(len(list)) || said != ct {
		return differ("%s en %s, de ranglijst %s en %s", nl.Count(n, "huishouden", "huishoudens"), nl.Euro(said), nl.Int(int64(len(list))), nl.Euro(ct))
	}
	if unknown != costs.unknown || unknownCt != costs.unknownCt {
		return differ("onbekend: %s, de kosten %s", nl.Euro(unknownCt), nl.Euro(costs.unknownCt))
	}
	return nil
}

func rankingComplete(ctx context.Context, b *books) error {
	list, err := b.ranked()
	if err != nil {
		return err
	}
	homes, err := b.homes()
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, r := range list {
		_, home := homes[r.id]
		switch {
		case r.rank != int64(i+1):
			return differ("op plaats %d staat rang %d", i+1, r.rank)
		case i > 0 && r.t0 > list[i-1].t0:
			return differ("rang %d is duurder dan rang %d", i+1, i)
		case !home:
			return differ("rang %d is geen huishouden van de tabel huishouden", i+1)
		case seen[r.id]:
			return differ("rang %d is een huishouden dat er al staat", i+1)
		}
		seen[r.id] = true
	}
	if len(list) != len(homes) {
		return differ("%d huishoudens op de ranglijst, %d in de tabel huishouden", len(list), len(homes))
	}
	return nil
}

func rankingParts(ctx context.Context, b *books) error {
	list, err := b.ranked()
	for _, r := range list {
		if r.t0 != r.parts || r.priced != r.pricedParts {
			return differ("bij rang %d schelen ze %s", r.rank, nl.Euro(r.t0-r.parts+r.priced-r.pricedParts))
		}
	}
	return err
}

func householdsAreMembers(ctx context.Context, b *books) error {
	homes, err := b.homes()
	if err != nil {
		return err
	}
	type count struct{ n, attached, youngest int64 }
	counts, persons := map[string]count{}, map[string]bool{}
	twice := 0
	if err := scan(ctx, b, "huishouden_lid", func(m *member) error {
		c := counts[m.Huishouden]
		c.n++
		if m.Aangehecht {
			c.attached++
		}
		c.youngest = max(c.youngest, m.Jaar)
		counts[strings.Clone(m.Huishouden)] = c
		if persons[m.Persoon] {
			twice++
		}
		persons[strings.Clone(m.Persoon)] = true
		return nil
	}); err != nil {
		return err
	}
	bad := 0
	for id, h := range homes {
		c := counts[id]
		if c.n != h.Personen || c.attached != h.Aangehecht || c.youngest != h.Jongste || h.Personen != h.Volwassenen+h.Kinderen {
			bad++
		}
	}
	switch {
	case bad > 0:
		return differ("bij %s niet", nl.Count(int64(bad), "huishouden", "huishoudens"))
	case twice > 0:
		return differ("%s in twee huishoudens", nl.Count(int64(twice), "persoon", "personen"))
	case len(counts) != len(homes):
		return differ("leden van %d huishoudens, en %d huishoudens", len(counts), len(homes))
	}
	return nil
}

func plansAreLines(ctx context.Context, b *books) error {
	type key struct{ plan, scenario string }
	sums := map[key]int64{}
	if err := scan(ctx, b, "plan_regel", func(l *planLine) error {
		sums[key{strings.Clone(l.Casus), strings.Clone(l.Scenario)}] += l.BedragCt
		return nil
	}); err != nil {
		return err
	}
	bad := 0
	if err := scan(ctx, b, "plan", func(p *mart.Plan) error {
		for scenario, ct := range map[string]*int64{"huidig": p.HuidigCt, "dreigend": p.DreigendCt, "maatwerk": p.MaatwerkCt} {
			if ct != nil && *ct != sums[key{p.Casus, scenario}] {
				bad++
			}
		}
		return nil
	}); err != nil {
		return err
	}
	if bad > 0 {
		return differ("bij %s niet", nl.Count(int64(bad), "bedrag", "bedragen"))
	}
	return nil
}

func totalsArePayers(ctx context.Context, b *books) error {
	sums := map[string]int64{}
	if err := scan(ctx, b, "plan_betaler", func(p *payerTotal) error {
		sums["huidig_"+p.Groep] += p.HuidigCt
		sums["dreigend_"+p.Groep] += p.DreigendCt
		sums["maatwerk_"+p.Groep] += p.MaatwerkCt
		sums["besparing_"+p.Groep] += p.BesparingCt
		return nil
	}); err != nil {
		return err
	}
	return scan(ctx, b, "plan_totaal", func(t *mart.PlanTotaal) error {
		if ct, known := sums[t.Meting]; known && t.WaardeCt != nil && *t.WaardeCt != ct {
			return differ("%s: %s, de betalers samen %s", t.Meting, nl.Euro(*t.WaardeCt), nl.Euro(ct))
		}
		return nil
	})
}

func fairnessIsBands(ctx context.Context, b *books) error {
	var n, expected, real int64
	if err := scan(ctx, b, "ijking", func(i *mart.Ijking) error {
		n, expected, real = n+i.N, expected+i.VerwachtCt, real+i.WerkelijkCt
		return nil
	}); err != nil {
		return err
	}
	type sum struct{ n, expected, real int64 }
	sums := map[string]sum{}
	if err := scan(ctx, b, "eerlijkheid", func(e *mart.Eerlijkheid) error {
		s := sums[e.Kenmerk]
		sums[strings.Clone(e.Kenmerk)] = sum{s.n + e.Getoetst, s.expected + e.VerwachtCt, s.real + e.WerkelijkCt}
		return nil
	}); err != nil {
		return err
	}
	for feature, s := range sums {
		if s != (sum{n, expected, real}) {
			return differ("%s: %s en %s, ijking %s en %s", feature, nl.Int(s.n), nl.Euro(s.real), nl.Int(n), nl.Euro(real))
		}
	}
	return nil
}

// csvIsRanking holds the amounts that people open in a spreadsheet to the table that they come from.
func csvIsRanking(ctx context.Context, b *books) error {
	list, err := b.ranked()
	if err != nil {
		return err
	}
	f, err := os.Open(b.folder.File(rankingCSV))
	if err != nil {
		return errAbsent
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.Comma, in.ReuseRecord = ';', true
	header, err := in.Read()
	if err != nil {
		return errAbsent
	}
	at := map[string]int{}
	for i, name := range header {
		at[strings.TrimPrefix(name, "\ufeff")] = i
	}
	var sums [3]int64
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errAbsent // that the file was changed is said of the file
		}
		for i, column := range []string{"kosten_t0_eur", "kosten_t1_eur", "kosten_t2_eur"} {
			ct, err := strconv.ParseInt(strings.Replace(cells[at[column]], ",", "", 1), 10, 64)
			if err != nil {
				return errAbsent
			}
			sums[i] += ct
		}
	}
	for _, r := range list {
		sums[0], sums[1], sums[2] = sums[0]-r.t0, sums[1]-r.t1, sums[2]-r.t2
	}
	if sums != [3]int64{} {
		return differ("verschillen van %s, %s en %s", nl.Euro(sums[0]), nl.Euro(sums[1]), nl.Euro(sums[2]))
	}
	return nil
}
