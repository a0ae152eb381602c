/*
name: plan_besluit
doc: >
  The last decision of each maatwerker on a plan, the eindbaas aside, on or before the start (not started: P); of two on one day the least favourable counts
  (rules 43, 52).
grain: [casusnummer, maatwerker]
reads: [stg_plan, stg_akkoord, parameter]
view: true
columns:
  - casusnummer tekst: plan
  - maatwerker persoon: who decided
  - besluit tekst: "akkoord, aanvullen or afwijzen"
  - datum datum: of the decision
  - levering sleutel: delivery
  - regel aantal: physical line
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
  select s.casusnummer, s.eindbaas, coalesce(s.datum_start, p.peildatum) as grens
  from stg_plan s
  cross join parameter p
  where s.nr = 1
),

genummerd as (
  select
    p.casusnummer, a.maatwerker, a.besluit, a.datum, a.levering, a.regel,
    row_number() over (
      partition by p.casusnummer, a.maatwerker
      order by a.datum desc, case a.besluit when 'afwijzen' then 0 when 'aanvullen' then 1 else 2 end, a.levering, a.regel)
      as nr
  from plannen p
  join stg_akkoord a on a.casusnummer = p.casusnummer and a.datum <= p.grens
  where p.eindbaas is null or a.maatwerker <> p.eindbaas
),

besluiten as (
  select casusnummer, maatwerker, besluit, datum, levering, regel from genummerd where nr = 1
)

select * from besluiten
