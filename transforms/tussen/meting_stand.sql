/*
name: meting_stand
doc: >
  The mark of each person of a maatwerk plan at each moment, on or before P (rules 44). Of several the one of the latest date counts, of one
  date the newest line. Plans of households that run.gemeenten leaves out are not among them (rules 75).
grain: [casusnummer, rol, persoon_nr, meetmoment_mnd]
reads: [stg_meting, plan_stand, huishouden_stand, levering_stand, parameter]
columns:
  - casusnummer tekst: case
  - rol tekst: who was asked
  - persoon_nr aantal: number of the person within the plan; 0 when not said
  - meetmoment_mnd aantal: months after the start
  - cijfer aantal: the mark in thousandths; empty when nobody answered
*/
with

stg_meting as (
  select * from stg_meting
),

plan_stand as (
  select * from plan_stand
),

huishouden_stand as (
  select * from huishouden_stand
),

levering_stand as (
  select * from levering_stand where kind = 'maatwerk_meting'
),

parameter as (
  select * from parameter
),

elders as (
  select p.casusnummer
  from plan_stand p
  join huishouden_stand h on h.huishouden = p.huishouden
  where h.andere_gemeente
),

genummerd as (
  select
    m.casusnummer, m.rol, coalesce(m.persoon_nr, 0) as persoon_nr, m.meetmoment_mnd, m.cijfer,
    row_number() over (
      partition by m.casusnummer, m.rol, coalesce(m.persoon_nr, 0), m.meetmoment_mnd
      order by m.datum desc, l.volgnr desc, m.levering desc, m.regel desc) as nr
  from stg_meting m
  join levering_stand l on l.levering = m.levering and l.kind = 'maatwerk_meting'
  cross join parameter p
  where m.datum <= p.peildatum and not exists (select 1 from elders e where e.casusnummer = m.casusnummer)
),

metingen as (
  select casusnummer, rol, persoon_nr, meetmoment_mnd, cijfer from genummerd where nr = 1
)

select * from metingen
