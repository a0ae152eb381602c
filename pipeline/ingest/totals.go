package ingest

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
)

// fill writes what was collected into the extract.
func (r *reading) fill() {
	x, c := r.extract, r.collect
	x.Fysiek += c.lines
	x.Leeg.Records += c.empty.Records
	x.Leeg.Regels += c.empty.Regels
	x.Geleverd, x.Aanvaard, x.Quarantaine = c.delivered, c.accepted, c.rejected
	x.Onleesbaar, x.OnleesbaarRuw = c.unreadable, c.rawUnreadable
	x.RuwDebetCt, x.RuwCreditCt = c.debit, c.credit
	x.BuitenPeriode, x.BuitenPeriodeCt, x.Onvolledig = c.outside, c.outsideCent, c.partial
	x.Gemeenten, x.Pseudoniem = []string{}, []string{}
	slices.Sort(c.gemeenten)
	for _, g := range c.gemeenten {
		x.Gemeenten = append(x.Gemeenten, fmt.Sprintf("GM%04d", g))
	}
	for _, l := range c.labels {
		if l.huishouden {
			x.PseudoniemHuishouden = append(x.PseudoniemHuishouden, l.text)
		} else {
			x.Pseudoniem = append(x.Pseudoniem, l.text)
		}
	}
	slices.Sort(x.Pseudoniem)
	slices.Sort(x.PseudoniemHuishouden)
	if c.periodSeen {
		d := Day(c.first)
		x.PeriodeVan = &d
	}
	if c.periodEndSeen {
		d := Day(c.last)
		x.PeriodeTot = &d
	}
	for _, reason := range c.quarant.reasons {
		x.Redenen = append(x.Redenen, *reason)
	}
	slices.SortFunc(x.Redenen, func(a, b Reden) int {
		return cmp.Or(cmp.Compare(a.Eerste, b.Eerste), cmp.Compare(a.Kolom, b.Kolom), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Tekst, b.Tekst))
	})
}

// reconcile fails when what was read doesn't add up: records to their kinds, the lines of records to physical lines, the bytes
// of records to the bytes of the file, cents accepted and in quarantine to cents delivered, rows written to lines accepted.
// None of it can happen unless this package is wrong, and then nothing may be published.
func (r *reading) reconcile() error {
	x, c := r.extract, r.collect
	var rows int64
	for _, p := range c.parts {
		rows += p.rows
	}
	headEmpty := x.Leeg.Records - c.empty.Records
	for _, check := range []struct {
		what        string
		left, right int64
	}{
		{"records", c.records + x.Kop.Records + headEmpty, x.Kop.Records + x.Leeg.Records + x.Aanvaard.Records + x.Quarantaine.Records},
		{"regels", x.Fysiek, x.Kop.Regels + x.Leeg.Regels + x.Aanvaard.Regels + x.Quarantaine.Regels},
		{"regels per record", c.lines, c.recordLines},
		{"bytes", x.Bytes, r.headerBytes + c.recordBytes},
		{"geleverde records", x.Geleverd.Records, x.Aanvaard.Records + x.Quarantaine.Records},
		{"eurocent", x.Geleverd.Cent, x.Aanvaard.Cent + x.Quarantaine.Cent},
		{"rijen", rows, x.Aanvaard.Records},
	} {
		if check.left != check.right {
			return fmt.Errorf("%s: de tellingen sluiten niet (%s: %d en %d); dit is een fout in stapel, meld hem", x.Bestand, check.what, check.left, check.right)
		}
	}
	return nil
}

// verdict refuses the file for what it is as a whole: too much in quarantine (rules 6), more than one pseudonym version,
// totals other than those of the delivery note (rules 7).
func (r *reading) verdict() error {
	x := r.extract
	bad, total := x.Quarantaine.Records, x.Geleverd.Records
	if x.Quarantaine.Regels >= int64(r.limits.MaxQuarantineLines) && float64(bad) > r.limits.MaxQuarantineShare*float64(total) {
		first := slices.MaxFunc(x.Redenen, func(a, b Reden) int { return cmp.Compare(a.Aantal, b.Aantal) })
		return &Refusal{Code: RefQuarantaine, Regel: first.Eerste, Kolom: first.Kolom,
			Tekst: fmt.Sprintf("%d van de %d regels voldoen niet aan het contract, meer dan %g%%; meest voorkomend: %s (%d keer, voor het eerst op regel %d)",
				bad, total, 100*r.limits.MaxQuarantineShare, first.Tekst, first.Aantal, first.Eerste),
			Remedie: "laat de leverancier het bestand herstellen; `stapel check` toont elke regel"}
	}
	for _, labels := range [][]string{x.Pseudoniem, x.PseudoniemHuishouden} {
		if len(labels) > 1 {
			return &Refusal{Code: RefPseudoniem, Tekst: fmt.Sprintf("het bestand heeft pseudoniemen van %d versies", len(labels)),
				Remedie: "lever alle pseudoniemen met dezelfde versie"}
		}
	}
	r.remarks()
	if r.note == nil {
		return nil
	}
	if err := r.noteTotals(); err != nil {
		return err
	}
	x.remark(r.note.ContractVersie != "" && r.note.ContractVersie != x.ContractVersie, "contract_versie",
		"de leveringsbrief noemt een andere contractversie dan waarmee het bestand is gelezen")
	outside := "%s geheel buiten de periode van de leveringsbrief"
	verbs := [2]string{"1 regel ligt", fmt.Sprintf("%d regels liggen", x.BuitenPeriode)}
	if r.plan.history {
		outside = "%s na de periode van de leveringsbrief"
		verbs = [2]string{"1 regel begint", fmt.Sprintf("%d regels beginnen", x.BuitenPeriode)}
	}
	some := verbs[min(x.BuitenPeriode, 2)/2]
	if x.BuitenPeriode > 0 {
		found := Bevinding{Code: "buiten_periode", Tekst: fmt.Sprintf(outside, some), Regels: &x.BuitenPeriode}
		if r.plan.hasMoney {
			found.Cent = &x.BuitenPeriodeCt
		}
		x.Bevindingen = append(x.Bevindingen, found)
	}
	return nil
}

