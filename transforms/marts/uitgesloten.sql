/*
name: uitgesloten
doc: Accepted lines that no figure uses because another line or file makes them wrong (methods 6).
level: rij
grain: [kind, bestand, regel]
reads: [uitgesloten_regel, levering_stand, kind_feit]
columns:
  - kind tekst: kind of extract
  - bestand tekst: "`<kind>/<file>`"
  - regel aantal: physical line
  - regel_code tekst: 9384, bedrag_ongelijk, verblijf_dubbel or overlap_gelijk
  - bedrag_ct ct?: counted amount; empty for kinds without money
figures:
  bedrag_ct: som, bedrag van de regel
  regel_code: oordeel, de regel van decisions/ en methods.md die andere regels of bestanden erbij nodig heeft
*/
with

uitgesloten_regel as (
  select * from uitgesloten_regel
),

levering_stand as (
  select * from levering_stand
),

kind_feit as (
  select * from kind_feit
),

regels as (
  select u.kind, l.bestand, u.regel, u.regel_code, case when f.geld then u.geteld_ct end as bedrag_ct
  from uitgesloten_regel u
  join levering_stand l on l.levering = u.levering and l.kind = u.kind
  join kind_feit f on f.kind = u.kind
)

select * from regels
