/*
name: spoor_preventief
doc: >
  The households behind the chance of a row of mart preventief, and the lines of the cost of its own.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [preventief, dreiging_huishouden, kosten_regel]
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

preventief as (
  select * from preventief
),

dreiging_huishouden as (
  select * from dreiging_huishouden
),

kosten_regel as (
  select * from kosten_regel
),

gevolgd as (
  select cocktail_id, ontbrekend, huishouden, vol, niet_te_zien from dreiging_huishouden where toen = 1
),

rijen as (
  select cast(volgnr as varchar) as sleutel, huishouden_id, cocktail_id, ontbrekend from preventief
),

sporen as (
  select
    r.sleutel, 'gevolgd' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel,
    id_tekst('h', g.huishouden) as lid, cast(1 as bigint) as deel
  from rijen r
  join gevolgd g on g.cocktail_id = r.cocktail_id and g.ontbrekend = r.ontbrekend
  where g.niet_te_zien = 0
  union all
  select
    r.sleutel, 'vol', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', g.huishouden), cast(1 as
    bigint)
  from rijen r
  join gevolgd g on g.cocktail_id = r.cocktail_id and g.ontbrekend = r.ontbrekend
  where g.vol = 1
  union all
  select
    r.sleutel, 'kosten_t0_ct', k.kind, k.levering, k.regel, cast(null as varchar), k.deel_ct
  from rijen r
  join kosten_regel k on id_tekst('h', k.huishouden) = r.huishouden_id
  where k.venster = 'T0' and k.grondslag = 'gedeclareerd'
)

select * from sporen
