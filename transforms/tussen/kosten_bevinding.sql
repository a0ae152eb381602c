/*
name: kosten_bevinding
doc: >
  Cost lines at a time that is improbable, which count all the same: over more days than their contract thinks possible or ending after
  the delivery was made (periode_onwaarschijnlijk, rules 66); before the person's birth (voor_geboorte) or more than 31 days after death
  (na_overlijden, rules 67).
grain: [kind, levering, regel, regel_code]
reads: [geldig_regel, kind_feit, levering_stand, overlap_gelijk, persoon_leven]
parts: kind
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - regel_code tekst: what is improbable
  - geteld_ct ct: counted amount of the line
*/
with

geldig_regel as (
  select * from geldig_regel
),

kind_feit as (
  select * from kind_feit
),

levering_stand as (
  select * from levering_stand
),

overlap_gelijk as (
  select * from overlap_gelijk
),

persoon_leven as (
  select * from persoon_leven
),

regels as (
  select r.kind, r.levering, r.regel, r.persoon, r.tijd_van as van, r.tijd_tot as tot, r.geteld_ct, f.max_dagen, s.nieuwst_gemaakt
  from geldig_regel r
  join kind_feit f on f.kind = r.kind and f.geld and f.periode
  join levering_stand s on s.kind = r.kind and s.levering = r.levering
),

gemerkt as (
  select
    r.kind, r.levering, r.regel, r.geteld_ct,
    coalesce(r.max_dagen > 0 and date_diff('day', r.van, r.tot) > r.max_dagen, false)
      or coalesce(r.tot > plus_dagen(r.nieuwst_gemaakt, 1), false) as periode,
    coalesce(r.van < l.geboren, false) as voor_geboorte,
    coalesce(r.tot > plus_dagen(l.overleden_tot, 31), false) as na_overlijden
  from regels r
  left join persoon_leven l on l.persoon = r.persoon
),

opvallend as (
  select m.*
  from gemerkt m
  where (m.periode or m.voor_geboorte or m.na_overlijden)
    and not exists (
      select 1 from overlap_gelijk o where o.kind = m.kind and o.levering = m.levering and o.regel = m.regel)
),

bevindingen as (
  select kind, levering, regel, 'periode_onwaarschijnlijk' as regel_code, geteld_ct from opvallend where periode
  union all
  select kind, levering, regel, 'voor_geboorte', geteld_ct from opvallend where voor_geboorte
  union all
  select kind, levering, regel, 'na_overlijden', geteld_ct from opvallend where na_overlijden
)

select * from bevindingen
