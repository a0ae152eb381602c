/*
name: spoor_tevredenheid
doc: >
  The persons and plans behind mart tevredenheid.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [meting_stand, plan_stand, huishouden_stand, parameter]
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

plan_stand as (
  select * from plan_stand
),

huishouden_stand as (
  select * from huishouden_stand
),

parameter as (
  select * from parameter
),

momenten as (
  select cast(0 as bigint) as meetmoment_mnd
  union
  select cast(6 as bigint)
  union
  select cast(12 as bigint)
  union
  select meetmoment_mnd from meting_stand
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

bereikt as (
  select o.meetmoment_mnd, p.casusnummer
  from plan_stand p
  cross join momenten o
  cross join parameter q
  left join huishouden_stand h on h.huishouden = p.huishouden
  where not coalesce(h.andere_gemeente, false)
    and plus_dagen(p.datum_start, deel(365 * o.meetmoment_mnd, cast(1 as bigint), cast(12 as bigint))) <= q.peildatum
),

per_plan as (
  select casusnummer, meetmoment_mnd, count(cijfer) as beantwoord from metingen group by casusnummer, meetmoment_mnd
),

plannen as (
  select b.meetmoment_mnd, b.casusnummer, m.beantwoord
  from bereikt b
  left join per_plan m on m.casusnummer = b.casusnummer and m.meetmoment_mnd = b.meetmoment_mnd
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
  from plannen
  union all
  select
    cast(meetmoment_mnd as varchar), 'plannen_gevraagd', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    casusnummer, cast(1 as bigint)
  from plannen
  where beantwoord is not null
  union all
  select
    cast(meetmoment_mnd as varchar), 'plannen_beantwoord', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    casusnummer, cast(1 as bigint)
  from plannen
  where beantwoord > 0
)

select * from sporen
