/*
name: cocktail_kandidaat
doc: >
  Households that could have a cocktail in the 24 months to P: every voorwaarde shows at some time, and at most one counted
  ingredient is known to be absent all the time. The rest can't, and is left out before the days are cut up.
grain: [cocktail_id, huishouden]
reads: [huishouden_stand, cocktail_ingredient, signaal_keten, ingredient_bekend, parameter]
columns:
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
*/
with

paren as (
  select c.cocktail_id, c.ingredient, c.voorwaarde, h.huishouden
  from cocktail_ingredient c
  cross join huishouden_stand h
),

te_zien as (
  select distinct k.cocktail_id, k.huishouden, k.ingredient
  from signaal_keten k
  cross join parameter p
  where not k.sterk and k.van < p.tot and k.tot > p.signaal_van
),

altijd_bekend as (
  select b.huishouden, b.ingredient
  from ingredient_bekend b
  cross join parameter p
  where b.van <= p.signaal_van and b.tot >= p.tot
)

select p.cocktail_id, p.huishouden
from paren p
left join te_zien t
  on t.cocktail_id = p.cocktail_id and t.huishouden = p.huishouden and t.ingredient = p.ingredient
left join altijd_bekend b on b.huishouden = p.huishouden and b.ingredient = p.ingredient
group by p.cocktail_id, p.huishouden
having sum(case when p.voorwaarde and t.ingredient is null then 1 else 0 end) = 0
  and sum(case when not p.voorwaarde and t.ingredient is null and b.ingredient is not null then 1 else 0 end) <= 1
