/*
name: concentratie_is_ranglijst
doc: >
  The six measures of concentration are there and are those of the mart ranglijst (rules 29): the shares of the first rows, the
  number of households below 0, and Gini from 0 to 1.
grain: [maat]
reads: [concentratie, ranglijst]
columns:
  - maat tekst: measure
check:
  severity: fout
  denominator: concentratie
  sentence: "{n} van {d} maten van concentratie zijn niet die van de ranglijst"
  reason: a share of the cost has to be that of the rows it is about
*/
with

concentratie as (
  select * from concentratie
),

ranglijst as (
  select * from ranglijst
),

totaal as (
  select
    count(*) as n, sum(kosten_t0_ct) as ct, coalesce(sum(case when kosten_t0_ct < 0 then 1 else 0 end), 0) as negatief
  from ranglijst
),

top as (
  select 'top_0.1' as maat, cast(1 as bigint) as promille
  union all
  select 'top_1', cast(10 as bigint)
  union all
  select 'top_5', cast(50 as bigint)
  union all
  select 'top_10', cast(100 as bigint)
),

-- the first ceil(promille * n / 1000) rows
aandeel as (
  select t.maat, sum(r.kosten_t0_ct) as ct
  from top t
  cross join totaal n
  left join ranglijst r on r.rang * 1000 < t.promille * n.n + 1000
  group by t.maat
),

hoort as (
  select a.maat, cast(a.ct as double) / nullif(t.ct, 0) as waarde
  from aandeel a
  cross join totaal t
  union all
  select 'negatief', cast(negatief as double) from totaal
),

schending as (
  select coalesce(h.maat, c.maat) as maat
  from hoort h
  full outer join concentratie c on c.maat = h.maat
  where coalesce(c.maat, '') <> 'gini'
    and (h.maat is null or c.maat is null or (h.waarde is null) <> (c.waarde is null) or coalesce(h.waarde <> c.waarde, false))
  union all
  select maat from concentratie where maat = 'gini' and (waarde < 0 or waarde > 1)
  union all
  select 'gini' from totaal where not exists (select 1 from concentratie where maat = 'gini')
)

select * from schending
