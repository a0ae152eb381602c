/*
name: uitgesloten_regel
doc: >
  Accepted lines that only other lines or files make wrong, so that they cannot be quarantined, and that no figure uses.
  9384: the allocation is withdrawn (reden 13), with the declarations on it. bedrag_ongelijk: a benefit with unequal amounts.
  verblijf_dubbel: a spell with the same person and begindatum as a newer line. overlap_gelijk: a newer delivery that overlaps holds it
  again (rules 61).
grain: [kind, levering, regel]
reads: [stg_huishouden, stg_toewijzing, stg_declaratie, stg_bijstand, overlap_gelijk]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - regel_code tekst: why
  - geteld_ct ct: counted amount of the line, 0 where the kind has no money
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

stg_toewijzing as (
  select * from stg_toewijzing
),

stg_declaratie as (
  select * from stg_declaratie
),

stg_bijstand as (
  select * from stg_bijstand
),

overlap_gelijk as (
  select * from overlap_gelijk
),

ingetrokken as (
  select distinct wet, gemeentecode, toewijzing_nummer from stg_toewijzing where ingetrokken
),

declaratie as (
  select d.kind, d.levering, d.regel, d.geteld_ct
  from stg_declaratie d
  join ingetrokken i
    on i.wet = d.wet and i.gemeentecode = d.gemeentecode and i.toewijzing_nummer = d.toewijzing_nummer
),

regels as (
  select kind, levering, regel, '9384' as regel_code, cast(0 as bigint) as geteld_ct from stg_toewijzing where ingetrokken
  union all
  select kind, levering, regel, '9384', geteld_ct from declaratie
  union all
  select 'participatie_uitkering', levering, regel, 'bedrag_ongelijk', geteld_ct from stg_bijstand where bedrag_ongelijk
  union all
  select 'huishouden', levering, regel, 'verblijf_dubbel', cast(0 as bigint) from stg_huishouden where dubbel
  union all
  select kind, levering, regel, 'overlap_gelijk', coalesce(geteld_ct, 0) from overlap_gelijk
)

select * from regels
