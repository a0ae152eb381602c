/*
name: lorenz
doc: >
  The concentration curve of the ranking: the dearest households, at most 136 points, with the share of the households and of
  the cost they are; negative totals as 0, as for Gini (rules 29). Points lie a thousandth of the households apart up to 2%, a
  two-hundredth up to 20%, a hundredth beyond: most of the cost is at the top, and the tops of concentratie are all points. The
  Lorenz curve is the same curve from the other end.
level: totaal
grain: [huishoudens]
reads: [rang]
columns:
  - huishoudens aantal: so many of the dearest households
  - aandeel_huishoudens aandeel: of all households, 0 to 1
  - aandeel_kosten aandeel?: of the cost, 0 to 1; empty when there is none
figures:
  aandeel_huishoudens: schatting, huishoudens gedeeld door alle huishoudens
  aandeel_kosten: schatting, hun kosten gedeeld door alle kosten; onder nul telt als nul
*/
with

rang as (
  select * from rang
),

positief as (
  select
    rang, count(*) over () as n, case when kosten_t0_ct > 0 then kosten_t0_ct else 0 end as ct
  from rang
),

opgeteld as (
  select
    rang, n, sum(ct) over (order by rang rows between unbounded preceding and current row) as ct, sum(ct) over () as totaal_ct
  from positief
),

-- a point is the first ceil(promille * n / 1000) households: the first rank that reaches another step of the grid
punten as (
  select
    rang as huishoudens, cast(rang as double) / nullif(n, 0) as aandeel_huishoudens,
    cast(ct as double) / nullif(totaal_ct, 0) as aandeel_kosten
  from opgeteld
  where (rang * 1000 <= 20 * n + 999 and rang * 1000 % nullif(n, 0) < 1000)
    or (rang * 1000 <= 200 * n + 999 and rang * 200 % nullif(n, 0) < 200)
    or rang * 100 % nullif(n, 0) < 100
)

select * from punten
