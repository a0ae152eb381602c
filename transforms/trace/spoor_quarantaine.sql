/*
name: spoor_quarantaine
doc: >
  What mart quarantaine counts lies in the folder quarantine, by file: `stapel quarantine` shows the lines.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [quarantaine_telling]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

quarantaine_telling as (
  select * from quarantaine_telling
),

sporen as (
  select
    concat(kind, '/', bestand, '/', regel_code, '/', kolom, '/', reden) as sleutel, 'regels' as kolom, cast(null as varchar) as kind,
    cast(null as bigint) as levering, cast(null as bigint) as regel, concat('quarantaine van ', bestand) as lid, regels as deel
  from quarantaine_telling
)

select * from sporen
