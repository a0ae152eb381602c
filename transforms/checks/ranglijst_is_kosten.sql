/*
name: ranglijst_is_kosten
doc: Per window the ranking's declared cost is that of the mart kosten without onbekend.
grain: [venster]
reads: [ranglijst, kosten]
columns:
  - venster tekst: T0, T1 or T2
check:
  severity: fout
  denominator: kosten
  sentence: "in {n} vensters is de som van de ranglijst niet die van de kosten ({d} kostenrijen)"
  reason: two marts that name the same euros have to agree to the cent
*/
with

ranglijst as (
  select * from ranglijst
),

kosten as (
  select * from kosten
),

lijst as (
  select 'T0' as venster, sum(kosten_t0_ct) as ct from ranglijst
  union all
  select 'T1', sum(kosten_t1_ct) from ranglijst
  union all
  select 'T2', sum(kosten_t2_ct) from ranglijst
),

mart as (
  select venster, sum(bedrag_ct) as ct
  from kosten
  where grondslag = 'gedeclareerd' and huishouden_id <> 'onbekend'
  group by venster
),

schending as (
  select l.venster
  from lijst l
  left join mart m on m.venster = l.venster
  where coalesce(l.ct, 0) <> coalesce(m.ct, 0)
)

select * from schending
