/*
name: ingredient_maand
doc: In which of the 24 months to P the absence of an ingredient that a cocktail asks would be known in a household (rules 39), as bits.
grain: [huishouden, ingredient]
reads: [ingredient_deel, parameter]
view: true
columns:
  - huishouden huishouden: household at P
  - ingredient tekst: ingredient
  - maanden aantal: months as bits of kalender
*/
with

ingredient_deel as (
  select * from ingredient_deel
),

parameter as (
  select * from parameter
),

bekend as (
  select d.huishouden, d.ingredient, bitwise_and(bitwise_and_agg(d.maanden), p.signaal_maanden) as maanden
  from ingredient_deel d
  cross join parameter p
  group by d.huishouden, d.ingredient, d.nodig, p.signaal_maanden
  having count(*) = d.nodig
)

select * from bekend
