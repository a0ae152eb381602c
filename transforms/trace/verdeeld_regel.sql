/*
name: verdeeld_regel
doc: >
  What each line adds to a payer's part of a plan, before it is added up: lines of the plan, and for niet_verdeeld its amount less these.
grain: [casusnummer, scenario, betaler, kind, levering, regel]
reads: [stg_plan, stg_plan_regel]
view: true
columns:
  - casusnummer tekst: plan
  - scenario tekst: "huidig, dreigend or maatwerk"
  - betaler tekst: who pays, or niet_verdeeld
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - bedrag_ct ct: part of the line
  - inbaar_ct ct?: of which can be spent elsewhere; empty where nobody said so
  - niet_inbaar_ct ct?: of which can not
  - telt aantal: 1 for a line of the plan
  - totaal_ct ct?: amount of the plan
*/
with

stg_plan as (
  select * from stg_plan
),

stg_plan_regel as (
  select * from stg_plan_regel
),

-- what the lines of a plan leave of its amount is the amount, less the lines
regels as (
  select
    casusnummer, scenario, betaler, 'maatwerk_plan_regel' as kind, levering, regel, bedrag_ct, case when inbaar then bedrag_ct else 0 end as inbaar_ct,
    case when not inbaar then bedrag_ct else 0 end as niet_inbaar_ct, cast(1 as bigint) as telt
  from stg_plan_regel
),

bedragen as (
  select casusnummer, 'huidig' as scenario, levering, regel, huidig_ct as totaal_ct from stg_plan where nr = 1
  union all
  select casusnummer, 'dreigend', levering, regel, dreigend_ct from stg_plan where nr = 1
  union all
  select casusnummer, 'maatwerk', levering, regel, maatwerk_ct from stg_plan where nr = 1
),

verdeeld as (
  select r.casusnummer, r.scenario, r.betaler, r.kind, r.levering, r.regel, r.bedrag_ct, r.inbaar_ct, r.niet_inbaar_ct, r.telt, b.totaal_ct
  from regels r
  join bedragen b on b.casusnummer = r.casusnummer and b.scenario = r.scenario
  union all
  select casusnummer, scenario, 'niet_verdeeld', 'maatwerk_plan', levering, regel, totaal_ct, 0, 0, 0, totaal_ct from bedragen where totaal_ct is not null
  union all
  select r.casusnummer, r.scenario, 'niet_verdeeld', r.kind, r.levering, r.regel, -r.bedrag_ct, 0, 0, 0, b.totaal_ct
  from regels r
  join bedragen b on b.casusnummer = r.casusnummer and b.scenario = r.scenario
  where b.totaal_ct is not null
)

select * from verdeeld
