// Package recount adds up the figures of a published run once more, from its tables alone: without SQL, and without the engine that made them.
package recount

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"stapel/pipeline/control"
	"stapel/pipeline/inbox"
	"stapel/pipeline/lake"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// An identity is figures of a run that have to agree. It is worked out from the published tables, by a way of its own: no SQL, no engine.
type identity struct {
	name   string   // Dutch, as it is listed
	tables []string // that it reads; the first is the one a finding names
	holds  func(ctx context.Context, b *books) error
	file   string // of a report, that it reads too
}

// files are what it reads, as a manifest names it.
func (i identity) files() (out []string) {
	for _, t := range i.tables {
		out = append(out, lake.MartName(t))
	}
	if i.file != "" {
		out = append(out, i.file)
	}
	if len(out) == 0 {
		out = []string{lake.ManifestName}
	}
	return out
}

// unequal is an identity that does not hold.
type unequal struct{ what string }

func (u unequal) Error() string { return u.what }

func differ(format string, a ...any) error { return unequal{nl.Plain(fmt.Sprintf(format, a...))} }

// books are what identities look at: sums of a run, worked out once.
type books struct {
	m          *control.Manifest
	folder     lake.Folder
	households map[string]mart.Huishouden
	ranking    []ranked
	costs      map[costKey]int64
	unknown    [2]int64 // lines and cents of kosten without a household
	control    []mart.Controle
}

type ranked struct {
	rank, t0, t1, t2, parts, priced, pricedParts int64
	id                                           string
}

type costKey struct {
	id, window string
	declared   bool
}

// member is a row of mart huishouden_lid.
type member struct {
	Huishouden string `parquet:"huishouden_id,optional"`
	Persoon    string `parquet:"persoon_id,optional"`
	Jaar       int64  `parquet:"geboortejaar,optional"`
	Aangehecht bool   `parquet:"aangehecht,optional"`
}

// planLine is a row of mart plan_regel, and payerTotal one of plan_betaler.
type planLine struct {
	Casus    string `parquet:"casusnummer,optional"`
	Scenario string `parquet:"scenario,optional"`
	BedragCt int64  `parquet:"bedrag_ct,optional"`
}

type payerTotal struct {
	Groep       string `parquet:"groep,optional"`
	HuidigCt    int64  `parquet:"huidig_ct,optional"`
	DreigendCt  int64  `parquet:"dreigend_ct,optional"`
	MaatwerkCt  int64  `parquet:"maatwerk_ct,optional"`
	BesparingCt int64  `parquet:"besparing_ct,optional"`
}

var identityList = []identity{
	{"elke run-controle die fout kan zijn, is goed", nil, checksGood, ""},
	{"controle: alle verschillen zijn 0", []string{"controle"}, controlZero, ""},
	{"controle: elke stap is de som van zijn delen", []string{"controle"}, controlSteps, ""},
	{"levering: regels en bedragen zijn die van het manifest", []string{"levering"}, deliveriesAre, ""},
	{"controle: geleverd is de som van levering", []string{"controle", "levering"}, controlIsDelivered, ""},
	{"kosten: per huishouden en jaar de kosten van de ranglijst", []string{"kosten", "ranglijst"}, costsAreRanking, ""},
	{"controle: huishoudens, bedrag en onbekend zijn die van ranglijst en kosten", []string{"controle", "ranglijst", "kosten"}, controlIsRanking, ""},
	{"ranglijst: 1 tot en met n, aflopend, elk huishouden één keer", []string{"ranglijst", "huishouden"}, rankingComplete, ""},
	{"ranglijst: kosten zijn de som van de domeinen", []string{"ranglijst"}, rankingParts, ""},
	{"huishouden: personen zijn de leden", []string{"huishouden", "huishouden_lid"}, householdsAreMembers, ""},
	{"plan: bedragen zijn de som over wie betaalt", []string{"plan", "plan_regel"}, plansAreLines, ""},
	{"plan_totaal: bedragen zijn de som van plan_betaler", []string{"plan_totaal", "plan_betaler"}, totalsArePayers, ""},
	{"eerlijkheid: de terugtoets is die van ijking", []string{"eerlijkheid", "ijking"}, fairnessIsBands, ""},
	{"ranglijst.csv: de bedragen zijn die van ranglijst", []string{"ranglijst"}, csvIsRanking, rankingCSV},
}

const rankingCSV = "reports/analist/csv/ranglijst.csv"

// Reads are the files of a run, beside its manifest, that All reads.
func Reads(m *control.Manifest) (files []string) {
	for _, i := range identityList {
		for _, f := range i.files() {
			if f != lake.ManifestName && !slices.Contains(files, f) && slices.ContainsFunc(m.Outputs, func(o control.Output) bool { return o.File == f }) {
				files = append(files, f)
			}
		}
	}
	return files
}

// A Wrong is an identity that does not hold, or that could not be worked out.
type Wrong struct {
	Name  string   // Dutch
	Files []string // that it reads, as a manifest names them
	What  string   // Dutch: what was seen; "": a table could not be read
}

