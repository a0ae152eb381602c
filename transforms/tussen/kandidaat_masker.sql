/*
name: kandidaat_masker
doc: Households that could have a cocktail, with the ingredients these ask, as bits.
grain: [huishouden]
reads: [cocktail_kandidaat, cocktail_masker]
columns:
  - huishouden huishouden: household at P
  - alle aantal: ingredients that its cocktails ask
  - zwak aantal: ingredients with a weak signal, at whatever time
*/
with

cocktail_kandidaat as (
  select * from cocktail_kandidaat
),

cocktail_masker as (
  select * from cocktail_masker
),

maskers as (
  select k.huishouden, bitwise_or_agg(c.alle) as alle, min(k.zwak) as zwak
  from cocktail_kandidaat k
  join cocktail_masker c on c.cocktail_id = k.cocktail_id
  group by k.huishouden
)

select * from maskers
