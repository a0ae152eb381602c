/*
name: concentratie_bereik
doc: A larger top has no smaller share of the cost than a smaller one, unless half of the households are below nothing, and Gini lies from 0 to 1.
grain: [maat]
reads: [concentratie, ranglijst]
columns:
  - maat tekst: measure
check:
  severity: fout
  denominator: concentratie
  sentence: "{n} van {d} maten van concentratie kunnen niet"
  reason: a share that falls when the group grows is a mistake in the order
*/
with

top as (
  select
    max(case when maat = 'top_0.1' then waarde end) as a, max(case when maat = 'top_1' then waarde end) as b,
    max(case when maat = 'top_5' then waarde end) as c, max(case when maat = 'top_10' then waarde end) as d,
    max(case when maat = 'negatief' then waarde end) as negatief
  from concentratie
),

aantal as (
  select count(*) as n from ranglijst
)

select c.maat
from concentratie c
cross join top t
cross join aantal a
where (c.maat = 'gini' and (c.waarde < 0 or c.waarde > 1))
  or (c.maat = 'top_1' and t.negatief * 2 < a.n and t.b < t.a)
  or (c.maat = 'top_5' and t.negatief * 2 < a.n and t.c < t.b)
  or (c.maat = 'top_10' and ((t.negatief * 2 < a.n and t.d < t.c) or (t.negatief = 0 and t.d > 1.000000001)))
