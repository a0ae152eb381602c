/*
name: verwacht_uit_cel
doc: A household of the ranking has the expected cost of a cell, or none has one.
grain: [rang]
reads: [ranglijst, verwacht_cel]
columns:
  - rang aantal: place
check:
  severity: fout
  denominator: ranglijst
  sentence: "{n} van {d} huishoudens hebben een verwachting die in geen cel staat, of geen terwijl er cellen zijn"
  reason: an expected amount that cannot be pointed out in the table of cells cannot be explained
*/
with

ranglijst as (
  select * from ranglijst
),

verwacht_cel as (
  select * from verwacht_cel
),

bedrag as (
  select distinct verwacht_ct from verwacht_cel
),

schending as (
  select r.rang
  from ranglijst r
  left join bedrag b on b.verwacht_ct = r.verwacht_volgend_jaar_ct
  where b.verwacht_ct is null and (r.verwacht_volgend_jaar_ct is not null or exists (select 1 from verwacht_cel))
)

select * from schending
