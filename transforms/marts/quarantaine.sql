/*
name: quarantaine
doc: Quarantined lines per file, rule, column and reason, never the text of a line; each line is in `quarantine/`.
level: totaal
grain: [kind, bestand, regel_code, kolom, reden]
reads: [quarantaine_telling]
columns:
  - kind tekst: kind of extract
  - bestand tekst: "`<kind>/<file>`"
  - regel_code tekst: rule, see extracts.md
  - kolom tekst: column; empty for the line as a whole
  - regels aantal: lines; one with two reasons is in two rows
  - eerste_regel aantal: first physical line
  - reden tekst: Dutch sentence
figures:
  regels: telling, regels in quarantaine om deze reden
  eerste_regel: gegeven, regelnummer van de eerste
*/
with

quarantaine_telling as (
  select * from quarantaine_telling
),

redenen as (
  select kind, bestand, regel_code, kolom, regels, eerste_regel, reden from quarantaine_telling
)

select * from redenen
