/*
name: overlap_verschilt
doc: >
  Lines of kinds without a reference that count, although a newer delivery of the supplier covers the day on which they begin and does not
  hold them (rules 61): a correction, or a period delivered anew. Which of the two can't be told, so nothing is published.
grain: [kind, levering, regel]
reads: [geldig_regel, kind_feit, overlap_paar, overlap_gelijk, uzovi_levering]
parts: kind
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - nieuw sleutel: newest delivery that covers it
  - geteld_ct ct: counted amount of the line
*/
with

geldig_regel as (
  select * from geldig_regel
),

kind_feit as (
  select * from kind_feit
),

overlap_paar as (
  select * from overlap_paar
),

overlap_gelijk as (
  select * from overlap_gelijk
),

uzovi_levering as (
  select * from uzovi_levering
),

bedekt as (
  select
    r.kind, r.levering, r.regel, p.nieuw, r.geteld_ct,
    row_number() over (partition by r.kind, r.levering, r.regel order by p.nieuw_volgnr desc, p.nieuw) as nr
  from overlap_paar p
  join kind_feit f on f.kind = p.kind and not f.referentie
  join geldig_regel r
    on r.kind = p.kind and r.levering = p.oud and r.tijd_van >= p.van and r.tijd_van < p.tot
    and (r.gemeentecode is null or r.gemeentecode = p.gemeentecode)
  where (r.uzovi is null or not exists (
      select 1 from uzovi_levering u where u.kind = p.kind and u.levering = p.nieuw)
    or exists (
      select 1 from uzovi_levering u where u.kind = p.kind and u.levering = p.nieuw and u.uzovi = r.uzovi))
),

zonder_opvolger as (
  select b.kind, b.levering, b.regel, b.nieuw, b.geteld_ct
  from bedekt b
  where b.nr = 1
    and not exists (
      select 1 from overlap_gelijk g where g.kind = b.kind and g.levering = b.levering and g.regel = b.regel)
)

select * from zonder_opvolger
