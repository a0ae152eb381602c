/*
name: huishouden_masker
doc: >
  What shows in each household, and what would be known to be absent, as bits of ingredients: in the 24 months to P as a whole, and on P
  itself (nu).
grain: [huishouden]
reads: [huishouden_stand, signaal_huishouden, huishouden_dekking, geen_uitkering_stand, ingredient, ingredient_dekking, kalender,
  parameter]
columns:
  - huishouden huishouden: household at P
  - getoond vlag: is shown
  - te_zien aantal: shows at some time of the 24 months
  - te_zien_sterk aantal: shows strongly
  - zwak aantal: of which there is a weak signal, at whatever time
  - altijd_bekend aantal: of which the absence would be known in all of the 24 months
  - nu_te_zien aantal: shows on P
  - nu_sterk aantal: shows strongly on P
  - nu_bekend aantal: of which the absence on P would be known
*/
with

huishouden_stand as (
  select * from huishouden_stand
),

signaal_huishouden as (
  select * from signaal_huishouden
),

huishouden_dekking as (
  select * from huishouden_dekking
),

geen_uitkering_stand as (
  select * from geen_uitkering_stand
),

ingredient as (
  select * from ingredient
),

ingredient_dekking as (
  select * from ingredient_dekking
),

kalender as (
  select * from kalender
),

parameter as (
  select * from parameter
),

gezien as (
  select
    s.huishouden,
    bitwise_or_agg(case when s.van < p.tot and s.tot > p.signaal_van then i.bit else cast(0 as bigint) end) as te_zien,
    bitwise_or_agg(case when s.van < p.tot and s.tot > p.signaal_van and s.sterkte = 'sterk' then i.bit else cast(0 as bigint) end)
      as te_zien_sterk,
    bitwise_or_agg(case when s.sterkte = 'zwak' then i.bit else cast(0 as bigint) end) as zwak,
    bitwise_or_agg(case when s.van < p.tot and s.tot >= p.tot then i.bit else cast(0 as bigint) end) as nu_te_zien,
    bitwise_or_agg(case when s.van < p.tot and s.tot >= p.tot and s.sterkte = 'sterk' then i.bit else cast(0 as bigint) end) as nu_sterk
  from signaal_huishouden s
  join ingredient i on i.ingredient = s.ingredient
  cross join parameter p
  group by s.huishouden
),

-- a kind that misses a month of a household hides every ingredient that needs it
kinds as (
  select d.kind, bitwise_or_agg(i.bit) as bits
  from ingredient_dekking d
  join ingredient i on i.ingredient = d.ingredient
  group by d.kind
),

peilmaand as (
  select k.bit from kalender k join parameter p on p.peilmaand = k.maand
),

gedekt as (
  select
    d.huishouden, bitwise_or_agg(k.bits) as bits,
    bitwise_or_agg(case
      when bitwise_and(d.maanden, p.signaal_maanden) = p.signaal_maanden then cast(0 as bigint) else k.bits end) as gaten,
    bitwise_or_agg(case when bitwise_and(d.maanden, m.bit) <> 0 then cast(0 as bigint) else k.bits end) as nu_gaten
  from huishouden_dekking d
  join kinds k on k.kind = d.kind
  cross join parameter p
  cross join peilmaand m
  group by d.huishouden
),

-- those that no kind covers: always known, or known by their own status
vast as (
  select
    coalesce(bitwise_or_agg(case when bekend = 'altijd' then bit end), cast(0 as bigint)) as altijd,
    coalesce(bitwise_or_agg(case when bekend = 'query' then bit end), cast(0 as bigint)) as navraag
  from ingredient
),

maskers as (
  select
    h.huishouden, h.getoond, coalesce(g.te_zien, cast(0 as bigint)) as te_zien,
    coalesce(g.te_zien_sterk, cast(0 as bigint)) as te_zien_sterk,
    coalesce(g.zwak, cast(0 as bigint)) as zwak,
    bitwise_or(
      bitwise_or(v.altijd, coalesce(bitwise_and(d.bits, bitwise_not(d.gaten)), cast(0 as bigint))),
      case when bitwise_or(u.ja, u.nee) = p.signaal_maanden then v.navraag else cast(0 as bigint) end) as altijd_bekend,
    coalesce(g.nu_te_zien, cast(0 as bigint)) as nu_te_zien, coalesce(g.nu_sterk, cast(0 as bigint)) as nu_sterk,
    bitwise_or(
      bitwise_or(v.altijd, coalesce(bitwise_and(d.bits, bitwise_not(d.nu_gaten)), cast(0 as bigint))),
      case when bitwise_and(bitwise_or(u.ja, u.nee), m.bit) <> 0 then v.navraag else cast(0 as bigint) end) as nu_bekend
  from huishouden_stand h
  cross join vast v
  cross join parameter p
  cross join peilmaand m
  left join gezien g on g.huishouden = h.huishouden
  left join gedekt d on d.huishouden = h.huishouden
  left join geen_uitkering_stand u on u.huishouden = h.huishouden
)

select * from maskers
