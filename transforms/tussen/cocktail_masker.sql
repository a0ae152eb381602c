/*
name: cocktail_masker
doc: What each cocktail asks, as bits of ingredients, so that the state of a household on a day is compared in one go.
grain: [cocktail_id]
reads: [cocktail_ingredient]
columns:
  - cocktail_id tekst: cocktail
  - voorwaarden aantal: bits that must be there
  - tellend aantal: bits of the counted ingredients
  - alleen_sterk aantal: of which only strong signals count
  - alle aantal: both together
  - paar vlag: only two are counted, of which the present one must be strong to be dreigend (rules 40)
*/
with

cocktail_ingredient as (
  select * from cocktail_ingredient
),

maskers as (
  select
    cocktail_id,
    bitwise_or_agg(case when voorwaarde then bit else cast(0 as bigint) end) as voorwaarden,
    bitwise_or_agg(case when voorwaarde then cast(0 as bigint) else bit end) as tellend,
    bitwise_or_agg(case when minimum = 'sterk' then bit else cast(0 as bigint) end) as alleen_sterk,
    bitwise_or_agg(bit) as alle,
    sum(case when voorwaarde then 0 else 1 end) = 2 as paar
  from cocktail_ingredient
  group by cocktail_id
)

select * from maskers
