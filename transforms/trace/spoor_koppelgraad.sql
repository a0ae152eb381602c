/*
name: spoor_koppelgraad
doc: >
  The persons behind mart koppelgraad.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [koppel_persoon, levering_stand]
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

koppel_persoon as (
  select * from koppel_persoon
),

levering_stand as (
  select * from levering_stand
),

personen as (
  select k.kind, k.gemeentecode, s.bestand, id_tekst('p', k.persoon) as lid, k.gevonden
  from koppel_persoon k
  left join levering_stand s on s.kind = k.kind and s.levering = k.levering
),

geteld as (
  select distinct concat(kind, '/alle/alle') as sleutel, lid, gevonden from personen
  union all
  select distinct concat(kind, '/', gemeentecode, '/alle'), lid, gevonden from personen where gemeentecode is not null and kind <> 'huishouden'
  union all
  select distinct concat(kind, '/alle/', bestand), lid, gevonden from personen where kind <> 'huishouden'
),

sporen as (
  select
    sleutel, 'personen' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel, lid,
    cast(1 as bigint) as deel
  from geteld
  union all
  select
    sleutel, 'gekoppeld', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, cast(1 as bigint)
  from geteld
  where gevonden
)

select * from sporen
