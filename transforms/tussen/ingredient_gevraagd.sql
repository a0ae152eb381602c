/*
name: ingredient_gevraagd
doc: >
  The ingredients that a cocktail asks, each with its bit. sterk: in some cocktail it matters that a signal is strong, because that is
  its minimum or because only two are counted (rules 40).
grain: [ingredient]
reads: [cocktail_ingredient, cocktail_masker]
columns:
  - ingredient tekst: ingredient
  - bit aantal: its bit
  - sterk vlag: chains of strong signals are needed
*/
with

cocktail_ingredient as (
  select * from cocktail_ingredient
),

cocktail_masker as (
  select * from cocktail_masker
),

gevraagd as (
  select
    c.ingredient, c.bit,
    max(case when not c.voorwaarde and (c.minimum = 'sterk' or m.paar) then 1 else 0 end) = 1 as sterk
  from cocktail_ingredient c
  join cocktail_masker m on m.cocktail_id = c.cocktail_id
  group by c.ingredient, c.bit
)

select * from gevraagd
