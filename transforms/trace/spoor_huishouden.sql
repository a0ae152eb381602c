/*
name: spoor_huishouden
doc: >
  The persons behind the counts of mart huishouden, with the line that each stands on.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [lid]
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

lid as (
  select * from lid
),

leden as (
  select id_tekst('h', huishouden) as sleutel, id_tekst('p', persoon) as lid, levering, regel, minderjarig, aangehecht from lid
),

sporen as (
  select
    sleutel, 'personen' as kolom, 'huishouden' as kind, levering, regel, lid, cast(1 as bigint) as deel
  from leden
  union all
  select
    sleutel, 'volwassenen', 'huishouden', levering, regel, lid, cast(1 as bigint)
  from leden
  where not minderjarig
  union all
  select
    sleutel, 'kinderen', 'huishouden', levering, regel, lid, cast(1 as bigint)
  from leden
  where minderjarig
  union all
  select
    sleutel, 'aangehechte_kinderen', 'huishouden', levering, regel, lid, cast(1 as bigint)
  from leden
  where aangehecht
)

select * from sporen
