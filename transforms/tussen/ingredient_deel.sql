/*
name: ingredient_deel
doc: >
  What it takes to know that an ingredient a cocktail asks is absent (rules 39): per household and ingredient a row for each kind of
  its dekking, of which all have to cover the month; one for kinderen, always known; and one for geen_uitkering, whose own status
  tells (a weak one is then a strong one known to be absent).
grain: [huishouden, ingredient, kind]
reads: [ingredient_gevraagd, ingredient, ingredient_dekking, ingredient_aantal, huishouden_dekking, geen_uitkering_stand, huishouden_stand,
  parameter]
view: true
columns:
  - huishouden huishouden: household at P
  - ingredient tekst: ingredient
  - kind tekst: kind of extract; empty where it takes none
  - bit aantal: bit of the ingredient
  - nodig aantal: how many rows it takes
  - maanden aantal: months covered, as bits of kalender
*/
with

ingredient_gevraagd as (
  select * from ingredient_gevraagd
),

ingredient as (
  select * from ingredient
),

ingredient_dekking as (
  select * from ingredient_dekking
),

ingredient_aantal as (
  select * from ingredient_aantal
),

huishouden_dekking as (
  select * from huishouden_dekking
),

geen_uitkering_stand as (
  select * from geen_uitkering_stand
),

huishouden_stand as (
  select * from huishouden_stand
),

parameter as (
  select * from parameter
),

per_kind as (
  select d.huishouden, i.ingredient, i.kind, g.bit, a.kinds as nodig, d.maanden
  from ingredient_dekking i
  join ingredient_gevraagd g on g.ingredient = i.ingredient
  join ingredient_aantal a on a.ingredient = i.ingredient
  join huishouden_dekking d on d.kind = i.kind
),

altijd as (
  select h.huishouden, i.ingredient, '' as kind, g.bit, cast(1 as bigint) as nodig, p.signaal_maanden as maanden
  from huishouden_stand h
  cross join parameter p
  join ingredient i on i.bekend = 'altijd'
  join ingredient_gevraagd g on g.ingredient = i.ingredient
),

navraag as (
  select s.huishouden, g.ingredient, '' as kind, g.bit, cast(1 as bigint) as nodig, bitwise_or(s.ja, s.nee) as maanden
  from geen_uitkering_stand s
  join ingredient_gevraagd g on g.ingredient = 'geen_uitkering'
),

delen as (
  select * from per_kind
  union all
  select * from altijd
  union all
  select * from navraag
)

select * from delen