// remarks says of the file what deserves a look, whatever its note says.
func (r *reading) remarks() {
	x := r.extract
	x.remark(r.preamble, "sep_regel", "de eerste regel is sep=; en is overgeslagen")
	for _, reason := range x.Redenen {
		x.remark(reason.Code == faultTexts[faultKopHerhaald].code, reason.Code,
			fmt.Sprintf("kopregel herhaald op regel %d (%d keer): zijn hier bestanden aan elkaar geplakt?", reason.Eerste, reason.Aantal))
	}
	dates := "%d datums zonder dag of maand (00) zijn gelezen als de eerste of laatste dag die het kan zijn"
	if x.Onvolledig == 1 {
		dates = "%d datum zonder dag of maand (00) is gelezen als de eerste of laatste dag die het kan zijn"
	}
	x.remark(x.Onvolledig > 0, "datum_onvolledig", fmt.Sprintf(dates, x.Onvolledig))
}

func (r *reading) noteTotals() error {
	x, n := r.extract, r.note
	const remedy = "laat de leverancier bestand en leveringsbrief met elkaar in overeenstemming brengen"
	differs := func(code string, want, got int64) *Refusal {
		return &Refusal{Code: code, Kolom: code, Tekst: fmt.Sprintf("de leveringsbrief zegt %d, in het bestand staat %d", want, got), Remedie: remedy}
	}
	if n.Sha256 != "" && n.Sha256 != x.Sha256 && n.Sha256 != x.Sha256Geleverd {
		return &Refusal{Code: RefBriefSha256, Kolom: RefBriefSha256, Tekst: "de leveringsbrief hoort bij een ander bestand", Remedie: remedy}
	}
	if n.AantalRegels != nil && *n.AantalRegels != x.Geleverd.Records {
		return differs(RefBriefAantal, *n.AantalRegels, x.Geleverd.Records)
	}
	for _, t := range []struct {
		code string
		want *int64
		got  int64
	}{{RefBriefDebet, n.TotaalDebetCt, x.RuwDebetCt}, {RefBriefCredit, n.TotaalCreditCt, x.RuwCreditCt}} {
		if t.want == nil || *t.want == t.got {
			continue
		}
		if x.OnleesbaarRuw == 0 {
			return differs(t.code, *t.want, t.got)
		}
		lines := "regels"
		if x.OnleesbaarRuw == 1 {
			lines = "regel"
		}
		x.remark(true, t.code, fmt.Sprintf("de leveringsbrief zegt %d, in het bestand staat %d, en van %d %s is het bedrag onleesbaar",
			*t.want, t.got, x.OnleesbaarRuw, lines))
	}
	if n.PseudoniemVersie != "" && len(x.Pseudoniem) == 1 && x.Pseudoniem[0] != n.PseudoniemVersie {
		return &Refusal{Code: RefBriefPseudoniem, Kolom: RefBriefPseudoniem, Tekst: "de pseudoniemen in het bestand zijn van een andere versie dan de leveringsbrief zegt", Remedie: remedy}
	}
	return nil
}

func (x *Extract) remark(when bool, code, text string) {
	if when {
		x.Bevindingen = append(x.Bevindingen, Bevinding{Code: code, Tekst: text})
	}
}

// firstBits is the first 63 bits of a SHA-256 in hex, like a key.
func firstBits(sha256hex string) int64 {
	b, err := hex.DecodeString(sha256hex)
	if err != nil || len(b) < 8 {
		return 0
	}
	var v uint64
	for _, c := range b[:8] {
		v = v<<8 | uint64(c)
	}
	return int64(v >> 1)
}
