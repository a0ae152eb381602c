package ingest

import (
	"strings"
	"testing"
)

// Lines that are equal in every contract column have the same inhoud, however they are written and in whatever file; a
// difference in one column makes another one.
func TestContent(t *testing.T) {
	c := parseContract(t, testContract)
	inhoud := func(data string) (out []int64) {
		x := setup{contract: c, data: data}.run(t)
		if x.err != nil || len(x.quarantine) > 0 {
			t.Fatal(x.err, x.quarantine)
		}
		for _, row := range x.rows {
			out = append(out, row["inhoud"].(int64))
		}
		return out
	}
	full := inhoud(testHeader + line() + line("gemeentecode=GM0855", "begin=01-01-2025", "dc=debet", "bedrag_ct=0100", "persoon_ps="+strings.ToUpper(ps("jan"))))
	few := inhoud("begin;bedrag_ct;dc;gemeentecode;persoon_ps;cijfer\n2025-01-01;100;D;0855;" + ps("jan") + ";\n")
	if full[0] != full[1] || full[0] != few[0] || full[0] < 0 {
		t.Errorf("%v and %v", full, few)
	}
	seen := map[int64]string{full[0]: ""}
	for _, cell := range []string{"persoon_ps=" + ps("piet"), "ouder_ps=" + ps("jan"), "huishouden_ps=" + ps("jan"), "gemeentecode=0344", "typhh=1", "typhh=8",
		"dc=C", "nummer=1", "nummer=01", "referentie=1", "referentie=0", "toelichting=1", "toelichting=1 ", "aantal=0", "aantal=1", "jaar=2001", "cijfer=1",
		"bedrag_ct=101", "toegekend_eur=0", "schuld_eur=0", "schuld_eur=1", "begin=2025-01-02", "eind=2025-01-02", "maand=2025-01", "crisis=nee", "crisis=ja",
		"hindernis=geld", "hindernis=geld|regels"} {
		h := inhoud(testHeader + line(cell))[0]
		if other, dup := seen[h]; dup {
			t.Errorf("%q and %q have the same inhoud", cell, other)
		}
		seen[h] = cell
	}
	// Texts that stand next to each other don't run together.
	two := parseContract(t, "kind: k\nversion: '1'\nreplaces: none\ncolumns: [{name: a, type: id}, {name: b, type: id}]\n")
	x := setup{contract: two, data: "a;b\nx;yz\nxy;z\nxyz;\n;xyz\n"}.run(t)
	seen = map[int64]string{}
	for _, row := range x.rows {
		seen[row["inhoud"].(int64)] = ""
	}
	if len(seen) != 4 {
		t.Errorf("%d of 4 lines differ", len(seen))
	}
}
