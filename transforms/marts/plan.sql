/*
name: plan
doc: Maatwerk plans with approvals and expected saving (dreigend less maatwerk); those of households that are not shown left out.
level: rij
grain: [casusnummer]
reads: [plan_stand, huishouden_stand]
columns:
  - casusnummer tekst: case
  - huishouden_id huishouden: household of the member at P; empty without one
  - status tekst: state
  - datum_aanmelding datum: reported
  - datum_akkoord datum: approved
  - datum_start datum: started
  - akkoorden aantal: approvals of other maatwerkers
  - dagen_tot_akkoord aantal: days from report to approval
  - huidig_ct ct: as things are
  - dreigend_ct ct: if nothing is done
  - maatwerk_ct ct: with the plan
  - besparing_verwacht_ct ct: dreigend less maatwerk
  - bevindingen tekst: findings, joined by |
*/
with

plan_stand as (
  select * from plan_stand
),

huishouden_stand as (
  select * from huishouden_stand
),

plannen as (
  select
    s.casusnummer, s.huishouden as huishouden_id, s.status, s.datum_aanmelding, s.datum_akkoord, s.datum_start, s.akkoorden,
    s.dagen_tot_akkoord, s.huidig_ct, s.dreigend_ct, s.maatwerk_ct, s.besparing_verwacht_ct,
    substr(concat(
      case when s.akkoord_ontbreekt then '|akkoord_ontbreekt' else '' end,
      case when s.akkoord_na_datum then '|akkoord_na_datum' else '' end), 2) as bevindingen
  from plan_stand s
  left join huishouden_stand h on h.huishouden = s.huishouden
  where coalesce(h.getoond, true)
)

select * from plannen
