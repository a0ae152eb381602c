/*
name: effect_ingredient
doc: >
  How many different ingredients show in the households of effect_vorm on their day (methods 7): of the persons who form it, or of the household as a
  whole, from the strength at which patterns count them (decisions 0036). That there are children is none.
grain: [maand, huishouden]
reads: [signaal_bron, effect_vorm, effect_vorm_lid, ingredient]
columns:
  - maand maand: the day
  - huishouden huishouden: household of that day
  - ingredienten aantal: how many, 1 or more
*/
with

signaal_bron as (
  select * from signaal_bron
),

effect_vorm as (
  select * from effect_vorm
),

effect_vorm_lid as (
  select * from effect_vorm_lid
),

ingredient as (
  select * from ingredient
),

signalen as (
  select s.persoon, s.huishouden, s.ingredient, s.van, s.tot
  from signaal_bron s
  join ingredient i on i.ingredient = s.ingredient
  where s.ingredient <> 'kinderen' and (s.sterkte = 'sterk' or i.minimum <> 'sterk') and s.van < s.tot
),

van_huishouden as (
  select l.maand as vorm, l.huishouden, s.ingredient, s.van, s.tot
  from effect_vorm_lid l
  join signalen s on s.persoon = l.persoon and s.huishouden is null
  union all
  select v.vorm, v.huishouden, s.ingredient, s.van, s.tot
  from effect_vorm v
  join signalen s on s.huishouden = v.huishouden
  where v.vorm = v.maand
),

op_de_dag as (
  select distinct v.maand, v.huishouden, s.ingredient
  from effect_vorm v
  join van_huishouden s on s.vorm = v.vorm and s.huishouden = v.huishouden and s.van <= v.maand and s.tot > v.maand
),

aantallen as (
  select maand, huishouden, count(*) as ingredienten from op_de_dag group by maand, huishouden
)

select * from aantallen
