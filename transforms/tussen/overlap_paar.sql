/*
name: overlap_paar
doc: >
  Two deliveries that could hold the same money (rules 61): of one kind whose deliveries add up, of the same supplier or with one that
  has no name, which both cover a day of one month in a gemeente, and of insurers the lines of one of which both hold.
grain: [kind, oud, nieuw, gemeentecode, maand_van]
reads: [levering_stand, levering_dekking, uzovi_levering]
columns:
  - kind tekst: kind of extract
  - oud sleutel: the older delivery
  - nieuw sleutel: the newer one
  - nieuw_volgnr aantal: its order among deliveries
  - gemeentecode gemeente: gemeente that both cover
  - maand_van maand: first month that both cover a day of
  - maand_tot maand: the month after the last
*/
with

-- the same bytes delivered twice are one delivery, with the coverage of both notes
dekking as (
  select
    s.kind, s.levering, s.volgnr, s.gegevensleverancier, d.gemeentecode, d.maand_van, d.maand_tot
  from levering_stand s
  join levering_dekking d on d.kind = s.kind and d.levering = s.levering
  where s.optellend
),

samen as (
  select
    a.kind, a.levering as oud, b.levering as nieuw, b.volgnr as nieuw_volgnr, a.gemeentecode,
    greatest(a.maand_van, b.maand_van) as maand_van, least(a.maand_tot, b.maand_tot) as maand_tot
  from dekking a
  join dekking b
    on b.kind = a.kind and b.volgnr > a.volgnr and b.gemeentecode = a.gemeentecode
    and (b.gegevensleverancier = a.gegevensleverancier or a.gegevensleverancier = '' or b.gegevensleverancier = '')
    and a.maand_van < b.maand_tot and b.maand_van < a.maand_tot
),

met_uzovi as (
  select distinct kind, levering from uzovi_levering
),

zelfde_uzovi as (
  select distinct a.kind, a.levering as oud, b.levering as nieuw
  from uzovi_levering a
  join uzovi_levering b on b.kind = a.kind and b.uzovi = a.uzovi and b.levering <> a.levering
)

select p.kind, p.oud, p.nieuw, p.nieuw_volgnr, p.gemeentecode, p.maand_van, max(p.maand_tot) as maand_tot
from samen p
left join met_uzovi a on a.kind = p.kind and a.levering = p.oud
left join met_uzovi b on b.kind = p.kind and b.levering = p.nieuw
left join zelfde_uzovi z on z.kind = p.kind and z.oud = p.oud and z.nieuw = p.nieuw
where a.kind is null or b.kind is null or z.kind is not null
group by p.kind, p.oud, p.nieuw, p.nieuw_volgnr, p.gemeentecode, p.maand_van
