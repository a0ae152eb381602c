package main

import (
	"fmt"
	"strings"
	"testing"

	"stapel/pipeline/exit"
)

// TestInsuredMonths: an insurer's feed covers a person in a month when every day of it is insured with an insurer that
// delivers; spells that touch count as one, a day between them does not (rules 19, 46, 55).
func TestInsuredMonths(t *testing.T) {
	cases := map[string]struct {
		spells [][3]string // uzovi, first and last day
		want   string
	}{
		"one spell":                 {[][3]string{{"9991", "2020-01-01", ""}}, "ja"},
		"two that touch in a month": {[][3]string{{"9991", "2020-01-01", "2025-06-14"}, {"9991", "2025-06-15", ""}}, "ja"},
		"two that overlap":          {[][3]string{{"9991", "2020-01-01", "2025-06-20"}, {"9991", "2025-06-15", ""}}, "ja"},
		"a day between":             {[][3]string{{"9991", "2020-01-01", "2025-06-13"}, {"9991", "2025-06-15", ""}}, "deels"},
		"only December":             {[][3]string{{"9991", "2025-12-01", "2025-12-31"}}, "deels"},
		"part of December":          {[][3]string{{"9991", "2025-12-02", "2025-12-31"}}, "nee"},
		"before T0":                 {[][3]string{{"9991", "2020-01-01", "2024-12-31"}}, "nee"},
		"another insurer":           {[][3]string{{"9992", "2020-01-01", ""}}, "nee"},
		"from another to this":      {[][3]string{{"9992", "2020-01-01", "2025-03-31"}, {"9991", "2025-04-01", ""}}, "deels"},
		"nobody":                    {nil, "nee"},
	}
	var homes, insured strings.Builder
	homes.WriteString("persoon_ps;huishouden_ps;gemeentecode;begindatum;geboortejaar;typhh;plhh\n")
	insured.WriteString("persoon_ps;uzovi;begindatum;einddatum\n")
	ids := map[string]string{}
	n := 0
	for name, c := range cases {
		n++
		ids[name] = fmt.Sprintf("v1_%032d", n)
		fmt.Fprintf(&homes, "%s;v1_%032d;0855;2020-01-01;1980;1;2\n", ids[name], 1000+n)
		for _, s := range c.spells {
			fmt.Fprintf(&insured, "%s;%s;%s;%s\n", ids[name], s[0], s[1], s[2])
		}
	}
	const note = "gemeentecode: \"0855\"\nperiode_van: 2023-01-01\nperiode_tot: 2025-12-31\naangemaakt: 2026-01-15\n"
	data, flags := testInbox(t, map[string]string{
		"huishouden/meer.csv":                homes.String(),
		"zvw_verzekerde/v.csv":               insured.String(),
		"zvw_declaratie/z.csv":               "persoon_ps;prestatie_code;zorgsoort;begindatum;einddatum;bedrag_ct;debet_credit\n",
		"zvw_declaratie/z.csv.levering.yaml": note + "uzovi: [\"9991\"]\n",
	})
	if code, _, errs := stapel(t, t.Context(), append([]string{"run"}, flags...)...); code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	household := map[string]string{}
	for _, m := range readMart[memberRow](t, data, "huishouden_lid") {
		household[m.Person] = m.Household
	}
	covered := map[string]string{}
	for _, r := range readMart[rankRow](t, data, "ranglijst") {
		covered[r.ID] = r.ZvwCovered
	}
	key := keyOf(t, flags)
	for name, c := range cases {
		if got := covered[household[key(ids[name])]]; got != c.want {
			t.Errorf("%s: %q, want %s", name, got, c.want)
		}
	}
}
