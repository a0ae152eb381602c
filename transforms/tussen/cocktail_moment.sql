/*
name: cocktail_moment
doc: >
  How the households that are shown stand on a day, per cocktail and group of households (methods 5, rules 40, 72); every one is counted
  once a day and cocktail. They are the households at P, also on a day before it. Who is no candidate of a cocktail certainly has none.
grain: [dag, cocktail_id, gemeentecode, wijkcode, typhh, oordeel]
reads: [kandidaat_oordeel, meetmoment, cocktail_masker, huishouden_stand]
columns:
  - dag datum: the day
  - cocktail_id tekst: cocktail
  - gemeentecode gemeente: of the household at P
  - wijkcode tekst: idem; empty text without one
  - typhh tekst: idem
  - oordeel tekst: vol, dreigend, onbekend, niet_te_beoordelen or nee
  - huishoudens aantal: households
  - leden aantal: sum of their keys, the rest of it by 2^62, which tells one set of households from another
*/
with

kandidaat_oordeel as (
  select * from kandidaat_oordeel
),

meetmoment as (
  select * from meetmoment
),

cocktail_masker as (
  select * from cocktail_masker
),

huishouden_stand as (
  select * from huishouden_stand
),

getoond as (
  select huishouden, gemeentecode, coalesce(wijkcode, '') as wijkcode, typhh from huishouden_stand where getoond
),

kandidaten as (
  select
    b.dag, b.cocktail_id, g.gemeentecode, g.wijkcode, g.typhh, b.oordeel, count(*) as huishoudens,
    sum(cast(b.huishouden as decimal(38, 0))) as leden
  from kandidaat_oordeel b
  join getoond g on g.huishouden = b.huishouden
  group by b.dag, b.cocktail_id, g.gemeentecode, g.wijkcode, g.typhh, b.oordeel
),

groepen as (
  select gemeentecode, wijkcode, typhh, count(*) as huishoudens, sum(cast(huishouden as decimal(38, 0))) as leden
  from getoond
  group by gemeentecode, wijkcode, typhh
),

-- the rest of each group
alle as (
  select dag, cocktail_id, gemeentecode, wijkcode, typhh, oordeel, huishoudens, leden from kandidaten
  union all
  select dag, cocktail_id, gemeentecode, wijkcode, typhh, 'nee', -huishoudens, -leden from kandidaten
  union all
  select m.dag, c.cocktail_id, g.gemeentecode, g.wijkcode, g.typhh, 'nee', g.huishoudens, g.leden
  from groepen g
  cross join meetmoment m
  cross join cocktail_masker c
),

tellingen as (
  select
    dag, cocktail_id, gemeentecode, wijkcode, typhh, oordeel, cast(sum(huishoudens) as bigint) as huishoudens,
    cast(sum(leden) % 4611686018427387904 as bigint) as leden
  from alle
  group by dag, cocktail_id, gemeentecode, wijkcode, typhh, oordeel
  having sum(huishoudens) > 0
)

select * from tellingen
