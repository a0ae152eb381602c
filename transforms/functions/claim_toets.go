package functions

import (
	"context"
	"strings"

	"stapel/transforms/effect"
	"stapel/transforms/typed"
)

/*
name: claim_toets
doc: >
  Savings that somebody stated beside what was found for the same households (methods 7), each by itself: claims with other households or another time are not compared,
  and none is added up. Amounts are over the households of the claim and the 12 months after the start of each; a saving is positive.
level: totaal
grain: [claim_id]
reads: [stg_claim, effect_deelnemer, effect_reeks, effect_plan, effect_rijp, effect_parameter, plan_stand, effect_uitgave]
columns:
  - claim_id tekst: claim
  - omschrijving tekst: what was said, by whom and where
  - huishoudens aantal: that it is about
  - beweerd_ct ct: stated saving
  - verwacht_ct ct?: what its plans expected to save; empty when they do not say, and for a claim about one payer
  - voor_na_ct ct?: less cost after than before, which is no effect
  - netto_ct ct?: saving found, less what was spent; empty when no expense was delivered
  - ci_laag_ct ct?: lower bound of the 95% interval of the saving found; empty without one
  - ci_hoog_ct ct?: upper
  - oordeel tekst: niet te toetsen, onderbouwd, deels, niet onderbouwd or niet aangetoond
  - reden tekst: why, in a sentence
needs:
  "*": claim
figures:
  huishoudens: gegeven, huishoudens waar de claim over gaat, zoals gezegd
  beweerd_ct: som, besparing zoals beweerd
  verwacht_ct: schatting, wat de plannen van de claim verwachtten
  voor_na_ct: schatting, kosten ervoor min kosten erna; dat is geen effect
  netto_ct: schatting, gevonden besparing min uitgaven
  ci_laag_ct ci_hoog_ct: schatting, 95%-grens van de gevonden besparing
  oordeel reden: oordeel, eerst of de claim te toetsen is; dan de claim naast de gevonden besparing en haar 95%-grenzen
*/

type claimTables struct {
	Claims typed.Table[claimRow] `table:"stg_claim"`
	effectTables
}

type claimRow struct {
	ID         string  `parquet:"claim_id"`
	Text       string  `parquet:"omschrijving"`
	From       int32   `parquet:"van,date"`
	To         int32   `parquet:"tot,date"`
	Households int64   `parquet:"huishoudens"`
	Ct         int64   `parquet:"besparing_ct"`
	Payer      *string `parquet:"betaler,optional"`
	Cases      *string `parquet:"casusnummers,optional"`
	Nr         int64   `parquet:"nr"`
}

type claimTestRow struct {
	ID         string `parquet:"claim_id"`
	Text       string `parquet:"omschrijving"`
	Households int64  `parquet:"huishoudens"`
	Ct         int64  `parquet:"beweerd_ct"`
	Expected   *int64 `parquet:"verwacht_ct,optional"`
	Before     *int64 `parquet:"voor_na_ct,optional"`
	Net        *int64 `parquet:"netto_ct,optional"`
	Low        *int64 `parquet:"ci_laag_ct,optional"`
	High       *int64 `parquet:"ci_hoog_ct,optional"`
	Verdict    string `parquet:"oordeel"`
	Reason     string `parquet:"reden"`
}

func claimToets(ctx context.Context, in claimTables) (out []claimTestRow, err error) {
	claims, err := in.Claims.All(ctx)
	if err != nil {
		return nil, err
	}
	s, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range claims {
		if c.Nr != 1 {
			continue
		}
		last := c.To - 1 // the last day; to is the day after it
		stated := effect.Stated{ID: c.ID, Saving: float64(c.Ct), Households: int(c.Households), First: effectMonth(&c.From), Last: effectMonth(&last)}
		if c.Payer != nil {
			stated.Payer = *c.Payer
		}
		if c.Cases != nil && *c.Cases != "" {
			stated.Cases = strings.Split(*c.Cases, "|")
		}
		t := s.TestClaim(stated, s.payers())
		out = append(out, claimTestRow{c.ID, c.Text, c.Households, c.Ct, wholeCents(t.Expected), wholeCents(t.BeforeAfter), wholeCents(t.Net),
			wholeCents(t.Low), wholeCents(t.High),
			string(t.Verdict), t.Reason})
	}
	return out, nil
}
