/*
name: ingredient_bekend
doc: >
  When the absence of an ingredient would be known in a household (rules 39), as maximal intervals of months in the 24 to P:
  where every kind of its dekking covers the household; always for kinderen; for geen_uitkering where its own status is known
  (a weak one is then a strong one known to be absent).
grain: [huishouden, ingredient, van]
reads: [ingredient, ingredient_dekking, ingredient_aantal, huishouden_dekking, geen_uitkering_maand, huishouden_stand, kalender, parameter]
columns:
  - huishouden huishouden: household at P
  - ingredient tekst: ingredient
  - van datum: first day
  - tot datum: day after the last
*/
with

maanden as (
  select
    k.maand, k.tot, row_number() over (order by k.maand) as volgnr
  from kalender k
  cross join parameter p
  where k.maand >= p.signaal_van
),

bekend as (
  select d.huishouden, i.ingredient, d.maand
  from ingredient_dekking i
  join huishouden_dekking d on d.kind = i.kind and d.gedekt
  join ingredient_aantal a on a.ingredient = i.ingredient
  group by d.huishouden, i.ingredient, d.maand, a.kinds
  having count(*) = a.kinds
  union all
  select h.huishouden, i.ingredient, m.maand
  from huishouden_stand h
  cross join maanden m
  join ingredient i on i.bekend = 'altijd'
  union all
  select huishouden, 'geen_uitkering', maand
  from geen_uitkering_maand
  where status <> 'onbekend'
),

eilanden as (
  select
    b.huishouden, b.ingredient, m.maand, m.tot,
    m.volgnr - row_number() over (partition by b.huishouden, b.ingredient order by m.maand) as eiland
  from bekend b
  join maanden m on m.maand = b.maand
)

select huishouden, ingredient, min(maand) as van, max(tot) as tot
from eilanden
group by huishouden, ingredient, eiland
