/*
name: cel_kosten
doc: >
  What households with a cocktail vol at P cost, and all households, as disclosure control judges amounts (methods 9): with the two that
  weigh most. Of all households there is a row without a cocktail.
grain: [cocktail_id, gemeentecode]
reads: [cocktail_vol, huishouden_stand, rang_kosten]
columns:
  - cocktail_id tekst: cocktail that is vol; empty text for all households
  - gemeentecode gemeente: gemeente at P
  - huishoudens aantal: households
  - leden aantal: "sum of their keys, the rest of it by 2^62, which tells one set of households from another"
  - kosten_ct ct: declared cost in T0
  - absoluut_ct ct: the same, each household as a positive amount
  - grootste_ct ct: the largest of these
  - tweede_ct ct: the second largest
*/
with

cocktail_vol as (
  select * from cocktail_vol
),

huishouden_stand as (
  select * from huishouden_stand
),

rang_kosten as (
  select * from rang_kosten
),

alle as (
  select '' as cocktail_id, h.gemeentecode, h.huishouden, coalesce(k.t0_ct, 0) as kosten_ct
  from huishouden_stand h
  left join rang_kosten k on k.huishouden = h.huishouden
  where h.getoond
  union all
  select v.cocktail_id, h.gemeentecode, v.huishouden, v.kosten_t0_ct
  from cocktail_vol v
  join huishouden_stand h on h.huishouden = v.huishouden
),

sommen as (
  select
    cocktail_id, gemeentecode, count(*) as huishoudens, sum(cast(huishouden as decimal(38, 0))) as leden,
    cast(sum(kosten_ct) as bigint) as kosten_ct, cast(sum(abs(kosten_ct)) as bigint) as absoluut_ct, max(abs(kosten_ct)) as grootste_ct
  from alle
  group by cocktail_id, gemeentecode
),

-- the second is the largest of the rest, or equal to the first when that is there twice
naast as (
  select
    a.cocktail_id, a.gemeentecode, max(case when abs(a.kosten_ct) < s.grootste_ct then abs(a.kosten_ct) end) as kleiner_ct,
    sum(case when abs(a.kosten_ct) = s.grootste_ct then 1 else 0 end) as zo_groot
  from alle a
  join sommen s on s.cocktail_id = a.cocktail_id and s.gemeentecode = a.gemeentecode
  group by a.cocktail_id, a.gemeentecode
),

cellen as (
  select
    s.cocktail_id, s.gemeentecode, s.huishoudens, cast(s.leden % 4611686018427387904 as bigint) as leden, s.kosten_ct, s.absoluut_ct, s.grootste_ct,
    case when n.zo_groot > 1 then s.grootste_ct else coalesce(n.kleiner_ct, 0) end as tweede_ct
  from sommen s
  join naast n on n.cocktail_id = s.cocktail_id and n.gemeentecode = s.gemeentecode
)

select * from cellen
