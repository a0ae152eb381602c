/*
name: hindernis_besluit
doc: What was decided on or before P about the plans of hindernis_plan (methods 6).
grain: [levering, regel]
reads: [hindernis_plan, stg_plan, stg_akkoord, parameter]
columns:
  - from stg_akkoord: levering, regel, casusnummer
  - organisatie tekst: who decided; empty where it is not named
  - from stg_akkoord: besluit
  - dagen aantal: days from report to decision
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
  select a.levering, a.regel, a.casusnummer, a.organisatie, a.besluit, date_diff('day', p.datum_aanmelding, a.datum) as dagen
  from stg_akkoord a
  join hindernis_plan h on h.casusnummer = a.casusnummer
  join stg_plan p on p.casusnummer = a.casusnummer and p.nr = 1
  cross join parameter q
  where a.datum <= q.peildatum
)

select * from besluiten
