/*
name: plan
doc: Maatwerk plans with approvals and expected saving (methods 7); those of households that are not shown are left out.
level: rij
grain: [casusnummer]
reads: [plan_stand, huishouden_stand]
columns:
  - casusnummer tekst: case number
  - huishouden_id huishouden?: household of the member at P; empty without one
  - status tekst: concept, sparren, akkoord, uitvoering, gereed, afgewezen or ingetrokken
  - datum_aanmelding datum: day it was reported
  - datum_akkoord datum?: day it was approved
  - datum_start datum?: day it started
  - from plan_stand: akkoorden, dagen_tot_akkoord?
  - huidig_ct ct?: expected cost as things are
  - dreigend_ct ct?: expected cost if nothing is done
  - maatwerk_ct ct?: expected cost with the plan
  - besparing_verwacht_ct ct?: "dreigend less maatwerk: expected, not realised"
  - bevindingen tekst: akkoord_ontbreekt, akkoord_na_datum, negatieve_doorlooptijd, regels_tellen_niet_op, joined by |
  - meerkosten_ct ct?: "maatwerk less huidig: expected to be spent over today"
  - horizon_mnd aantal: months of the amounts
  - akkoord_stand tekst: "whether two other maatwerkers agreed before the start: voldoende, ontbreekt, onbekend where approvals were not delivered for it, or niet_gestart"
needs:
  akkoorden bevindingen: maatwerk_plan maatwerk_akkoord
  "*": maatwerk_plan
figures:
  akkoorden: telling, akkoorden van andere maatwerkers voor de start
  dagen_tot_akkoord: schatting, dagen van aanmelding tot akkoord
  huidig_ct dreigend_ct maatwerk_ct: som, bedrag van het plan, zoals geleverd
  besparing_verwacht_ct: som, dreigend min maatwerk
  meerkosten_ct: som, maatwerk min huidig
  horizon_mnd: gegeven, maanden waar de bedragen over gaan
  status: gegeven, zoals geleverd
  akkoord_stand bevindingen: oordeel, twee akkoorden van andere maatwerkers voor de start; ontbreken staat alleen vast waar akkoorden geleverd zijn
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
      case when s.akkoord_na_datum then '|akkoord_na_datum' else '' end,
      case when s.negatieve_doorlooptijd then '|negatieve_doorlooptijd' else '' end,
      case when s.regels_tellen_niet_op then '|regels_tellen_niet_op' else '' end), 2) as bevindingen,
    s.meerkosten_ct, s.horizon_mnd, s.akkoord_stand
  from plan_stand s
  left join huishouden_stand h on h.huishouden = s.huishouden
  where coalesce(h.getoond, true)
)

select * from plannen
