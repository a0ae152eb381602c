/*
name: concentratie
doc: >
  How much of the ranking's cost the costliest households take: top x% is the first ceil(x% of n) rows; Gini with denominator
  n, negative totals as 0 (methods 4, rules 29). negatief counts those households, in waarde.
level: totaal
grain: [maat]
reads: [rang]
columns:
  - maat tekst: top_0.1, top_1, top_5, top_10, gini or negatief
  - waarde getal?: share of total cost, or the coefficient; for negatief a number of households; empty for a share of nothing
needs:
  waarde: +gedeclareerd
figures:
  waarde: schatting, kosten van de duurste huishoudens gedeeld door de kosten van allemaal, of de Gini-coefficient daarvan
  "waarde@negatief": schatting, huishoudens van de ranglijst met kosten onder nul
*/
with

rang as (
  select * from rang
),

totaal as (
  select
    count(*) as n, sum(kosten_t0_ct) as ct, sum(case when kosten_t0_ct > 0 then kosten_t0_ct else 0 end) as positief_ct,
    coalesce(sum(case when kosten_t0_ct < 0 then 1 else 0 end), 0) as negatief
  from rang
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

-- rank i of n belongs to the top when (i - 1) * 1000 < promille * n: the first ceil(promille * n / 1000) rows
aandeel as (
  select t.maat, sum(r.kosten_t0_ct) as ct
  from top t
  cross join totaal n
  left join rang r on (r.rang - 1) * 1000 < t.promille * n.n
  group by t.maat
),

-- sum over i of (2 i - n - 1) x_i with x ascending; ranks run descending, so i = n + 1 - rang
gini as (
  select sum(cast(n.n + 1 - 2 * r.rang as decimal(38, 0)) * case when r.kosten_t0_ct > 0 then r.kosten_t0_ct else 0 end) as som
  from rang r
  cross join totaal n
),

-- by way of its text: DuckDB's own cast of more than 64 bits is off by one in the last place now and then
maten as (
  select a.maat, cast(a.ct as double) / nullif(t.ct, 0) as waarde
  from aandeel a
  cross join totaal t
  union all
  select 'gini', cast(cast(g.som as varchar) as double) / nullif(cast(t.n as double) * t.positief_ct, 0)
  from gini g
  cross join totaal t
  union all
  select 'negatief', cast(t.negatief as double)
  from totaal t
)

select * from maten
