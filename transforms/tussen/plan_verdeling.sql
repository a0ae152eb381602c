/*
name: plan_verdeling
doc: >
  The three amounts of a plan by who pays, from its lines (rules 44). What the lines leave of an amount stands under niet_verdeeld, also below
  0: the amount stands, whatever the lines say. Of an amount that is not filled in there are only the lines.
grain: [casusnummer, scenario, betaler]
reads: [stg_plan, stg_plan_regel]
columns:
  - casusnummer tekst: case
  - scenario tekst: huidig, dreigend or maatwerk
  - betaler tekst: who pays, or niet_verdeeld
  - bedrag_ct ct: amount
  - inbaar_ct ct: of which what is saved on it can be spent
  - niet_inbaar_ct ct: of which it can't
  - regels aantal: lines; 0 for niet_verdeeld
  - totaal_ct ct: the amount of the plan; empty when not filled in
*/
with

stg_plan as (
  select * from stg_plan
),

stg_plan_regel as (
  select * from stg_plan_regel
),

totalen as (
  select casusnummer, 'huidig' as scenario, huidig_ct as totaal_ct from stg_plan where nr = 1
  union all
  select casusnummer, 'dreigend', dreigend_ct from stg_plan where nr = 1
  union all
  select casusnummer, 'maatwerk', maatwerk_ct from stg_plan where nr = 1
),

per_betaler as (
  select
    casusnummer, scenario, betaler, cast(sum(bedrag_ct) as bigint) as bedrag_ct,
    cast(sum(case when inbaar then bedrag_ct else 0 end) as bigint) as inbaar_ct,
    cast(sum(case when not inbaar then bedrag_ct else 0 end) as bigint) as niet_inbaar_ct, count(*) as regels
  from stg_plan_regel
  group by casusnummer, scenario, betaler
),

per_scenario as (
  select casusnummer, scenario, cast(sum(bedrag_ct) as bigint) as bedrag_ct from per_betaler group by casusnummer, scenario
),

verdeling as (
  select t.casusnummer, t.scenario, b.betaler, b.bedrag_ct, b.inbaar_ct, b.niet_inbaar_ct, b.regels, t.totaal_ct
  from totalen t
  join per_betaler b on b.casusnummer = t.casusnummer and b.scenario = t.scenario
  union all
  select
    t.casusnummer, t.scenario, 'niet_verdeeld', t.totaal_ct - coalesce(s.bedrag_ct, 0), cast(0 as bigint), cast(0 as bigint),
    cast(0 as bigint), t.totaal_ct
  from totalen t
  left join per_scenario s on s.casusnummer = t.casusnummer and s.scenario = t.scenario
  where t.totaal_ct <> coalesce(s.bedrag_ct, 0)
)

select * from verdeling
