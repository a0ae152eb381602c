/*
name: regel_gelijk
doc: >
  Lines that count and equal an earlier one of their kind in every column, in kinds with an amount and a date whose lines nothing
  identifies (rules 62). Two sessions on a day are real; a share of them that is too high is not.
grain: [kind, levering, regel]
reads: [gelijk, kind_feit, overlap_gelijk]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - geteld_ct ct: counted amount of the line
  - eerder_levering sleutel: delivery of the line that it equals
*/
with

gelijk as (
  select * from gelijk
),

kind_feit as (
  select * from kind_feit
),

overlap_gelijk as (
  select * from overlap_gelijk
),

tellend as (
  select
    g.kind, g.levering, g.regel, g.geteld_ct,
    first_value(g.levering) over (partition by g.kind, g.persoon, g.inhoud order by g.volgnr, g.levering, g.regel) as eerder_levering,
    row_number() over (partition by g.kind, g.persoon, g.inhoud order by g.volgnr, g.levering, g.regel) as nr
  from gelijk g
  join kind_feit f on f.kind = g.kind and f.geld and f.periode and not f.referentie
  left join overlap_gelijk o on o.kind = g.kind and o.levering = g.levering and o.regel = g.regel
  where o.kind is null
),

latere as (
  select kind, levering, regel, geteld_ct, eerder_levering from tellend where nr > 1
)

select * from latere
