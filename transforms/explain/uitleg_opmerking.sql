/*
name: uitleg_opmerking
doc: >
  What was found about lines of the household that is explained: lines that count for nothing, for which the code says why; findings, as
  published; and lines that equal an earlier one, which bevinding counts per file.
grain: [volgorde, bron_bestand, bron_regel, regel_code]
reads: [eigen_regel, uitgesloten_regel, bevinding, regel_gelijk, levering_stand]
columns:
  - volgorde aantal: 1 of lines that count for nothing, 2 of findings, 3 of equal lines
  - regel_code tekst: rule
  - toelichting tekst: Dutch sentence; empty where the code says it
  - bron_kind tekst: source kind
  - bron_bestand tekst: source file
  - bron_regel aantal: source line
*/
with

eigen_regel as (
  select * from eigen_regel
),

uitgesloten_regel as (
  select * from uitgesloten_regel
),

bevinding as (
  select * from bevinding
),

regel_gelijk as (
  select * from regel_gelijk
),

levering_stand as (
  select * from levering_stand
),

regels as (
  select e.kind, e.levering, e.regel, v.bestand
  from eigen_regel e
  join levering_stand v on v.levering = e.levering and v.kind = e.kind
),

opmerkingen as (
  select
    cast(1 as bigint) as volgorde, u.regel_code, cast(null as varchar) as toelichting, r.kind as bron_kind, r.bestand as bron_bestand,
    r.regel as bron_regel
  from regels r
  join uitgesloten_regel u on u.kind = r.kind and u.levering = r.levering and u.regel = r.regel
  union all
  select cast(2 as bigint), b.regel_code, b.toelichting, r.kind, r.bestand, r.regel
  from regels r
  join bevinding b on b.onderwerp = r.kind and b.sleutel = concat(r.bestand, ':', cast(r.regel as varchar))
  union all
  select
    cast(3 as bigint), 'regel_gelijk', 'Deze regel is in alle kolommen gelijk aan een eerdere; de regel telt mee.', r.kind, r.bestand,
    r.regel
  from regels r
  join regel_gelijk g on g.kind = r.kind and g.levering = r.levering and g.regel = r.regel
)

select * from opmerkingen
