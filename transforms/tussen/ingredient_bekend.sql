/*
name: ingredient_bekend
doc: When the absence of an ingredient would be known in a household, as maximal intervals in the 24 months to P.
grain: [huishouden, ingredient, van]
reads: [ingredient_maand, maanden_interval]
columns:
  - huishouden huishouden: household at P
  - ingredient tekst: ingredient
  - van datum: first day
  - tot datum: day after the last
*/
select m.huishouden, m.ingredient, i.van, i.tot
from ingredient_maand m
join maanden_interval i on i.maanden = m.maanden
