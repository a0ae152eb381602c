/*
name: ingredient_maand
doc: >
  In which of the 24 months to P the absence of an ingredient would be known in a household (rules 39), as bits: where every
  kind of its dekking covers the household; always for kinderen; for geen_uitkering where its own status is known (a weak one
  is then a strong one known to be absent).
grain: [huishouden, ingredient]
reads: [ingredient, ingredient_dekking, ingredient_aantal, huishouden_dekking, geen_uitkering_stand, huishouden_stand, parameter]
columns:
  - huishouden huishouden: household at P
  - ingredient tekst: ingredient
  - maanden aantal: months as bits of kalender
*/
with

gedekt as (
  select d.huishouden, i.ingredient, bitwise_and_agg(d.maanden) as maanden
  from ingredient_dekking i
  join huishouden_dekking d on d.kind = i.kind
  join ingredient_aantal a on a.ingredient = i.ingredient
  group by d.huishouden, i.ingredient, a.kinds
  having count(*) = a.kinds
)

select g.huishouden, g.ingredient, bitwise_and(g.maanden, p.signaal_maanden) as maanden
from gedekt g
cross join parameter p
union all
select h.huishouden, i.ingredient, p.signaal_maanden
from huishouden_stand h
cross join parameter p
join ingredient i on i.bekend = 'altijd'
union all
select huishouden, 'geen_uitkering', bitwise_or(ja, nee)
from geen_uitkering_stand
