/*
name: pad_telling
doc: Households by the path they took to a cocktail, step and days.
grain: [cocktail_id, pad, stap, van_ingredient, naar_ingredient, dagen]
reads: [pad_huishouden]
columns:
  - from pad_huishouden: cocktail_id, pad, stap, van_ingredient, naar_ingredient
  - dagen aantal: days; -1 for al_vol and onbekend
  - huishoudens aantal: households
  - leden aantal: "sum of their keys, the rest of it by 2^62, which tells one set of households from another"
*/
with

pad_huishouden as (
  select * from pad_huishouden
),

tellingen as (
  select
    cocktail_id, pad, stap, van_ingredient, naar_ingredient, coalesce(dagen, cast(-1 as bigint)) as dagen, count(*) as huishoudens,
    cast(sum(cast(huishouden as decimal(38, 0))) % 4611686018427387904 as bigint) as leden
  from pad_huishouden
  group by cocktail_id, pad, stap, van_ingredient, naar_ingredient, coalesce(dagen, cast(-1 as bigint))
)

select * from tellingen
