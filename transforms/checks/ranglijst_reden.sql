/*
name: ranglijst_reden
doc: A household is in aanmerking just when no rule kept it out, and shares lie where shares can lie.
grain: [rang]
reads: [ranglijst]
columns:
  - rang aantal: place
check:
  severity: fout
  denominator: ranglijst
  sentence: "{n} van {d} rijen van de ranglijst spreken zichzelf tegen"
  reason: the reason is what an analyst reads to a colleague; it has to be the one that was applied
*/
select rang
from ranglijst
where in_aanmerking <> (reden_niet = '')
  or (in_aanmerking and in_maatwerk and reden_niet like '%heeft_plan%')
  or domeinen < 0 or domeinen > 5 or voorzieningen < 0 or aanbieders < 0 or jaren_boven_drempel < 0 or jaren_boven_drempel > 3
  or (aandeel_zvw is null) <> (kosten_t0_ct <= 0)
  or zvw_gedekt not in ('ja', 'deels', 'nee', 'onbekend')
