/*
name: eerlijkheid_telt_op
doc: >
  Every way of looking at the selection counts the households of the ranking once, those in aanmerking and the first N of them among them, and the
  back-test is that of the bands.
grain: [kenmerk]
reads: [eerlijkheid, ranglijst, ijking, parameter]
columns:
  - kenmerk tekst: way of looking
check:
  severity: fout
  denominator: eerlijkheid
  sentence: "bij {n} kenmerken tellen de groepen niet op tot de ranglijst of de terugtoets ({d} groepen)"
  reason: a household left out of its group is a household nobody asks about
*/
with

eerlijkheid as (
  select * from eerlijkheid
),

ranglijst as (
  select * from ranglijst
),

ijking as (
  select * from ijking
),

parameter as (
  select * from parameter
),

groep as (
  select
    kenmerk, sum(huishoudens) as n, sum(in_aanmerking) as ja, sum(geselecteerd) as eerste, sum(getoetst) as getoetst, sum(verwacht_ct) as verwacht_ct,
    sum(werkelijk_ct) as werkelijk_ct
  from eerlijkheid
  group by kenmerk
),

lijst as (
  select count(*) as n, coalesce(sum(case when in_aanmerking then 1 else 0 end), 0) as ja from ranglijst
),

toets as (
  select coalesce(sum(n), 0) as n, coalesce(sum(verwacht_ct), 0) as verwacht_ct, coalesce(sum(werkelijk_ct), 0) as werkelijk_ct from ijking
),

gedekt as (
  select count(*) as n from ranglijst where verwacht_volgend_jaar_ct is not null
),

eersten as (
  select case when l.ja < p.selectie_aantal then l.ja else p.selectie_aantal end as n
  from lijst l
  cross join parameter p
),

-- without a covered T0 the households of the ranking have no groups
schending as (
  select g.kenmerk
  from groep g
  cross join lijst l
  cross join toets t
  cross join gedekt d
  cross join eersten e
  where (d.n > 0 and (g.n <> l.n or g.ja <> l.ja or g.eerste <> e.n))
    or g.getoetst <> t.n or g.verwacht_ct <> t.verwacht_ct or g.werkelijk_ct <> t.werkelijk_ct
)

select * from schending
