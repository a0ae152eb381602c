/*
name: quarantaine
doc: Quarantined lines per file, rule, column and reason; never the text of a line.
level: totaal
grain: [kind, bestand, regel_code, kolom, reden]
reads: [quarantaine_telling]
columns:
  - kind tekst: kind of extract
  - bestand tekst: file
  - regel_code tekst: rule
  - kolom tekst: column; empty for the line as a whole
  - regels aantal: lines
  - eerste_regel aantal: first physical line
  - reden tekst: Dutch sentence
*/
with

quarantaine_telling as (
  select * from quarantaine_telling
),

redenen as (
  select kind, bestand, regel_code, kolom, regels, eerste_regel, reden from quarantaine_telling
)

select * from redenen
