/*
name: gelijk
doc: >
  Lines that equal another one of their kind in every column of the contract (rules 61, 62), where that could be the same money twice:
  in deliveries that overlap, and in kinds with an amount and a date whose lines nothing identifies. inhoud is a hash of those
  columns, and equal persons stand beside equal hashes. Lines that a newer delivery replaces are not among them.
grain: [kind, levering, regel]
reads: [geldig_regel, kind_feit, overlap_paar, levering_stand]
parts: kind
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - volgnr aantal: order of the delivery
  - persoon persoon: key, -1 where a line is about nobody
  - inhoud sleutel: what is in the line
  - nr aantal: line among its equals in the delivery
  - geteld_ct ct: counted amount
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

levering_stand as (
  select * from levering_stand
),

leveringen as (
  select kind, oud as levering from overlap_paar
  union
  select kind, nieuw from overlap_paar
  union
  select s.kind, s.levering
  from levering_stand s
  join kind_feit f on f.kind = s.kind and f.geld and f.periode and not f.referentie
),

regels as (
  select
    r.kind, r.levering, r.regel, s.volgnr, coalesce(r.persoon, cast(-1 as bigint)) as persoon, r.inhoud, r.geteld_ct
  from geldig_regel r
  join leveringen l on l.kind = r.kind and l.levering = r.levering
  join levering_stand s on s.kind = r.kind and s.levering = r.levering
),

-- few lines have an equal, and only those are put in order
vaker as (
  select kind, persoon, inhoud from regels group by kind, persoon, inhoud having count(*) > 1
),

gelijken as (
  select
    r.kind, r.levering, r.regel, r.volgnr, r.persoon, r.inhoud,
    row_number() over (partition by r.kind, r.levering, r.persoon, r.inhoud order by r.regel) as nr, r.geteld_ct
  from regels r
  join vaker v on v.kind = r.kind and v.persoon = r.persoon and v.inhoud = r.inhoud
)

select * from gelijken
