/*
name: controle_lake
doc: Lines and counted eurocents in the lake per kind, and of them what a newer delivery replaces.
grain: [kind, stap]
reads: [lake_regel, vervangen]
parts: kind
columns:
  - kind tekst: kind of extract
  - stap tekst: vervangen or geaccepteerd
  - regels aantal: lines
  - bedrag_ct ct: counted eurocents
*/
with

lake_regel as (
  select * from lake_regel
),

vervangen as (
  select * from vervangen
),

stappen as (
  select
    r.kind, case when v.regel is null then 'geaccepteerd' else 'vervangen' end as stap, count(*) as regels,
    coalesce(cast(sum(r.geteld_ct) as bigint), 0) as bedrag_ct
  from lake_regel r
  left join vervangen v on v.kind = r.kind and v.levering = r.levering and v.regel = r.regel
  group by r.kind, case when v.regel is null then 'geaccepteerd' else 'vervangen' end
)

select * from stappen
