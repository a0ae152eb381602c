/*
name: kandidaat_maand
doc: >
  The months of ingredient_maand, for households that could have a cocktail and the ingredients these ask: few of all households, which
  are left out before anything is added up.
grain: [huishouden, bit]
reads: [ingredient_deel, kandidaat_masker, parameter]
columns:
  - huishouden huishouden: household at P
  - bit aantal: bit of the ingredient
  - maanden aantal: months as bits of kalender
*/
with

ingredient_deel as (
  select * from ingredient_deel
),

kandidaat_masker as (
  select * from kandidaat_masker
),

parameter as (
  select * from parameter
),

bekend as (
  select d.huishouden, d.bit, bitwise_and(bitwise_and_agg(d.maanden), p.signaal_maanden) as maanden
  from ingredient_deel d
  join kandidaat_masker k on k.huishouden = d.huishouden and bitwise_and(d.bit, k.alle) <> 0
  cross join parameter p
  group by d.huishouden, d.bit, d.nodig, p.signaal_maanden
  having count(*) = d.nodig
)

select * from bekend
