/*
name: lorenz_loopt_op
doc: The concentration curve rises, ends at all households and all cost, and lies on or above the line of equal cost.
grain: [huishoudens]
reads: [lorenz, ranglijst]
columns:
  - huishoudens aantal: so many of the dearest households
check:
  severity: fout
  denominator: lorenz
  sentence: "{n} van {d} punten van de concentratiekromme kunnen niet"
  reason: the curve is drawn from these points and read as shares
*/
with

lorenz as (
  select * from lorenz
),

ranglijst as (
  select * from ranglijst
),

naast as (
  select
    *, lag(aandeel_kosten) over (order by huishoudens) as vorige,
    lead(huishoudens) over (order by huishoudens) as volgende
  from lorenz
),

aantal as (
  select count(*) as n from ranglijst
),

schending as (
  select p.huishoudens
  from naast p
  cross join aantal a
  where p.aandeel_kosten < p.vorige or p.aandeel_kosten > 1.000000001 or p.aandeel_kosten < p.aandeel_huishoudens - 0.000000001
    or (p.volgende is null and (p.huishoudens <> a.n or p.aandeel_huishoudens <> 1))
)

select * from schending
