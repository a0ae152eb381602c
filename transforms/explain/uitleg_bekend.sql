/*
name: uitleg_bekend
doc: In which of the 24 months to P the absence of an ingredient would be known in the household that is explained.
grain: [ingredient]
reads: [eigen_huishouden, ingredient_maand]
columns:
  - ingredient tekst: ingredient
  - maanden aantal: months as bits of kalender
*/
with

eigen_huishouden as (
  select * from eigen_huishouden
),

ingredient_maand as (
  select * from ingredient_maand
),

bekend as (
  select m.ingredient, m.maanden
  from ingredient_maand m
  join eigen_huishouden e on e.huishouden = m.huishouden
)

select * from bekend
