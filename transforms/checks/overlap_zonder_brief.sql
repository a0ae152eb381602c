/*
name: overlap_zonder_brief
doc: >
  Deliveries of a kind whose lines nothing identifies, which do not say what they cover, and of which half the lines or more are about the same
  person and days as a line of another delivery (rules 61): whether that is the same money can't be told, and it is added up.
grain: [kind, bestand, ander]
reads: [lake_regel, kind_feit, levering_stand, levering_dekking, vervangen]
columns:
  - kind tekst: kind of extract
  - bestand tekst: file that does not say what it covers
  - ander tekst: file with lines over the same days of the same persons
  - regels aantal: lines of the first with such a line in the second
  - bedrag_ct ct: counted eurocents of these
check:
  severity: waarschuwing
  denominator: levering_stand
  sentence: "{n} keer staan bedragen van dezelfde persoon over dezelfde dagen in twee leveringen waarvan er een niet zegt wat hij dekt"
  detail: "{kind}: {regels} regels van {bestand} ({bedrag_ct}) gaan over dezelfde personen en dagen als regels van {ander}, en zijn daarbij opgeteld; geef beide bestanden een leveringsbrief met periode en gemeenten, of haal weg wat dubbel is"
  reason: without coverage nothing tells a second delivery from a second treatment
*/
with

lake_regel as (
  select * from lake_regel
),

kind_feit as (
  select * from kind_feit
),

levering_stand as (
  select * from levering_stand
),

levering_dekking as (
  select * from levering_dekking
),

vervangen as (
  select * from vervangen
),

onbekend as (
  select s.kind, s.levering, s.bestand
  from levering_stand s
  where not exists (select 1 from levering_dekking d where d.kind = s.kind and d.levering = s.levering)
),

-- of most kinds every delivery says what it covers
soorten as (
  select distinct o.kind
  from onbekend o
  join kind_feit f on f.kind = o.kind and f.geld and f.periode and f.persoon and not f.referentie
),

weg as (
  select v.kind, v.levering, v.regel
  from vervangen v
  join soorten s on s.kind = v.kind
),

regels as (
  select r.kind, r.levering, r.regel, coalesce(r.persoon, cast(-1 as bigint)) as persoon, r.tijd_van, r.tijd_tot, r.inhoud, r.geteld_ct
  from lake_regel r
  join soorten s on s.kind = r.kind
  where not exists (
    select 1 from weg v where v.kind = r.kind and v.levering = r.levering and v.regel = r.regel)
),

-- equal lines are found as such
samen as (
  select distinct a.kind, a.levering, a.regel, a.geteld_ct, o.bestand, b.levering as andere_levering
  from onbekend o
  join regels a on a.kind = o.kind and a.levering = o.levering
  join regels b
    on b.kind = a.kind and b.persoon = a.persoon and b.tijd_van = a.tijd_van and b.tijd_tot = a.tijd_tot
    and b.levering <> a.levering and b.inhoud <> a.inhoud
),

-- a treatment or two on the same days is no second delivery
omvang as (
  select r.kind, r.levering, count(*) as n
  from regels r
  join onbekend o on o.kind = r.kind and o.levering = r.levering
  group by r.kind, r.levering
),

schending as (
  select s.kind, s.bestand, e.bestand as ander, count(*) as regels, cast(sum(s.geteld_ct) as bigint) as bedrag_ct
  from samen s
  join omvang m on m.kind = s.kind and m.levering = s.levering
  join levering_stand e on e.kind = s.kind and e.levering = s.andere_levering
  group by s.kind, s.bestand, e.bestand, m.n
  having 2 * count(*) >= m.n
)

select * from schending
