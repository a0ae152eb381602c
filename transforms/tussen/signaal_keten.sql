/*
name: signaal_keten
doc: >
  Signals of one ingredient in a household that touch or overlap, as one (rules 41), per cocktail: only signals of the
  strength it asks. Also the chains of strong signals alone (sterk), for cocktails with two counted ingredients (rules 40).
grain: [cocktail_id, huishouden, ingredient, sterk, van]
reads: [signaal_huishouden, cocktail_ingredient]
columns:
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
  - ingredient tekst: ingredient
  - sterk vlag: chain of strong signals only
  - van datum: first day
  - tot datum: day after the last
*/
with

-- a union without all: two members with one period would give rows that no order tells apart
telt as (
  select c.cocktail_id, s.huishouden, s.ingredient, false as sterk, s.van, s.tot
  from signaal_huishouden s
  join cocktail_ingredient c on c.ingredient = s.ingredient
  where s.sterkte = 'sterk' or c.minimum = 'zwak'
  union
  select c.cocktail_id, s.huishouden, s.ingredient, true, s.van, s.tot
  from signaal_huishouden s
  join cocktail_ingredient c on c.ingredient = s.ingredient
  where s.sterkte = 'sterk' and not c.voorwaarde
),

-- a chain begins where no earlier signal reaches
gemerkt as (
  select
    *,
    max(tot) over (
      partition by cocktail_id, huishouden, ingredient, sterk order by van, tot
      rows between unbounded preceding and 1 preceding) as bereik
  from telt
),

genummerd as (
  select
    *,
    sum(case when bereik is null or van > bereik then 1 else 0 end) over (
      partition by cocktail_id, huishouden, ingredient, sterk order by van, tot
      rows between unbounded preceding and current row) as keten
  from gemerkt
)

select cocktail_id, huishouden, ingredient, sterk, min(van) as van, max(tot) as tot
from genummerd
group by cocktail_id, huishouden, ingredient, sterk, keten
