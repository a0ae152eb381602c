/*
name: overgang_paar
doc: >
  Households in which two ingredients have shown, the second on the day of the first or later (methods 6). An order counts where both would have been seen, or known
  to be absent, from 12 months before the first to the second, and so had not shown in those 12 months.
grain: [huishouden, van_ingredient, naar_ingredient]
reads: [eerste_signaal, maand_bereik, ingredient]
view: true
columns:
  - van_ingredient tekst: the first
  - naar_ingredient tekst: the second
  - dagen aantal: days between; -1 where the order does not count
  - gelijk vlag: both on one day
  - huishouden huishouden: household
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
)

select * from paren
