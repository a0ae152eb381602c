/*
name: cocktail_dag
doc: >
  The 24 months to P of each candidate cut where anything about its ingredients changes, with the state of every ingredient
  in each piece: ja, nee (known absent) or onbekend (rules 39, 40). zwak_aanwezig: a signal below the minimum is there.
grain: [cocktail_id, huishouden, van, ingredient]
reads: [cocktail_kandidaat, cocktail_ingredient, signaal_keten, signaal_huishouden, ingredient_bekend, parameter]
columns:
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
  - van datum: first day
  - tot datum: day after the last
  - ingredient tekst: ingredient
  - voorwaarde vlag: must be there, never the missing one
  - status tekst: ja, nee or onbekend
  - sterk vlag: a strong signal is there
  - zwak_aanwezig vlag: only a signal below the minimum is there
*/
with

-- pieces of weak signals that a cocktail does not count, for the remark "(zwak aanwezig)"
onder_minimum as (
  select c.cocktail_id, s.huishouden, s.ingredient, s.van, s.tot
  from signaal_huishouden s
  join cocktail_ingredient c on c.ingredient = s.ingredient and c.minimum = 'sterk'
  where s.sterkte = 'zwak'
),

grenzen as (
  select k.cocktail_id, k.huishouden, p.signaal_van as dag from cocktail_kandidaat k cross join parameter p
  union
  select k.cocktail_id, k.huishouden, p.tot from cocktail_kandidaat k cross join parameter p
  union
  select cocktail_id, huishouden, van from signaal_keten
  union
  select cocktail_id, huishouden, tot from signaal_keten
  union
  select cocktail_id, huishouden, van from onder_minimum
  union
  select cocktail_id, huishouden, tot from onder_minimum
  union
  select c.cocktail_id, b.huishouden, b.van
  from ingredient_bekend b
  join cocktail_ingredient c on c.ingredient = b.ingredient
  union
  select c.cocktail_id, b.huishouden, b.tot
  from ingredient_bekend b
  join cocktail_ingredient c on c.ingredient = b.ingredient
),

binnen as (
  select g.cocktail_id, g.huishouden, g.dag
  from grenzen g
  join cocktail_kandidaat k on k.cocktail_id = g.cocktail_id and k.huishouden = g.huishouden
  cross join parameter p
  where g.dag >= p.signaal_van and g.dag <= p.tot
),

stukken as (
  select
    cocktail_id, huishouden, dag as van, lead(dag) over (partition by cocktail_id, huishouden order by dag) as tot
  from binnen
)

select
  s.cocktail_id, s.huishouden, s.van, s.tot, c.ingredient, c.voorwaarde,
  case when k.ingredient is not null then 'ja' when b.ingredient is not null then 'nee' else 'onbekend' end as status,
  st.ingredient is not null as sterk,
  k.ingredient is null and exists (
    select 1 from onder_minimum o
    where o.cocktail_id = s.cocktail_id and o.huishouden = s.huishouden and o.ingredient = c.ingredient
      and o.van <= s.van and s.van < o.tot) as zwak_aanwezig
from stukken s
join cocktail_ingredient c on c.cocktail_id = s.cocktail_id
left join signaal_keten k
  on k.cocktail_id = s.cocktail_id and k.huishouden = s.huishouden and k.ingredient = c.ingredient and not k.sterk
  and k.van <= s.van and s.van < k.tot
left join signaal_keten st
  on st.cocktail_id = s.cocktail_id and st.huishouden = s.huishouden and st.ingredient = c.ingredient and st.sterk
  and st.van <= s.van and s.van < st.tot
left join ingredient_bekend b
  on b.huishouden = s.huishouden and b.ingredient = c.ingredient and b.van <= s.van and s.van < b.tot
where s.tot is not null
