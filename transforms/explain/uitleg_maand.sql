/*
name: uitleg_maand
doc: The cost of the household that is explained, one row a source line and month.
grain: [bron_kind, bron_bestand, bron_regel, maand]
reads: [eigen_huishouden, kosten_maand, levering_stand]
columns:
  - maand maand: month of the windows
  - domein tekst: law
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
  - deel_ct ct: part of the line in the month
  - bron_kind tekst: source kind
  - bron_bestand tekst: source file
  - bron_regel aantal: source line
*/
with

eigen_huishouden as (
  select * from eigen_huishouden
),

kosten_maand as (
  select * from kosten_maand
),

levering_stand as (
  select * from levering_stand
),

maanden as (
  select
    k.maand, k.domein, k.betaler, k.grondslag, k.deel_ct, v.kind as bron_kind, v.bestand as bron_bestand, k.regel as bron_regel
  from kosten_maand k
  join eigen_huishouden e on e.huishouden = k.huishouden
  join levering_stand v on v.levering = k.levering and v.kind = k.kind
)

select * from maanden
