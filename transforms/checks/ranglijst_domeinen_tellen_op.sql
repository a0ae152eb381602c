/*
name: ranglijst_domeinen_tellen_op
doc: Cost in T0 is the sum of the four domeinen that declare.
grain: [rang]
reads: [ranglijst]
columns:
  - rang aantal: place
check:
  severity: fout
  denominator: ranglijst
  sentence: "bij {n} van {d} huishoudens zijn de kosten niet de som van de domeinen"
  reason: a domein that is in the total but in no column would be invisible
*/
with

ranglijst as (
  select * from ranglijst
),

schending as (
  select rang
  from ranglijst
  where kosten_t0_ct <> kosten_wmo_ct + kosten_jeugd_ct + kosten_participatie_ct + kosten_zvw_ct
    or geprijsd_t0_ct <> geprijsd_schuldhulp_ct
)

select * from schending