// All works out every identity of a run. held are the names of those that hold; one of which the run does not have the tables, or of which readable says
// that one can't be read, is in neither list.
func All(ctx context.Context, m *control.Manifest, folder lake.Folder, readable func(table string) bool) (held []string, wrong []Wrong, err error) {
	b := &books{m: m, folder: folder}
	for _, i := range identityList {
		if slices.ContainsFunc(i.tables, func(t string) bool { return !b.has(lake.MartName(t)) || !readable(t) }) {
			continue
		}
		err := attempt(func() error { return i.holds(ctx, b) })
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		var u unequal
		switch {
		case err == nil:
			held = append(held, i.name)
		case errors.As(err, &u):
			wrong = append(wrong, Wrong{i.name, i.files(), u.what})
		case !errors.Is(err, errAbsent):
			wrong = append(wrong, Wrong{i.name, i.files(), ""})
		}
	}
	return held, wrong, nil
}

// has reports whether the run has a file.
func (b *books) has(file string) bool {
	return slices.ContainsFunc(b.m.Outputs, func(o control.Output) bool { return o.File == file })
}

// errAbsent: the run does not have what the identity is about.
var errAbsent = errors.New("absent")

// attempt does what may panic on a broken table.
func attempt(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New("a table can't be read")
		}
	}()
	return do()
}

func scan[T any](ctx context.Context, b *books, table string, row func(*T) error) error {
	return mart.Scan(ctx, b.folder.MartFS(), mart.Table[T]{Name: table}, row)
}

func checksGood(_ context.Context, b *books) error {
	for _, c := range b.m.Checks {
		if c.Severity == "fout" && !c.OK {
			return differ("controle %s is niet goed, en de run is toch gepubliceerd", c.Name)
		}
		if c.OK != (c.Violations <= c.Threshold) {
			return differ("controle %s heeft %d afwijkingen bij een drempel van %d, en zegt iets anders", c.Name, c.Violations, c.Threshold)
		}
	}
	return nil
}

func (b *books) steps(ctx context.Context) ([]mart.Controle, error) {
	if b.control != nil {
		return b.control, nil
	}
	return b.control, scan(ctx, b, "controle", func(c *mart.Controle) error {
		row := *c
		if c.Regels != nil {
			n := *c.Regels
			row.Regels = &n
		}
		b.control = append(b.control, row)
		return nil
	})
}

func controlZero(ctx context.Context, b *books) error {
	all, err := b.steps(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.VerschilRegel != 0 || c.VerschilCt != 0 {
			return differ("%s, %s: een verschil van %s en %s", c.Kind, c.Stap, nl.Count(c.VerschilRegel, "regel", "regels"), nl.Euro(c.VerschilCt))
		}
	}
	return nil
}

// step is a step of the control totals and the parts that it is the sum of; lines: in lines as well as in cents.
var controlParts = []struct {
	step  string
	parts []string
	lines bool
}{
	{"geleverd", []string{"geaccepteerd", "quarantaine", "vervangen", "dubbel", "geweigerd"}, true},
	{"geaccepteerd", []string{"gebruikt", "uitgesloten", "herhaald", "ouder"}, true},
	{"in_vensters", []string{"huishoudens", "onbekend"}, true},
	{"buiten_vensters", []string{"voor_vensters", "na_vensters"}, false},
}

func controlSteps(ctx context.Context, b *books) error {
	all, err := b.steps(ctx)
	if err != nil {
		return err
	}
	type key struct{ kind, step string }
	lines, cents, kinds := map[key]int64{}, map[key]int64{}, []string{}
	for _, c := range all {
		k := key{c.Kind, c.Stap}
		lines[k] += mart.Value(c.Regels)
		cents[k] += c.BedragCt
		if c.Kind != "totaal" && !slices.Contains(kinds, c.Kind) {
			kinds = append(kinds, c.Kind)
		}
	}
	for _, kind := range kinds {
		for _, s := range controlParts {
			var n, ct int64
			for _, p := range s.parts {
				n, ct = n+lines[key{kind, p}], ct+cents[key{kind, p}]
			}
			whole := key{kind, s.step}
			if cents[whole] != ct || s.lines && lines[whole] != n {
				return differ("%s, %s: %s en %s, de delen samen %s en %s", kind, s.step, nl.Int(lines[whole]), nl.Euro(cents[whole]), nl.Int(n), nl.Euro(ct))
			}
		}
	}
	return nil
}

