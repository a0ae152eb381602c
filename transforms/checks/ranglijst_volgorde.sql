/*
name: ranglijst_volgorde
doc: Ranks run from 1 without gaps, by cost in T0 from high to low and then by id.
grain: [rang]
reads: [ranglijst]
columns:
  - rang aantal: place
check:
  severity: fout
  denominator: ranglijst
  sentence: "{n} van {d} plaatsen op de ranglijst staan niet op volgorde"
  reason: a list that is ordered in two ways gives two selections
*/
with

ranglijst as (
  select * from ranglijst
),

naast as (
  select
    rang, huishouden_id, kosten_t0_ct,
    row_number() over (order by rang) as nr,
    lag(kosten_t0_ct) over (order by rang) as vorige_ct,
    lag(huishouden_id) over (order by rang) as vorige_id
  from ranglijst
),

schending as (
  select rang
  from naast
  where rang <> nr or kosten_t0_ct > vorige_ct or (kosten_t0_ct = vorige_ct and huishouden_id <= vorige_id)
)

select * from schending
