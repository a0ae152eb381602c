/*
name: spoor_cocktail
doc: >
  The cost lines behind mart cocktail.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [cocktail_episode, kosten_regel]
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

cocktail_episode as (
  select * from cocktail_episode
),

kosten_regel as (
  select * from kosten_regel
),

sporen as (
  select
    concat(id_tekst('h', e.huishouden), '/', e.cocktail_id, '/', cast(e.van as varchar)) as sleutel, 'kosten_t0_ct' as kolom, k.kind,
    k.levering, k.regel, cast(null as varchar) as lid, k.deel_ct as deel
  from cocktail_episode e
  join kosten_regel k on k.huishouden = e.huishouden
  where k.venster = 'T0' and k.grondslag = 'gedeclareerd'
)

select * from sporen
