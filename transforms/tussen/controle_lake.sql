/*
name: controle_lake
doc: Lines and counted eurocents in the lake per kind, and of them what a newer delivery replaces.
grain: [kind, stap]
reads: [lake_huishouden, lake_wmo_toewijzing, lake_jeugd_toewijzing, lake_wmo_declaratie, lake_jeugd_declaratie,
  lake_participatie_uitkering, lake_schuldhulp_traject, lake_schuldhulp_signaal, lake_zvw_declaratie, lake_zvw_verzekerde,
  lake_wonen_signaal, lake_veldmelding, lake_uitsluiting, lake_maatwerk_plan, lake_maatwerk_akkoord, vervangen]
columns:
  - kind tekst: kind of extract
  - stap tekst: vervangen or geaccepteerd
  - regels aantal: lines
  - bedrag_ct ct: counted eurocents
*/
with

regels as (
  select 'huishouden' as kind, levering, regel, geteld_ct from lake_huishouden
  union all
  select 'wmo_toewijzing', levering, regel, geteld_ct from lake_wmo_toewijzing
  union all
  select 'jeugd_toewijzing', levering, regel, geteld_ct from lake_jeugd_toewijzing
  union all
  select 'wmo_declaratie', levering, regel, geteld_ct from lake_wmo_declaratie
  union all
  select 'jeugd_declaratie', levering, regel, geteld_ct from lake_jeugd_declaratie
  union all
  select 'participatie_uitkering', levering, regel, geteld_ct from lake_participatie_uitkering
  union all
  select 'schuldhulp_traject', levering, regel, geteld_ct from lake_schuldhulp_traject
  union all
  select 'schuldhulp_signaal', levering, regel, geteld_ct from lake_schuldhulp_signaal
  union all
  select 'wonen_signaal', levering, regel, geteld_ct from lake_wonen_signaal
  union all
  select 'veldmelding', levering, regel, geteld_ct from lake_veldmelding
  union all
  select 'uitsluiting', levering, regel, geteld_ct from lake_uitsluiting
  union all
  select 'maatwerk_plan', levering, regel, geteld_ct from lake_maatwerk_plan
  union all
  select 'zvw_declaratie', levering, regel, geteld_ct from lake_zvw_declaratie
  union all
  select 'zvw_verzekerde', levering, regel, geteld_ct from lake_zvw_verzekerde
  union all
  select 'maatwerk_akkoord', levering, regel, geteld_ct from lake_maatwerk_akkoord
)

select
  r.kind, case when v.regel is null then 'geaccepteerd' else 'vervangen' end as stap, count(*) as regels,
  coalesce(cast(sum(r.geteld_ct) as bigint), 0) as bedrag_ct
from regels r
left join vervangen v on v.kind = r.kind and v.levering = r.levering and v.regel = r.regel
group by r.kind, case when v.regel is null then 'geaccepteerd' else 'vervangen' end
