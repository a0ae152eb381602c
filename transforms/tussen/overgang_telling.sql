/*
name: overgang_telling
doc: >
  Households in which two ingredients have shown, by how many days the second came after the first (methods 6). An order counts where both
  would have been seen, or known to be absent, from 12 months before the first to the second, and so had not shown in those 12 months.
grain: [van_ingredient, naar_ingredient, dagen]
reads: [overgang_paar]
columns:
  - van_ingredient tekst: what showed first
  - naar_ingredient tekst: what showed next
  - dagen aantal: days from one to the other; 0 on one day, -1 where the order does not count, both in either direction
  - huishoudens aantal: households
  - leden aantal: "sum of their keys, the rest of it by 2^62, which tells one set of households from another"
*/
with

overgang_paar as (
  select * from overgang_paar
),

-- what does not count has no direction; on one day the pair is there in both already
beide as (
  select van_ingredient, naar_ingredient, dagen, huishouden from overgang_paar
  union all
  select naar_ingredient, van_ingredient, dagen, huishouden from overgang_paar where dagen = -1 and not gelijk
),

tellingen as (
  select
    van_ingredient, naar_ingredient, dagen, count(*) as huishoudens,
    cast(sum(cast(huishouden as decimal(38, 0))) % 4611686018427387904 as bigint) as leden
  from beide
  group by van_ingredient, naar_ingredient, dagen
)

select * from tellingen
