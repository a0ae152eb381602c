/*
name: spoor_plan
doc: >
  The lines behind mart plan: its own, and those of its approvals.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [stg_plan, stg_akkoord, parameter]
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

stg_plan as (
  select * from stg_plan
),

stg_akkoord as (
  select * from stg_akkoord
),

parameter as (
  select * from parameter
),

plannen as (
  select s.*, coalesce(s.datum_start, p.peildatum) as grens
  from stg_plan s
  cross join parameter p
  where s.nr = 1
),

besluiten as (
  select
    p.casusnummer, a.levering, a.regel, a.besluit,
    row_number() over (
      partition by p.casusnummer, a.maatwerker
      order by a.datum desc, case a.besluit when 'afwijzen' then 0 when 'aanvullen' then 1 else 2 end, a.levering, a.regel)
      as nr
  from plannen p
  join stg_akkoord a on a.casusnummer = p.casusnummer and a.datum <= p.grens
  where p.eindbaas is null or a.maatwerker <> p.eindbaas
),

sporen as (
  select
    casusnummer as sleutel, 'akkoorden' as kolom, 'maatwerk_akkoord' as kind, levering, regel, cast(null as varchar) as lid, cast(1 as
    bigint) as deel
  from besluiten
  where nr = 1 and besluit = 'akkoord'
  union all
  select
    casusnummer, 'huidig_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), huidig_ct
  from plannen
  where huidig_ct is not null
  union all
  select
    casusnummer, 'dreigend_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), dreigend_ct
  from plannen
  where dreigend_ct is not null
  union all
  select
    casusnummer, 'maatwerk_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), maatwerk_ct
  from plannen
  where maatwerk_ct is not null
  union all
  select
    casusnummer, 'besparing_verwacht_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), dreigend_ct - maatwerk_ct
  from plannen
  where dreigend_ct is not null and maatwerk_ct is not null
  union all
  select
    casusnummer, 'meerkosten_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), maatwerk_ct - huidig_ct
  from plannen
  where huidig_ct is not null and maatwerk_ct is not null
)

select * from sporen
