/*
name: gelijk
doc: >
  Lines that equal another one of their kind in every column of the contract (rules 61, 62), where that could be the same money twice:
  in deliveries that overlap, and in kinds with an amount and a date whose lines nothing identifies. inhoud is a hash of those
  columns, and equal persons stand beside equal hashes. Lines that a newer delivery replaces are not among them.
grain: [kind, levering, regel]
reads: [geldig_regel, gelijk_levering, gelijk_inhoud]
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

gelijk_levering as (
  select * from gelijk_levering
),

gelijk_inhoud as (
  select * from gelijk_inhoud
),

-- few lines have an equal, and only those are put in order
regels as (
  select
    r.kind, r.levering, r.regel, l.volgnr, i.persoon, r.inhoud, r.geteld_ct,
    count(*) over (partition by r.kind, i.persoon, r.inhoud) as regels
  from geldig_regel r
  join gelijk_levering l on l.kind = r.kind and l.levering = r.levering
  join gelijk_inhoud i on i.persoon = coalesce(r.persoon, cast(-1 as bigint)) and i.inhoud = r.inhoud
),

gelijken as (
  select
    kind, levering, regel, volgnr, persoon, inhoud,
    row_number() over (partition by kind, levering, persoon, inhoud order by regel) as nr, geteld_ct
  from regels
  where regels > 1
)

select * from gelijken
