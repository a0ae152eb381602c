/*
name: concentratie_is_ranglijst
doc: >
  The six measures of concentration are there and are those of the households (rules 29). They are computed another way than in the mart:
  without ranks, from how many households of the marts huishouden and kosten have which cost. The dearest k households take of every
  cost, from high to low, as many as there is room for. Gini is the difference between every two households over twice the
  mean: each step from a cost to the next higher is a part of the difference between all below it and all above it.
grain: [maat]
reads: [concentratie, huishouden, kosten]
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

huishouden as (
  select * from huishouden
),

kosten as (
  select * from kosten
),

-- declared cost in T0, 0 for a household that has none
bedragen as (
  select h.huishouden_id, coalesce(sum(k.bedrag_ct), 0) as ct
  from huishouden h
  left join kosten k on k.huishouden_id = h.huishouden_id and k.venster = 'T0' and k.grondslag = 'gedeclareerd'
  group by h.huishouden_id
),

verdeling as (
  select ct, count(*) as n from bedragen group by ct
),

totaal as (
  select
    coalesce(sum(n), 0) as n, sum(cast(n as decimal(38, 0)) * ct) as ct,
    sum(case when ct > 0 then cast(n as decimal(38, 0)) * ct else 0 end) as positief_ct,
    coalesce(sum(case when ct < 0 then n else 0 end), 0) as negatief
  from verdeling
),

duurder as (
  select ct, n, sum(n) over (order by ct desc rows between unbounded preceding and current row) - n as duurder from verdeling
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

-- k, the first whole number at or above so many thousandths of the households
plaatsen as (
  select t.maat, deel(t.promille * n.n + 999, 1, 1000) as k
  from top t
  cross join totaal n
),

aandeel as (
  select p.maat, sum(cast(d.ct as decimal(38, 0)) * least(d.n, p.k - d.duurder)) as ct
  from plaatsen p
  left join duurder d on d.duurder < p.k
  group by p.maat
),

-- below 0 counts as 0
positief as (
  select case when ct > 0 then ct else 0 end as ct, sum(n) as n from verdeling group by case when ct > 0 then ct else 0 end
),

stappen as (
  select
    lead(ct) over (order by ct) - ct as stap,
    sum(n) over (order by ct rows between unbounded preceding and current row) as eronder
  from positief
),

verschillen as (
  select coalesce(sum(cast(s.eronder as decimal(38, 0)) * (n.n - s.eronder) * s.stap), 0) as som
  from stappen s
  cross join totaal n
),

hoort as (
  select a.maat, cast(a.ct as double) / nullif(t.ct, 0) as waarde
  from aandeel a
  cross join totaal t
  union all
  select 'gini', cast(cast(v.som as varchar) as double) / nullif(cast(t.n as double) * t.positief_ct, 0)
  from verschillen v
  cross join totaal t
  union all
  select 'negatief', cast(negatief as double) from totaal
),

schending as (
  select coalesce(h.maat, c.maat) as maat
  from hoort h
  full outer join concentratie c on c.maat = h.maat
  where h.maat is distinct from c.maat or h.waarde is distinct from c.waarde
)

select * from schending
