/*
name: referentie_vaak_herhaald
doc: Kinds in which more references are repeated than max_repeated_share of the accepted lines (rules 9).
grain: [kind]
reads: [declaratie_bevinding, controle_lake, parameter]
columns:
  - kind tekst: kind of extract
check:
  severity: fout
  denominator: controle_lake
  sentence: "in {n} soorten declaraties zijn te veel referentienummers eerder gebruikt"
  reason: a few repeats are corrections gone wrong, many are a file delivered twice under other names
*/
with

geteld as (
  select kind, count(*) as n from declaratie_bevinding where regel_code = '8021' group by kind
)

select g.kind
from geteld g
join controle_lake l on l.kind = g.kind and l.stap = 'geaccepteerd'
cross join parameter p
where g.n * 1000000 > l.regels * p.max_herhaald_ppm
