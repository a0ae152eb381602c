/*
name: overgang_telling
doc: >
  Households in which two ingredients have shown, by how many days the second came after the first (methods 6). An order counts where both
  would have been seen, or known to be absent, from 12 months before the first to the second, and so had not shown in those 12 months.
grain: [van_ingredient, naar_ingredient, dagen]
reads: [eerste_signaal, maand_bereik, ingredient]
columns:
  - van_ingredient tekst: what showed first
  - naar_ingredient tekst: what showed next
  - dagen aantal: days from one to the other; 0 on one day, -1 where the order does not count, both in either direction
  - huishoudens aantal: households
  - leden aantal: "sum of their keys, the rest of it by 2^62, which tells one set of households from another"
*/
with

eerste_signaal as (
  select * from eerste_signaal
),

maand_bereik as (
  select * from maand_bereik
),

ingredient as (
  select * from ingredient
),

eerste as (
  select
    e.huishouden, e.ingredient, case when i.minimum = 'sterk' then e.sterk_van else e.van end as van, e.maanden
  from eerste_signaal e
  join ingredient i on i.ingredient = e.ingredient
  where i.minimum <> 'sterk' or e.sterk_van is not null
),

dagen as (
  select huishouden, ingredient, van, cast(date_trunc('month', van) as date) as maand, maanden from eerste
),

paren as (
  select
    a.ingredient as van_ingredient, b.ingredient as naar_ingredient,
    case
      when bitwise_and(bitwise_and(a.maanden, b.maanden), r.maanden) = r.maanden then date_diff('day', a.van, b.van)
      else cast(-1 as bigint)
    end as dagen,
    a.van = b.van as gelijk, a.huishouden
  from dagen a
  join dagen b on b.huishouden = a.huishouden and b.ingredient <> a.ingredient and b.van >= a.van
  left join maand_bereik r on r.van_maand = a.maand and r.tot_maand = b.maand
),

-- what does not count has no direction; on one day the pair is there in both already
beide as (
  select van_ingredient, naar_ingredient, dagen, huishouden from paren
  union all
  select naar_ingredient, van_ingredient, dagen, huishouden from paren where dagen = -1 and not gelijk
),

tellingen as (
  select
    van_ingredient, naar_ingredient, dagen, count(*) as huishoudens,
    cast(sum(cast(huishouden as decimal(38, 0))) % 4611686018427387904 as bigint) as leden
  from beide
  group by van_ingredient, naar_ingredient, dagen
)

select * from tellingen
