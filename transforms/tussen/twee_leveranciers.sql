/*
name: twee_leveranciers
doc: >
  Deliveries of a kind that one supplier delivers (rules 71), of which another, with another name, covers a day of the same month in the
  same gemeente: a newer one replaces lines of anyone.
grain: [kind, levering]
reads: [levering_stand, levering_dekking, kind_feit]
columns:
  - kind tekst: kind of extract
  - levering sleutel: the newer delivery
*/
with

levering_stand as (
  select * from levering_stand
),

levering_dekking as (
  select * from levering_dekking
),

kind_feit as (
  select * from kind_feit
),

-- the same bytes delivered twice are one delivery, with the coverage of both notes and the name in the newest
dekking as (
  select s.kind, s.levering, s.volgnr, s.gegevensleverancier, d.gemeentecode, d.maand_van, d.maand_tot
  from levering_stand s
  join kind_feit f on f.kind = s.kind and not f.veel_leveranciers
  join levering_dekking d on d.kind = s.kind and d.levering = s.levering
  where s.gegevensleverancier <> ''
),

leveringen as (
  select distinct b.kind, b.levering
  from dekking a
  join dekking b
    on b.kind = a.kind and b.volgnr > a.volgnr and b.gemeentecode = a.gemeentecode and a.maand_van < b.maand_tot
    and b.maand_van < a.maand_tot and b.gegevensleverancier <> a.gegevensleverancier
)

select * from leveringen
