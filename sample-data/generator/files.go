package generator

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// files are the files of a set while they are being written.
type files struct {
	w      *world
	list   []*file
	base   [kindCount]int
	ledger map[entry]int64
	plans  tally

	rekeyed []*rekeying
}

// file is one of them, with what its note must say.
type file struct {
	kind     *kind
	path     string
	id       string
	from, to day  // what it covers
	bare     bool // the note says no period
	made     day
	f        *os.File
	buf      *bufio.Writer
	sum      hash.Hash
	part     // totals; data is not used
	bytes    int64
	rekey    *rekeying
}

// create makes the folders and opens every file, with its header written.
func (w *world) create() (*files, error) {
	out := &files{w: w, ledger: map[entry]int64{}}
	rekey := map[int]*rekeying{}
	for _, f := range w.opt.planted() {
		if f.rekey == nil {
			continue
		}
		r := f.rekey.start()
		out.rekeyed = append(out.rekeyed, r)
		for _, k := range r.kinds {
			rekey[k] = r
		}
	}
	for i := range kinds {
		k := &kinds[i]
		out.base[i] = len(out.list)
		if k.planned && w.opt.Programme.Plans == 0 {
			continue
		}
		dir := filepath.Join(w.opt.Dir, "inbox", k.name)
		if k.rhythm == truth {
			dir = filepath.Join(w.opt.Dir, "truth")
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
		for _, f := range w.deliveries(k) {
			if err := f.open(dir); err != nil {
				out.abandon()
				return nil, err
			}
			f.rekey = rekey[i]
			out.list = append(out.list, f)
		}
	}
	return out, nil
}

// deliveries are the files of a kind in the order of their slots.
func (w *world) deliveries(k *kind) (list []*file) {
	add := func(label string, from, to, made day) {
		id := "synthetisch-" + k.name + label
		list = append(list, &file{kind: k, id: id, from: from, to: to, made: made})
	}
	switch k.rhythm {
	case byReceipt, byMonth:
		for m := range w.months() {
			from, to := w.from, w.starts[m+1]-1
			if k.rhythm == byMonth {
				from = w.starts[max(0, m-1)]
			}
			add("-"+w.starts[m].String()[:7], from, to, to+10)
		}
		if k.rhythm == byReceipt && !w.opt.Late {
			add("-nagekomen", w.from, w.to, w.to+640)
		}
	case apart: // claims have no reference number: two deliveries that cover the same month would have to hold the same lines
		for m := range w.months() {
			to := w.starts[m+1] - 1
			add("-"+w.starts[m].String()[:7], w.starts[m], to, to+10)
		}
		for m := 1; m < w.months(); m++ {
			add("-"+w.starts[m].String()[:7]+"-eerder", w.from, w.starts[m]-1, w.starts[m+1]+9)
		}
		if !w.opt.Late {
			add("-nagekomen", w.from, w.to, w.to+640)
		}
		for _, f := range list[w.months():] {
			f.bare = true
		}
	case byYear:
		for _, win := range w.windows {
			add("-"+win.to.String()[:7], win.from, win.to, win.to+15)
		}
	case toDate:
		for _, win := range w.toDate {
			add("-tot-"+win.to.String()[:7], win.from, win.to, win.to+25)
		}
	case once:
		add("", w.from, w.to, w.to+20)
	case truth:
		list = append(list, &file{kind: k, id: k.name})
	}
	return list
}

func (f *file) open(dir string) (err error) {
	f.path = filepath.Join(dir, f.id+".csv")
	if f.f, err = os.OpenFile(f.path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	f.buf, f.sum = bufio.NewWriterSize(f.f, 64<<10), sha256.New()
	return f.write([]byte(f.kind.header + "\n"))
}

func (f *file) write(data []byte) error {
	f.bytes += int64(len(data))
	f.sum.Write(data)
	if _, err := f.buf.Write(data); err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return nil
}

// newOutput is an empty block.
func (out *files) newOutput() *output {
	return &output{files: make([]part, len(out.list)), ledger: map[entry]int64{}, base: out.base}
}

// take writes a block behind what is there.
func (out *files) take(o *output) error {
	for i := range o.files {
		p, f := &o.files[i], out.list[i]
		if len(p.data) == 0 {
			continue
		}
		f.lines += p.lines
		f.debet += p.debet
		f.credit += p.credit
		if f.rekey != nil {
			f.rekey.apply(f.kind.name, p.data)
		}
		if err := f.write(p.data); err != nil {
			return err
		}
	}
	for e, ct := range o.ledger {
		out.ledger[e] += ct
	}
	out.plans.plans += o.plans.plans
	out.plans.saving += o.plans.saving
	return nil
}

// abandon closes what is open; the set is not finished.
func (out *files) abandon() {
	for _, f := range out.list {
		if f.f != nil {
			f.f.Close()
		}
	}
}

// finish writes what is of the whole set, the notes and the README.
func (out *files) finish() (*Summary, error) {
	o := out.newOutput()
	out.whole(o)
	if err := out.take(o); err != nil {
		out.abandon()
		return nil, err
	}
	sum := &Summary{}
	for _, f := range out.list {
		if err := errors.Join(f.buf.Flush(), f.f.Close()); err != nil {
			out.abandon()
			return nil, fmt.Errorf("generate: %w", err)
		}
		sum.Files++
		sum.Lines += f.lines
		sum.Bytes += f.bytes
		if f.kind.rhythm == truth {
			continue
		}
		if err := os.WriteFile(f.path+".levering.yaml", f.note(), 0o600); err != nil {
			return nil, fmt.Errorf("generate: %w", err)
		}
	}
	if err := os.WriteFile(filepath.Join(out.w.opt.Dir, "README.txt"), []byte(out.readme()), 0o600); err != nil {
		return nil, fmt.Errorf("generate: %w", err)
	}
	return sum, nil
}

// whole writes the lines that belong to no household: the ledger, the programme's own costs, and its claim.
func (out *files) whole(o *output) {
	w := out.w
	keys := make([]entry, 0, len(out.ledger))
	for e := range out.ledger {
		keys = append(keys, e)
	}
	slices.SortFunc(keys, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.gemeente, b.gemeente), cmp.Compare(a.year, b.year))
	})
	field := map[int]string{kClaimWmo: "6.71", kClaimYouth: "6.72", kBenefit: "6.3"}
	for _, e := range keys {
		o.row(kLedger, 0).s(kinds[e.kind].name).s(gemeenten[e.gemeente]).i(e.year).eur(int(out.ledger[e])).s("jaarrekening (synthetisch)").
			s(field[e.kind]).none().end()
	}
	if out.plans.plans == 0 {
		return
	}
	for m := 0; m < w.months(); m += 3 {
		const quarter = 30000_00
		o.row(kExpense, 0).d(w.starts[m]).s("organisatie").book(quarter, false).eur(quarter).none().eur(quarter).end()
	}
	o.row(kSaving, 0).s("verwacht-1").s("Verwachte besparing volgens de plannen met akkoord").d(w.from).d(w.to).i(int(out.plans.plans)).
		eur(int(out.plans.saving)).s("verwacht").none().none().end()
}

