/*
name: vervangen
doc: >
  Lines of an older delivery that a newer one of the same kind covers, by line (rules 8, 45). A kind without a
  gemeentecode is replaced only by the same supplier, or one insurer would replace another's lines.
grain: [kind, levering, regel]
reads: [lake_huishouden, lake_wmo_toewijzing, lake_jeugd_toewijzing, lake_participatie_uitkering, lake_schuldhulp_traject,
  lake_schuldhulp_signaal, lake_wonen_signaal, lake_zvw_verzekerde, lake_veldmelding, lake_uitsluiting, lake_maatwerk_plan,
  lake_maatwerk_akkoord, levering_stand, levering_dekking]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery the line is in
  - regel aantal: physical line
*/
with

regels as (
  select 'huishouden' as kind, levering, regel, gemeentecode, periode_van, periode_tot from lake_huishouden
  union all
  select 'wmo_toewijzing', levering, regel, gemeentecode, periode_van, periode_tot from lake_wmo_toewijzing
  union all
  select 'jeugd_toewijzing', levering, regel, gemeentecode, periode_van, periode_tot from lake_jeugd_toewijzing
  union all
  select 'participatie_uitkering', levering, regel, gemeentecode, periode_van, periode_tot from lake_participatie_uitkering
  union all
  select 'schuldhulp_traject', levering, regel, gemeentecode, periode_van, periode_tot from lake_schuldhulp_traject
  union all
  select 'schuldhulp_signaal', levering, regel, gemeentecode, periode_van, periode_tot from lake_schuldhulp_signaal
  union all
  select 'wonen_signaal', levering, regel, gemeentecode, periode_van, periode_tot from lake_wonen_signaal
  union all
  select 'veldmelding', levering, regel, gemeentecode, periode_van, periode_tot from lake_veldmelding
  union all
  select 'uitsluiting', levering, regel, cast(null as varchar), periode_van, periode_tot from lake_uitsluiting
  union all
  select 'maatwerk_plan', levering, regel, gemeentecode, periode_van, periode_tot from lake_maatwerk_plan
  union all
  select 'zvw_verzekerde', levering, regel, cast(null as varchar), periode_van, periode_tot from lake_zvw_verzekerde
  union all
  select 'maatwerk_akkoord', levering, regel, cast(null as varchar), periode_van, periode_tot from lake_maatwerk_akkoord
),

-- an older delivery is one with a note; a line that is still running reaches to infinity
bedekt as (
  select r.kind, r.levering, r.regel
  from regels r
  join levering_stand oud on oud.levering = r.levering and oud.kind = r.kind and oud.heeft_note
  join levering_dekking nieuw
    on nieuw.kind = r.kind and nieuw.volgnr > oud.volgnr and nieuw.levering <> oud.levering
    and ((r.gemeentecode is not null and nieuw.gemeentecode = r.gemeentecode)
      or (r.gemeentecode is null and nieuw.gegevensleverancier = oud.gegevensleverancier))
    and r.periode_van < nieuw.tot
    and (r.periode_tot is null or r.periode_tot > nieuw.van)
)

select distinct kind, levering, regel from bedekt
