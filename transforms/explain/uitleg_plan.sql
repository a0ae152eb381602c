/*
name: uitleg_plan
doc: The plans of the household that is explained, as published, with their line.
grain: [casusnummer]
reads: [eigen_huishouden, plan, stg_plan, lake_maatwerk_plan, levering_stand]
columns:
  - casusnummer tekst: case
  - status tekst: state
  - datum_aanmelding datum: reported
  - datum_akkoord datum: approved
  - datum_start datum: started
  - datum_gereed datum: done
  - akkoorden aantal: approvals of other maatwerkers
  - huidig_ct ct: as things are
  - dreigend_ct ct: if nothing is done
  - maatwerk_ct ct: with the plan
  - besparing_verwacht_ct ct: dreigend less maatwerk
  - bevindingen tekst: findings, joined by |
  - bron_kind tekst: source kind
  - bron_bestand tekst: source file
  - bron_regel aantal: source line
*/
with

eigen_huishouden as (
  select * from eigen_huishouden
),

plan as (
  select * from plan
),

stg_plan as (
  select * from stg_plan
),

lake_maatwerk_plan as (
  select * from lake_maatwerk_plan
),

levering_stand as (
  select * from levering_stand
),

plannen as (
  select
    m.casusnummer, m.status, m.datum_aanmelding, m.datum_akkoord, m.datum_start, k.datum_gereed, m.akkoorden, m.huidig_ct,
    m.dreigend_ct, m.maatwerk_ct, m.besparing_verwacht_ct, m.bevindingen, v.kind as bron_kind, v.bestand as bron_bestand,
    s.regel as bron_regel
  from plan m
  join eigen_huishouden e on e.huishouden_id = m.huishouden_id
  join stg_plan s on s.casusnummer = m.casusnummer and s.nr = 1
  join lake_maatwerk_plan k on k.levering = s.levering and k.regel = s.regel
  join levering_stand v on v.levering = s.levering and v.kind = 'maatwerk_plan'
)

select * from plannen