// note writes the delivery note.
func (f *file) note() []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# Synthetisch: verzonnen personen, huishoudens en bedragen; alleen de gemeentecodes bestaan.")
	line("levering_id: %s", f.id)
	line("gegevensleverancier: %s", f.kind.supplier)
	codes := gemeenten[:]
	if f.kind.partial {
		codes = codes[:silent]
	}
	line(`gemeentecode: ["%s"]`, strings.Join(codes, `", "`))
	if !f.bare {
		line("periode_van: %s", f.from)
		line("periode_tot: %s", f.to)
	}
	line("aangemaakt: %s", f.made)
	line(`contract_versie: "1"`)
	line("pseudoniem_versie: v1")
	line("aantal_regels: %d", f.lines)
	if f.kind.money {
		line("totaal_debet_ct: %d", f.debet)
		line("totaal_credit_ct: %d", f.credit)
	}
	line(`sha256: "%x"`, f.sum.Sum(nil))
	if f.kind.insurer {
		line("alle_verzekeraars: nee")
	}
	return []byte(b.String())
}

func (out *files) readme() string {
	opt := out.w.opt
	flags, more := "", ""
	if p := opt.Programme; p.Plans > 0 {
		flags = p.flags()
		more = "truth/effect.csv     met --plannen: wat het effect van elk gestart plan afhaalde, per maand en domein\n"
	}
	if len(opt.Faults) > 0 {
		flags += " --feilen " + strings.Join(opt.Faults, ",")
	}
	if opt.Hostile || len(opt.Faults) > 0 {
		more += "truth/bedragen.csv   met --hostile en --feilen: wat personen van die bestanden in 2025 moeten kosten\n"
	}
	if len(out.rekeyed) > 0 {
		more += "truth/koppeling.csv  met --feilen koppeling*: hoeveel personen van een soort in huishouden staan\n"
	}
	return fmt.Sprintf(`Dit is SYNTHETISCH. Personen, huishoudens, aanbieders, verzekeraar en bedragen zijn verzonnen; alleen de
gemeentecodes bestaan, en over die gemeenten zegt dit niets.

inbox/  extracten met leveringsbrief, zoals leveranciers ze van %s tot en met %s zouden aanleveren
truth/  wat erin is geplant, per huishouden; dit is geen extract en hoort niet in een inbox

Gemaakt met: stapel generate --households %d --months %d --seed %d --effect %d --late=%t --hostile=%t%s

truth/cocktails.csv  huishoudens met een geplante cocktail: status op de laatste dag, wat ontbreekt, de volgorde
truth/maatwerk.csv   hoe een huishouden in het programma kwam en het effect; effect positief is een besparing,
                     negatief is schade; effect_toegepast_ct is wat er werkelijk af ging (nooit onder nul)
truth/slecht.csv     alleen met --hostile: wat er van elk slecht bestand moet worden
%s`, out.w.from, out.w.to, opt.Households, opt.Months, opt.Seed, opt.Effect, opt.Late, opt.Hostile, flags, more)
}
