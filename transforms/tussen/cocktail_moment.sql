/*
name: cocktail_moment
doc: >
  How the households that are shown stand on a day, per cocktail and group of households (methods 5, rules 40, 72); every one is counted
  once a day and cocktail. They are the households at P, also on a day before it. Who is no candidate of a cocktail certainly has none.
grain: [dag, cocktail_id, gemeentecode, wijkcode, typhh, oordeel]
reads: [meetmoment, cocktail_stuk, cocktail_kandidaat, cocktail_masker, huishouden_stand]
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

meetmoment as (
  select * from meetmoment
),

cocktail_stuk as (
  select * from cocktail_stuk
),

cocktail_kandidaat as (
  select * from cocktail_kandidaat
),

cocktail_masker as (
  select * from cocktail_masker
),

huishouden_stand as (
  select * from huishouden_stand
),

op_de_dag as (
  select m.dag, s.huishouden, s.te_zien, s.sterk, s.bekend
  from meetmoment m
  join cocktail_stuk s on s.van <= m.dag and s.tot > m.dag
),

gemist as (
  select
    o.dag, k.cocktail_id, o.huishouden, c.tellend, c.paar, o.te_zien, o.sterk, o.bekend,
    bitwise_and(c.voorwaarden, bitwise_not(o.te_zien)) as voorwaarde_mist,
    bitwise_and(c.tellend, bitwise_not(bitwise_or(
      bitwise_and(o.te_zien, bitwise_not(c.alleen_sterk)), o.sterk))) as mist
  from op_de_dag o
  join cocktail_kandidaat k on k.huishouden = o.huishouden
  join cocktail_masker c on c.cocktail_id = k.cocktail_id
),

delen as (
  select
    *, bitwise_and(mist, bekend) as afwezig, bitwise_and(mist, bitwise_not(bekend)) as onbekend,
    bitwise_and(voorwaarde_mist, bekend) as voorwaarde_afwezig
  from gemist
),

beoordeeld as (
  select
    dag, cocktail_id, huishouden,
    case
      when voorwaarde_afwezig <> 0 or bitwise_and(afwezig, afwezig - 1) <> 0 then 'nee'
      when afwezig <> 0 and onbekend = 0 and paar and bitwise_and(tellend, sterk) = 0 then 'nee'
      when voorwaarde_mist <> 0 then 'niet_te_beoordelen'
      when mist = 0 then 'vol'
      when afwezig = 0 and bitwise_and(te_zien, tellend) <> 0 then 'onbekend'
      when afwezig = 0 or onbekend <> 0 then 'niet_te_beoordelen'
      else 'dreigend'
    end as oordeel
  from delen
),

getoond as (
  select huishouden, gemeentecode, coalesce(wijkcode, '') as wijkcode, typhh from huishouden_stand where getoond
),

kandidaten as (
  select
    b.dag, b.cocktail_id, g.gemeentecode, g.wijkcode, g.typhh, b.oordeel, count(*) as huishoudens,
    sum(cast(b.huishouden as decimal(38, 0))) as leden
  from beoordeeld b
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
