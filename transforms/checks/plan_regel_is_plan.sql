/*
name: plan_regel_is_plan
doc: >
  The amounts of a plan by who pays add up to those of the plan, and those of all plans by who pays to plan_totaal, for the plans carried
  out as well.
grain: [onderwerp, sleutel]
reads: [plan, plan_regel, plan_betaler, plan_totaal]
columns:
  - onderwerp tekst: plan or plan_totaal
  - sleutel tekst: case and amount, or meting
check:
  severity: fout
  denominator: plan
  sentence: "{n} bedragen van maatwerkplannen zijn niet de som over wie betaalt ({d} plannen)"
  reason: every euro of a plan has a payer, or stands under niet_verdeeld
*/
with

plan as (
  select * from plan
),

plan_regel as (
  select * from plan_regel
),

plan_betaler as (
  select * from plan_betaler
),

plan_totaal as (
  select * from plan_totaal
),

bedragen as (
  select casusnummer, 'huidig' as scenario, huidig_ct as ct from plan
  union all
  select casusnummer, 'dreigend', dreigend_ct from plan
  union all
  select casusnummer, 'maatwerk', maatwerk_ct from plan
),

verdeeld as (
  select casusnummer, scenario, sum(bedrag_ct) as ct from plan_regel group by casusnummer, scenario
),

per_betaler as (
  select concat('huidig_', groep) as meting, sum(huidig_ct) as ct from plan_betaler group by groep
  union all
  select concat('dreigend_', groep), sum(dreigend_ct) from plan_betaler group by groep
  union all
  select concat('maatwerk_', groep), sum(maatwerk_ct) from plan_betaler group by groep
  union all
  select concat('besparing_', groep), sum(besparing_ct) from plan_betaler group by groep
),

totalen as (
  select meting, waarde_ct as ct
  from plan_totaal
  where meting in ('huidig_alle', 'dreigend_alle', 'maatwerk_alle', 'besparing_alle', 'huidig_uitgevoerd', 'dreigend_uitgevoerd', 'maatwerk_uitgevoerd',
    'besparing_uitgevoerd')
),

schending as (
  select 'plan' as onderwerp, concat(b.casusnummer, ' ', b.scenario) as sleutel
  from bedragen b
  left join verdeeld v on v.casusnummer = b.casusnummer and v.scenario = b.scenario
  where b.ct is not null and b.ct <> coalesce(v.ct, 0)
  union all
  select 'plan_totaal', t.meting
  from totalen t
  left join per_betaler b on b.meting = t.meting
  where t.ct <> coalesce(b.ct, 0)
)

select * from schending
