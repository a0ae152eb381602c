/*
name: spoor_plan_regel
doc: >
  The lines behind mart plan_regel.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [stg_plan, stg_plan_regel]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
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
),

sporen as (
  select
    concat(casusnummer, '/', scenario, '/', betaler) as sleutel, 'bedrag_ct' as kolom, kind, levering, regel, cast(null as varchar) as
    lid, bedrag_ct as deel
  from verdeeld
  union all
  select
    concat(casusnummer, '/', scenario, '/', betaler), 'inbaar_ct', kind, levering, regel, cast(null as varchar), inbaar_ct
  from verdeeld
  where inbaar_ct <> 0
  union all
  select
    concat(casusnummer, '/', scenario, '/', betaler), 'niet_inbaar_ct', kind, levering, regel, cast(null as varchar), niet_inbaar_ct
  from verdeeld
  where niet_inbaar_ct <> 0
  union all
  select
    concat(casusnummer, '/', scenario, '/', betaler), 'regels', kind, levering, regel, cast(null as varchar), telt
  from verdeeld
  where telt = 1
)

select * from sporen
