/*
name: verwijzing_huishouden
doc: Every household that a mart names is in the mart huishouden.
grain: [mart, huishouden_id]
reads: [huishouden, huishouden_lid, kosten, ranglijst, signaal, cocktail, cocktail_bewijs, preventief, plan]
columns:
  - mart tekst: table that names it
  - huishouden_id tekst: id
check:
  severity: fout
  denominator: huishouden
  sentence: "{n} huishoudens worden genoemd en staan niet bij de {d} huishoudens"
  reason: a household that is not shown may not turn up in another table
*/
with

huishouden as (
  select * from huishouden
),

huishouden_lid as (
  select * from huishouden_lid
),

kosten as (
  select * from kosten
),

ranglijst as (
  select * from ranglijst
),

signaal as (
  select * from signaal
),

cocktail as (
  select * from cocktail
),

cocktail_bewijs as (
  select * from cocktail_bewijs
),

preventief as (
  select * from preventief
),

plan as (
  select * from plan
),

genoemd as (
  select 'huishouden_lid' as mart, huishouden_id from huishouden_lid
  union
  select 'kosten', huishouden_id from kosten where huishouden_id <> 'onbekend'
  union
  select 'ranglijst', huishouden_id from ranglijst
  union
  select 'signaal', huishouden_id from signaal
  union
  select 'cocktail', huishouden_id from cocktail
  union
  select 'cocktail_bewijs', huishouden_id from cocktail_bewijs
  union
  select 'preventief', huishouden_id from preventief
  union
  select 'plan', huishouden_id from plan where huishouden_id is not null
),

schending as (
  select g.mart, g.huishouden_id
  from genoemd g
  where not exists (select 1 from huishouden h where h.huishouden_id = g.huishouden_id)
)

select * from schending
