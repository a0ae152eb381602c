/*
name: spoor_trend_gebied
doc: >
  The households behind mart trend_gebied.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [oordeel_huishouden]
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

sporen as (
  select
    concat(cast(o.kwartaal as varchar), '/', o.cocktail_id, '/', o.gemeentecode, '/', o.wijkcode) as sleutel, 'huishoudens' as kolom,
    cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel, id_tekst('h', o.huishouden) as
    lid, cast(1 as bigint) as deel
  from oordeel_huishouden o
  where o.kwartaal is not null
  union all
  select
    concat(cast(o.kwartaal as varchar), '/', o.cocktail_id, '/', o.gemeentecode, '/', o.wijkcode), o.oordeel, cast(null as varchar),
    cast(null as bigint), cast(null as bigint), id_tekst('h', o.huishouden), cast(1 as bigint)
  from oordeel_huishouden o
  where o.kwartaal is not null
)

select * from sporen
