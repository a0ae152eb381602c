/*
name: plan_onbekend
doc: Lines that name a casusnummer that no plan has, where plans were delivered (methods 7). They count as far as they need no plan.
grain: [kind, levering, regel]
reads: [stg_plan, stg_plan_regel, stg_akkoord, stg_meting, stg_uitgave, levering_stand]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - bedrag_ct ct: counted amount; empty for kinds without money
*/
with

stg_plan as (
  select * from stg_plan
),

stg_plan_regel as (
  select * from stg_plan_regel
),

stg_akkoord as (
  select * from stg_akkoord
),

stg_meting as (
  select * from stg_meting
),

stg_uitgave as (
  select * from stg_uitgave
),

levering_stand as (
  select * from levering_stand where kind = 'maatwerk_plan'
),

regels as (
  select 'maatwerk_plan_regel' as kind, levering, regel, casusnummer, cast(null as bigint) as bedrag_ct from stg_plan_regel
  union all
  select 'maatwerk_akkoord', levering, regel, casusnummer, cast(null as bigint) from stg_akkoord
  union all
  select 'maatwerk_meting', levering, regel, casusnummer, cast(null as bigint) from stg_meting
  union all
  select 'maatwerk_uitgave', levering, regel, casusnummer, bedrag_ct from stg_uitgave where casusnummer is not null
),

onbekend as (
  select r.kind, r.levering, r.regel, r.bedrag_ct
  from regels r
  where exists (select 1 from levering_stand l where l.kind = 'maatwerk_plan')
    and not exists (select 1 from stg_plan p where p.casusnummer = r.casusnummer)
)

select * from onbekend
