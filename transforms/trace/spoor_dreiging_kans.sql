/*
name: spoor_dreiging_kans
doc: >
  The households behind mart dreiging_kans.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [dreiging_huishouden]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

dreiging_huishouden as (
  select * from dreiging_huishouden
),

gevolgd as (
  select cocktail_id, ontbrekend, huishouden, vol, niet_te_zien from dreiging_huishouden where toen = 1
),

nu as (
  select cocktail_id, ontbrekend, huishouden from dreiging_huishouden where nu = 1
),

sporen as (
  select
    concat(cocktail_id, '/', ontbrekend) as sleutel, 'huishoudens_toen' as kolom, cast(null as varchar) as kind, cast(null as bigint)
    as levering, cast(null as bigint) as regel, id_tekst('h', huishouden) as lid, cast(1 as bigint) as deel
  from gevolgd
  union all
  select
    concat(cocktail_id, '/', ontbrekend), 'niet_te_zien', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    id_tekst('h', huishouden), cast(1 as bigint)
  from gevolgd
  where niet_te_zien = 1
  union all
  select
    concat(cocktail_id, '/', ontbrekend), 'gevolgd', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h',
    huishouden), cast(1 as bigint)
  from gevolgd
  where niet_te_zien = 0
  union all
  select
    concat(cocktail_id, '/', ontbrekend), 'vol', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h',
    huishouden), cast(1 as bigint)
  from gevolgd
  where vol = 1
  union all
  select
    concat(cocktail_id, '/', ontbrekend), 'huishoudens_nu', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    id_tekst('h', huishouden), cast(1 as bigint)
  from nu
)

select * from sporen
