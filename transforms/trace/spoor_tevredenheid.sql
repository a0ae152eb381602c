/*
name: spoor_tevredenheid
doc: >
  The persons and plans behind mart tevredenheid.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [meting_stand, plan_meetmoment]
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

meting_stand as (
  select * from meting_stand
),

plan_meetmoment as (
  select * from plan_meetmoment
),

metingen as (
  select
    meetmoment_mnd, casusnummer, rol, persoon_nr, cijfer, concat(casusnummer, ', ', rol, ' ', cast(persoon_nr as varchar)) as lid
  from meting_stand
),

begin as (
  select casusnummer, rol, persoon_nr from metingen where meetmoment_mnd = 0 and cijfer is not null
),

gepaard as (
  select m.meetmoment_mnd, m.lid
  from metingen m
  join begin b on b.casusnummer = m.casusnummer and b.rol = m.rol and b.persoon_nr = m.persoon_nr
  where m.cijfer is not null
),

sporen as (
  select
    cast(meetmoment_mnd as varchar) as sleutel, 'gevraagd' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering,
    cast(null as bigint) as regel, lid, cast(1 as bigint) as deel
  from metingen
  union all
  select
    cast(meetmoment_mnd as varchar), 'beantwoord', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, cast(1 as
    bigint)
  from metingen
  where cijfer is not null
  union all
  select
    cast(meetmoment_mnd as varchar), 'gepaard_n', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, cast(1 as
    bigint)
  from gepaard
  where meetmoment_mnd > 0
  union all
  select
    cast(meetmoment_mnd as varchar), 'plannen', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1
    as bigint)
  from plan_meetmoment
  union all
  select
    cast(meetmoment_mnd as varchar), 'plannen_gevraagd', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    casusnummer, cast(1 as bigint)
  from plan_meetmoment
  where beantwoord is not null
  union all
  select
    cast(meetmoment_mnd as varchar), 'plannen_beantwoord', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    casusnummer, cast(1 as bigint)
  from plan_meetmoment
  where beantwoord > 0
)

select * from sporen
