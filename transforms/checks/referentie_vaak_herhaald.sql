/*
name: referentie_vaak_herhaald
doc: >
  Kinds in which more references are repeated than max_repeated_share of the accepted lines (rules 9), by the two files that have them.
grain: [kind, bestand, eerder]
reads: [declaratie_bevinding, controle_lake, levering_stand, parameter]
columns:
  - kind tekst: kind of extract
  - bestand tekst: file that has the reference again
  - eerder tekst: file that had it first
  - regels aantal: lines
  - bedrag_ct ct: counted eurocents of these
check:
  severity: fout
  denominator: controle_lake
  sentence: "{n} keer zijn te veel referentienummers van een bestand eerder gebruikt"
  detail: "{kind}: {regels} regels van {bestand} ({bedrag_ct}) hebben een referentienummer dat de aanbieder al gebruikte in {eerder} (8021); haal wat dubbel geleverd is weg, of laat correcties als credit leveren met een eigen nummer"
  reason: a few repeats are corrections gone wrong, many are a file delivered twice under other names
*/
with

declaratie_bevinding as (
  select * from declaratie_bevinding
),

controle_lake as (
  select * from controle_lake
),

levering_stand as (
  select * from levering_stand
),

parameter as (
  select * from parameter
),

geteld as (
  select kind, count(*) as n from declaratie_bevinding where regel_code = '8021' group by kind
),

te_veel as (
  select g.kind
  from geteld g
  join controle_lake l on l.kind = g.kind and l.stap = 'geaccepteerd'
  cross join parameter p
  where g.n * 1000000 > l.regels * p.max_herhaald_ppm
),

schending as (
  select d.kind, b.bestand, e.bestand as eerder, count(*) as regels, cast(sum(d.geteld_ct) as bigint) as bedrag_ct
  from declaratie_bevinding d
  join te_veel t on t.kind = d.kind
  join levering_stand b on b.kind = d.kind and b.levering = d.levering
  join levering_stand e on e.kind = d.kind and e.levering = d.eerder_levering
  where d.regel_code = '8021'
  group by d.kind, b.bestand, e.bestand
)

select * from schending
