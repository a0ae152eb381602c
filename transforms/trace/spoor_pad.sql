/*
name: spoor_pad
doc: >
  The households behind mart pad.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [pad_huishouden]
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

pad_huishouden as (
  select * from pad_huishouden
),

sporen as (
  select
    concat(cocktail_id, '/', pad) as sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering,
    cast(null as bigint) as regel, id_tekst('h', huishouden) as lid, cast(1 as bigint) as deel
  from pad_huishouden
  where stap = 0
)

select * from sporen
