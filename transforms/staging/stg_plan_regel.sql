/*
name: stg_plan_regel
doc: >
  Lines under the three amounts of maatwerk plans. They have no date of their own: of a casusnummer those of the newest delivery count (rules
  44).
grain: [levering, regel]
reads: [geldig_maatwerk_plan_regel, levering_stand]
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - casusnummer tekst: case
  - scenario tekst: huidig, dreigend or maatwerk
  - betaler tekst: who pays
  - bedrag_ct ct: amount over the horizon of the plan
  - inbaar vlag: what is saved on it can be spent; empty when not said
*/
with

geldig_maatwerk_plan_regel as (
  select * from geldig_maatwerk_plan_regel
),

levering_stand as (
  select * from levering_stand where kind = 'maatwerk_plan_regel'
),

regels as (
  select
    r.levering, r.regel, r.casusnummer, r.scenario, r.betaler, r.bedrag_ct, r.inbaar, l.volgnr,
    max(l.volgnr) over (partition by r.casusnummer) as nieuwste
  from geldig_maatwerk_plan_regel r
  join levering_stand l on l.levering = r.levering and l.kind = 'maatwerk_plan_regel'
),

nieuwste_regels as (
  select levering, regel, casusnummer, scenario, betaler, bedrag_ct, inbaar from regels where volgnr = nieuwste
)

select * from nieuwste_regels