func deliveriesAre(ctx context.Context, b *books) error {
	rows := map[string]mart.Levering{}
	err := scan(ctx, b, "levering", func(l *mart.Levering) error {
		row := *l
		ct := mart.Value(l.BedragCt)
		row.BedragCt = &ct
		rows[l.Bestand] = row
		return nil
	})
	if err != nil {
		return err
	}
	for _, in := range b.m.Inputs {
		l, ok := rows[in.File]
		if !ok {
			return differ("%s staat niet in levering", in.File)
		}
		if l.Kind != in.Kind || l.Status != in.Status {
			return differ("%s: %s, het manifest %s", in.File, l.Status, in.Status)
		}
		if in.Status != inbox.Accepted {
			continue // the manifest counts no lines of an extract that was not read, or was read under another name
		}
		if l.Regels != in.Lines || l.Geaccepteerd != in.Accepted || l.Quarantaine != in.Quarantined || *l.BedragCt != in.CountedCt {
			return differ("%s: %s en %s, het manifest %s en %s", in.File, nl.Count(l.Regels, "regel", "regels"), nl.Euro(*l.BedragCt), nl.Count(in.Lines, "regel", "regels"),
				nl.Euro(in.CountedCt))
		}
	}
	if len(rows) != len(b.m.Inputs) {
		return differ("%d bestanden, het manifest %d", len(rows), len(b.m.Inputs))
	}
	return nil
}

func controlIsDelivered(ctx context.Context, b *books) error {
	all, err := b.steps(ctx)
	if err != nil {
		return err
	}
	lines, cents := map[string]int64{}, map[string]int64{}
	if err := scan(ctx, b, "levering", func(l *mart.Levering) error {
		lines[l.Kind] += l.Regels
		cents[l.Kind] += mart.Value(l.BedragCt)
		return nil
	}); err != nil {
		return err
	}
	for _, c := range all {
		if c.Stap == "geleverd" && c.Kind != "totaal" && (mart.Value(c.Regels) != lines[c.Kind] || c.BedragCt != cents[c.Kind]) {
			return differ("%s: %s en %s, levering %s en %s", c.Kind, nl.Int(mart.Value(c.Regels)), nl.Euro(c.BedragCt), nl.Int(lines[c.Kind]), nl.Euro(cents[c.Kind]))
		}
	}
	return nil
}

func (b *books) ranked(ctx context.Context) ([]ranked, error) {
	if b.ranking != nil {
		return b.ranking, nil
	}
	return b.ranking, scan(ctx, b, "ranglijst", func(r *mart.Ranglijst) error {
		b.ranking = append(b.ranking, ranked{rank: r.Rang, id: strings.Clone(r.Huishouden), t0: r.T0Ct, t1: r.T1Ct, t2: r.T2Ct,
			parts: r.WmoCt + r.JeugdCt + r.ParticipatieCt + r.ZvwCt, priced: r.GeprijsdT0Ct, pricedParts: r.GeprijsdSchuldCt})
		return nil
	})
}

func (b *books) spent(ctx context.Context) (map[costKey]int64, error) {
	if b.costs != nil {
		return b.costs, nil
	}
	b.costs = map[costKey]int64{}
	return b.costs, scan(ctx, b, "kosten", func(k *mart.Kosten) error {
		if k.Huishouden == "onbekend" {
			b.unknown[0] += k.Regels
			b.unknown[1] += k.BedragCt
			return nil
		}
		b.costs[costKey{strings.Clone(k.Huishouden), strings.Clone(k.Venster), k.Grondslag == "gedeclareerd"}] += k.BedragCt
		return nil
	})
}

func costsAreRanking(ctx context.Context, b *books) error {
	list, err := b.ranked(ctx)
	if err != nil {
		return err
	}
	costs, err := b.spent(ctx)
	if err != nil {
		return err
	}
	left := map[costKey]int64{}
	for k, ct := range costs {
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
	list, err := b.ranked(ctx)
	if err != nil {
		return err
	}
	if _, err := b.spent(ctx); err != nil {
		return err
	}
	all, err := b.steps(ctx)
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
	if unknown != b.unknown[0] || unknownCt != b.unknown[1] {
		return differ("onbekend: %s, de kosten %s", nl.Euro(unknownCt), nl.Euro(b.unknown[1]))
	}
	return nil
}

func (b *books) homes(ctx context.Context) (map[string]mart.Huishouden, error) {
	if b.households != nil {
		return b.households, nil
	}
	b.households = map[string]mart.Huishouden{}
	return b.households, scan(ctx, b, "huishouden", func(h *mart.Huishouden) error {
		row := *h
		row.ID = strings.Clone(h.ID)
		b.households[row.ID] = row
		return nil
	})
}

func rankingComplete(ctx context.Context, b *books) error {
	list, err := b.ranked(ctx)
	if err != nil {
		return err
	}
	homes, err := b.homes(ctx)
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
	list, err := b.ranked(ctx)
	for _, r := range list {
		if r.t0 != r.parts || r.priced != r.pricedParts {
			return differ("bij rang %d schelen ze %s", r.rank, nl.Euro(r.t0-r.parts+r.priced-r.pricedParts))
		}
	}
	return err
}

func householdsAreMembers(ctx context.Context, b *books) error {
	homes, err := b.homes(ctx)
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
	list, err := b.ranked(ctx)
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
