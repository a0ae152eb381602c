/*
name: lake_periode
doc: Per kind, gemeente and month the latest first day of a line that starts in it.
grain: [kind, gemeentecode, maand]
reads: [lake_huishouden, lake_wmo_toewijzing, lake_jeugd_toewijzing, lake_wmo_declaratie, lake_jeugd_declaratie,
  lake_participatie_uitkering, lake_schuldhulp_traject, lake_schuldhulp_signaal, lake_zvw_declaratie, lake_zvw_verzekerde,
  lake_wonen_signaal, lake_veldmelding, lake_uitsluiting, lake_maatwerk_plan, lake_maatwerk_akkoord]
columns:
  - kind tekst: kind of extract
  - gemeentecode gemeente: gemeente; empty for kinds without
  - maand maand: month
  - nieuwste datum: latest first day
*/
with

regels as (
  select 'huishouden' as kind, gemeentecode, periode_van from lake_huishouden
  union all
  select 'wmo_toewijzing', gemeentecode, periode_van from lake_wmo_toewijzing
  union all
  select 'jeugd_toewijzing', gemeentecode, periode_van from lake_jeugd_toewijzing
  union all
  select 'wmo_declaratie', gemeentecode, periode_van from lake_wmo_declaratie
  union all
  select 'jeugd_declaratie', gemeentecode, periode_van from lake_jeugd_declaratie
  union all
  select 'participatie_uitkering', gemeentecode, periode_van from lake_participatie_uitkering
  union all
  select 'schuldhulp_traject', gemeentecode, periode_van from lake_schuldhulp_traject
  union all
  select 'schuldhulp_signaal', gemeentecode, periode_van from lake_schuldhulp_signaal
  union all
  select 'wonen_signaal', gemeentecode, periode_van from lake_wonen_signaal
  union all
  select 'veldmelding', gemeentecode, periode_van from lake_veldmelding
  union all
  select 'uitsluiting', cast(null as varchar), periode_van from lake_uitsluiting
  union all
  select 'maatwerk_plan', gemeentecode, periode_van from lake_maatwerk_plan
  union all
  select 'zvw_declaratie', cast(null as varchar), periode_van from lake_zvw_declaratie
  union all
  select 'zvw_verzekerde', cast(null as varchar), periode_van from lake_zvw_verzekerde
  union all
  select 'maatwerk_akkoord', cast(null as varchar), periode_van from lake_maatwerk_akkoord
)

select kind, gemeentecode, cast(date_trunc('month', periode_van) as date) as maand, max(periode_van) as nieuwste
from regels
where periode_van is not null
group by kind, gemeentecode, cast(date_trunc('month', periode_van) as date)
