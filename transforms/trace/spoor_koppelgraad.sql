/*
name: spoor_koppelgraad
doc: >
  The persons behind mart koppelgraad.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [geldig_regel, kind_feit, stg_huishouden, levering_stand, gemeente_run, parameter]
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

geldig_regel as (
  select * from geldig_regel
),

kind_feit as (
  select * from kind_feit
),

stg_huishouden as (
  select * from stg_huishouden
),

levering_stand as (
  select * from levering_stand
),

gemeente_run as (
  select * from gemeente_run
),

parameter as (
  select * from parameter
),

woont as (
  select
    h.persoon, max(case when not h.dubbel and h.van <= p.peildatum and p.peildatum < h.tot then 1 else 0 end) as op_p
  from stg_huishouden h
  cross join parameter p
  group by h.persoon
),

regels as (
  select distinct r.kind, r.gemeentecode, r.levering, r.persoon
  from geldig_regel r
  join kind_feit f on f.kind = r.kind and f.persoon
  cross join parameter p
  where r.tijd_van < p.tot and (r.tijd_tot is null or r.tijd_tot > p.t2_van)
),

personen as (
  select
    r.kind, r.gemeentecode, s.bestand, id_tekst('p', r.persoon) as lid, w.persoon is not null and (r.kind <> 'huishouden' or w.op_p = 1) as gevonden
  from regels r
  left join levering_stand s on s.kind = r.kind and s.levering = r.levering
  left join woont w on w.persoon = r.persoon
  left join gemeente_run g on g.gemeentecode = r.gemeentecode
  where r.gemeentecode is null or g.gemeentecode is not null
),

geteld as (
  select distinct concat(kind, '/alle/alle') as sleutel, lid, gevonden from personen
  union all
  select distinct concat(kind, '/', gemeentecode, '/alle'), lid, gevonden from personen where gemeentecode is not null and kind <> 'huishouden'
  union all
  select distinct concat(kind, '/alle/', bestand), lid, gevonden from personen where kind <> 'huishouden' 
),

sporen as (
  select
    sleutel, 'personen' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel, lid,
    cast(1 as bigint) as deel
  from geteld
  union all
  select
    sleutel, 'gekoppeld', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, cast(1 as bigint)
  from geteld
  where gevonden
)

select * from sporen
