/*
name: overlap_paar
doc: >
  Two deliveries that could hold the same money (rules 61): of one kind whose deliveries add up, of the same supplier or with one that
  has no name, which both cover a day in a gemeente, and of insurers the lines of one of which both hold. Where a supplier delivers periods
  anew its newer delivery replaces its own older one, and they are no pair; with one without a name they are.
grain: [kind, oud, nieuw, gemeentecode, van]
reads: [kind_feit, levering_stand, levering_dekking, uzovi_levering]
columns:
  - kind tekst: kind of extract
  - oud sleutel: the older delivery
  - nieuw sleutel: the newer one
  - nieuw_volgnr aantal: its order among deliveries
  - gemeentecode gemeente: gemeente that both cover
  - van datum: first day that both cover
  - tot datum: day after the last
*/
with

kind_feit as (
  select * from kind_feit
),

levering_stand as (
  select * from levering_stand
),

levering_dekking as (
  select * from levering_dekking
),

uzovi_levering as (
  select * from uzovi_levering
),

-- the same bytes delivered twice are one delivery, with the coverage of both notes
dekking as (
  select
    s.kind, s.levering, s.volgnr, s.gegevensleverancier, s.optellend, s.vervangt, d.gemeentecode, d.van, d.tot
  from levering_stand s
  join levering_dekking d on d.kind = s.kind and d.levering = s.levering
),

samen as (
  select
    a.kind, a.levering as oud, b.levering as nieuw, b.volgnr as nieuw_volgnr, a.gemeentecode,
    greatest(a.van, b.van) as van, least(a.tot, b.tot) as tot
  from dekking a
  join kind_feit f on f.kind = a.kind
  join dekking b
    on b.kind = a.kind and b.volgnr > a.volgnr and b.gemeentecode = a.gemeentecode
    and (b.gegevensleverancier = a.gegevensleverancier or a.gegevensleverancier = '' or b.gegevensleverancier = '')
    and a.van < b.tot and b.van < a.tot
  where (f.optellend or (a.optellend and b.optellend))
    and not (b.vervangt and (not f.veel_leveranciers or (b.gegevensleverancier = a.gegevensleverancier and b.gegevensleverancier <> '')))
),

met_uzovi as (
  select distinct kind, levering from uzovi_levering
),

zelfde_uzovi as (
  select distinct a.kind, a.levering as oud, b.levering as nieuw
  from uzovi_levering a
  join uzovi_levering b on b.kind = a.kind and b.uzovi = a.uzovi and b.levering <> a.levering
),

paren as (
  select p.kind, p.oud, p.nieuw, p.nieuw_volgnr, p.gemeentecode, p.van, max(p.tot) as tot
  from samen p
  left join met_uzovi a on a.kind = p.kind and a.levering = p.oud
  left join met_uzovi b on b.kind = p.kind and b.levering = p.nieuw
  left join zelfde_uzovi z on z.kind = p.kind and z.oud = p.oud and z.nieuw = p.nieuw
  where a.kind is null or b.kind is null or z.kind is not null
  group by p.kind, p.oud, p.nieuw, p.nieuw_volgnr, p.gemeentecode, p.van
)

select * from paren
