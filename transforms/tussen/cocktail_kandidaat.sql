/*
name: cocktail_kandidaat
doc: >
  Households that could have a cocktail in the 24 months to P: no voorwaarde is known to be absent all the time, and at most one counted
  ingredient is. The rest can't, and is left out before the days are cut up. All as bits of ingredients,
  so that a household is looked at once for all cocktails.
grain: [cocktail_id, huishouden]
reads: [huishouden_masker, cocktail_masker]
columns:
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
  - zwak aantal: ingredients of which the household has a weak signal, at whatever time
*/
with

huishouden_masker as (
  select * from huishouden_masker
),

cocktail_masker as (
  select * from cocktail_masker
),

mist as (
  select
    c.cocktail_id, m.huishouden, m.zwak,
    bitwise_and(bitwise_and(c.tellend, m.altijd_bekend), bitwise_not(bitwise_or(
      bitwise_and(m.te_zien, bitwise_not(c.alleen_sterk)), m.te_zien_sterk))) as altijd_afwezig
  from huishouden_masker m
  cross join cocktail_masker c
  where bitwise_and(c.voorwaarden, bitwise_and(m.altijd_bekend, bitwise_not(m.te_zien))) = 0
),

-- no more than one bit: taking the lowest away leaves nothing
kandidaten as (
  select cocktail_id, huishouden, zwak
  from mist
  where bitwise_and(altijd_afwezig, altijd_afwezig - 1) = 0
)

select * from kandidaten
