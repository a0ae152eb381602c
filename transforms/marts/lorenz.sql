/*
name: lorenz
doc: >
  The concentration curve of the ranking: the dearest households, at most two hundred points, with the share of the households
  and of the cost they are; negative totals as 0, as for Gini (rules 29). The Lorenz curve is the same curve from the other end.
level: totaal
grain: [huishoudens]
reads: [rang]
columns:
  - huishoudens aantal: so many of the dearest households
  - aandeel_huishoudens aandeel: of all households, 0 to 1
  - aandeel_kosten aandeel: of the cost, 0 to 1
*/
with

positief as (
  select
    rang, count(*) over () as n, case when kosten_t0_ct > 0 then kosten_t0_ct else 0 end as ct
  from rang
),

opgeteld as (
  select
    rang, n, sum(ct) over (order by rang rows between unbounded preceding and current row) as ct, sum(ct) over () as totaal_ct
  from positief
)

-- a point wherever the share of the households passes another two-hundredth
select
  rang as huishoudens, cast(rang as double) / nullif(n, 0) as aandeel_huishoudens,
  cast(ct as double) / nullif(totaal_ct, 0) as aandeel_kosten
from opgeteld
where rang * 200 % n < 200
