/*
name: patroon_groep
doc: >
  Households that are shown, by what shows at P and by what would be known to be absent: what patterns are counted of (methods 6). An
  ingredient shows from the strongest minimum that a cocktail asks of it.
grain: [typhh, grootte, te_zien, bekend]
reads: [huishouden_masker, huishouden_stand, rang_kosten, ingredient]
columns:
  - typhh tekst: type of household, CBS TYPHH; empty text without one
  - grootte aantal: members, 6 for more
  - te_zien aantal: ingredients that show, as bits
  - bekend aantal: ingredients of which the absence would be known
  - huishoudens aantal: households
  - kosten_t0_ct ct: their declared cost in T0
  - leden aantal: "sum of their keys, the rest of it by 2^62, which tells one set of households from another"
*/
with

huishouden_masker as (
  select * from huishouden_masker
),

huishouden_stand as (
  select * from huishouden_stand
),

rang_kosten as (
  select * from rang_kosten
),

ingredient as (
  select * from ingredient
),

alleen_sterk as (
  select coalesce(bitwise_or_agg(case when minimum = 'sterk' then bit end), cast(0 as bigint)) as bits from ingredient
),

huishoudens as (
  select
    coalesce(h.typhh, '') as typhh, case when h.personen > 6 then cast(6 as bigint) else h.personen end as grootte,
    bitwise_or(bitwise_and(m.nu_te_zien, bitwise_not(a.bits)), m.nu_sterk) as te_zien, m.nu_bekend as bekend,
    m.huishouden, coalesce(k.t0_ct, 0) as kosten_ct
  from huishouden_masker m
  cross join alleen_sterk a
  join huishouden_stand h on h.huishouden = m.huishouden
  left join rang_kosten k on k.huishouden = m.huishouden
  where m.getoond
),

groepen as (
  select
    typhh, grootte, te_zien, bekend, count(*) as huishoudens, cast(sum(kosten_ct) as bigint) as kosten_t0_ct,
    cast(sum(cast(huishouden as decimal(38, 0))) % 4611686018427387904 as bigint) as leden
  from huishoudens
  group by typhh, grootte, te_zien, bekend
)

select * from groepen
