/*
name: spoor_cocktail_oordeel
doc: >
  The households behind mart cocktail_oordeel.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [oordeel_huishouden, parameter]
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

oordeel_huishouden as (
  select * from oordeel_huishouden
),

parameter as (
  select * from parameter
),

sporen as (
  select
    o.cocktail_id as sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as
    bigint) as regel, id_tekst('h', o.huishouden) as lid, cast(1 as bigint) as deel
  from oordeel_huishouden o
  join parameter p on p.peildatum = o.dag
  union all
  select
    o.cocktail_id, o.oordeel, cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', o.huishouden), cast(1
    as bigint)
  from oordeel_huishouden o
  join parameter p on p.peildatum = o.dag
)

select * from sporen
