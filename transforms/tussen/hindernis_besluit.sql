/*
name: hindernis_besluit
doc: >
  What each organisation last decided about a plan on or before P, and how long after the report it first decided (methods 6). Of two
  decisions on a day the least favourable counts (rules 52).
grain: [casusnummer, organisatie]
reads: [hindernis_plan, stg_plan, stg_akkoord, parameter]
columns:
  - casusnummer tekst: case
  - organisatie tekst: who decided; empty text where it is not named
  - besluit tekst: akkoord, aanvullen or afwijzen, the last
  - dagen aantal: days from report to its first decision
*/
with

hindernis_plan as (
  select * from hindernis_plan
),

stg_plan as (
  select * from stg_plan
),

stg_akkoord as (
  select * from stg_akkoord
),

parameter as (
  select * from parameter
),

besluiten as (
  select
    a.casusnummer, coalesce(a.organisatie, '') as organisatie, a.besluit, date_diff('day', p.datum_aanmelding, a.datum) as dagen,
    row_number() over (
      partition by a.casusnummer, coalesce(a.organisatie, '')
      order by a.datum desc, case a.besluit when 'afwijzen' then 0 when 'aanvullen' then 1 else 2 end, a.levering, a.regel) as nr
  from stg_akkoord a
  join hindernis_plan h on h.casusnummer = a.casusnummer
  join stg_plan p on p.casusnummer = a.casusnummer and p.nr = 1
  cross join parameter q
  where a.datum <= q.peildatum
),

per_organisatie as (
  select casusnummer, organisatie, max(case when nr = 1 then besluit end) as besluit, min(dagen) as dagen
  from besluiten
  group by casusnummer, organisatie
)

select * from per_organisatie
