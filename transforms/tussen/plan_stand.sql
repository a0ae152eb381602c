/*
name: plan_stand
doc: >
  Maatwerk plans with their approvals and findings (rules 43, 44, 52). An approval is the last decision, on or before the
  start (not started: P), of a maatwerker other than the eindbaas; of two on one day the least favourable counts.
grain: [casusnummer]
reads: [stg_plan, stg_akkoord, lid, parameter]
columns:
  - casusnummer tekst: case
  - huishouden huishouden: household of the member at P, empty without one
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
  - horizon_mnd aantal: months of the amounts, 12 unless given
  - akkoord_ontbreekt vlag: started with fewer than two approvals
  - akkoord_na_datum vlag: the second approval is later than datum_akkoord
*/
with

stg_plan as (
  select * from stg_plan
),

stg_akkoord as (
  select * from stg_akkoord
),

lid as (
  select * from lid
),

parameter as (
  select * from parameter
),

plannen as (
  select s.*, p.peildatum, coalesce(s.datum_start, p.peildatum) as grens
  from stg_plan s
  cross join parameter p
  where s.nr = 1
),

besluiten as (
  select
    p.casusnummer, a.maatwerker, a.besluit, a.datum,
    row_number() over (
      partition by p.casusnummer, a.maatwerker
      order by a.datum desc, case a.besluit when 'afwijzen' then 0 when 'aanvullen' then 1 else 2 end, a.levering, a.regel)
      as nr
  from plannen p
  join stg_akkoord a on a.casusnummer = p.casusnummer and a.datum <= p.grens
  where p.eindbaas is null or a.maatwerker <> p.eindbaas
),

akkoorden as (
  select
    casusnummer, datum, row_number() over (partition by casusnummer order by datum, maatwerker) as volgnr
  from besluiten
  where nr = 1 and besluit = 'akkoord'
),

geteld as (
  select casusnummer, count(*) as akkoorden, max(case when volgnr = 2 then datum end) as tweede
  from akkoorden
  group by casusnummer
),

standen as (
  select
    p.casusnummer, l.huishouden, p.status, p.datum_aanmelding, p.datum_akkoord, p.datum_start,
    coalesce(g.akkoorden, 0) as akkoorden, date_diff('day', p.datum_aanmelding, p.datum_akkoord) as dagen_tot_akkoord,
    p.huidig_ct, p.dreigend_ct, p.maatwerk_ct, p.dreigend_ct - p.maatwerk_ct as besparing_verwacht_ct,
    coalesce(p.horizon_mnd, 12) as horizon_mnd,
    p.datum_start is not null and p.datum_start <= p.peildatum and coalesce(g.akkoorden, 0) < 2 as akkoord_ontbreekt,
    p.datum_akkoord is not null and g.tweede is not null and g.tweede > p.datum_akkoord as akkoord_na_datum
  from plannen p
  left join lid l on l.persoon = p.persoon
  left join geteld g on g.casusnummer = p.casusnummer
)

select * from standen
