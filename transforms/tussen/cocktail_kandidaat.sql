/*
name: cocktail_kandidaat
doc: >
  Households that could have a cocktail in the 24 months to P: every voorwaarde shows at some time, and at most one counted
  ingredient is known to be absent all the time. The rest can't, and is left out before the days are cut up. All as bits of ingredients,
  so that a household is looked at once for all cocktails.
grain: [cocktail_id, huishouden]
reads: [huishouden_stand, signaal_huishouden, huishouden_dekking, geen_uitkering_stand, ingredient_gevraagd, ingredient, ingredient_dekking,
  cocktail_masker, parameter]
columns:
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
  - zwak aantal: ingredients of which the household has a weak signal, at whatever time
*/
with

gezien as (
  select
    s.huishouden,
    bitwise_or_agg(case when s.van < p.tot and s.tot > p.signaal_van then i.bit else cast(0 as bigint) end) as te_zien,
    bitwise_or_agg(case when s.van < p.tot and s.tot > p.signaal_van and s.sterkte = 'sterk' then i.bit else cast(0 as bigint) end)
      as te_zien_sterk,
    bitwise_or_agg(case when s.sterkte = 'zwak' then i.bit else cast(0 as bigint) end) as zwak
  from signaal_huishouden s
  join ingredient_gevraagd i on i.ingredient = s.ingredient
  cross join parameter p
  group by s.huishouden
),

-- a kind that misses a month of a household hides every ingredient that needs it
kinds as (
  select d.kind, bitwise_or_agg(i.bit) as bits
  from ingredient_dekking d
  join ingredient_gevraagd i on i.ingredient = d.ingredient
  group by d.kind
),

gedekt as (
  select
    d.huishouden, bitwise_or_agg(k.bits) as bits,
    bitwise_or_agg(case
      when bitwise_and(d.maanden, p.signaal_maanden) = p.signaal_maanden then cast(0 as bigint) else k.bits end) as gaten
  from huishouden_dekking d
  join kinds k on k.kind = d.kind
  cross join parameter p
  group by d.huishouden
),

-- those that no kind covers: always known, or known by their own status
vast as (
  select
    coalesce(bitwise_or_agg(case when i.bekend = 'altijd' then g.bit end), cast(0 as bigint)) as altijd,
    coalesce(bitwise_or_agg(case when i.bekend = 'query' then g.bit end), cast(0 as bigint)) as navraag
  from ingredient_gevraagd g
  join ingredient i on i.ingredient = g.ingredient
),

-- what shows in the 24 months, and the absence of what would be known in all of them (as ingredient_deel says)
masker as (
  select
    h.huishouden, coalesce(g.te_zien, cast(0 as bigint)) as te_zien, coalesce(g.te_zien_sterk, cast(0 as bigint)) as te_zien_sterk,
    coalesce(g.zwak, cast(0 as bigint)) as zwak,
    bitwise_or(
      bitwise_or(v.altijd, coalesce(bitwise_and(d.bits, bitwise_not(d.gaten)), cast(0 as bigint))),
      case when bitwise_or(u.ja, u.nee) = p.signaal_maanden then v.navraag else cast(0 as bigint) end) as altijd_bekend
  from huishouden_stand h
  cross join vast v
  cross join parameter p
  left join gezien g on g.huishouden = h.huishouden
  left join gedekt d on d.huishouden = h.huishouden
  left join geen_uitkering_stand u on u.huishouden = h.huishouden
),

mist as (
  select
    c.cocktail_id, m.huishouden, m.zwak,
    bitwise_and(bitwise_and(c.tellend, m.altijd_bekend), bitwise_not(bitwise_or(
      bitwise_and(m.te_zien, bitwise_not(c.alleen_sterk)), m.te_zien_sterk))) as altijd_afwezig
  from masker m
  cross join cocktail_masker c
  where bitwise_and(m.te_zien, c.voorwaarden) = c.voorwaarden
)

-- no more than one bit: taking the lowest away leaves nothing
select cocktail_id, huishouden, zwak
from mist
where bitwise_and(altijd_afwezig, altijd_afwezig - 1) = 0
