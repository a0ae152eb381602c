/*
name: koppelgraad
doc: >
  How many of the persons of each kind are found in huishouden (rules 63): over all, per gemeente and per file, with the verdict. A kind,
  or a kind in a gemeente, of which too few are found covers nobody there: what it does not show is unknown, never absent.
level: totaal
grain: [kind, gemeentecode, bestand]
reads: [koppel_oordeel]
columns:
  - kind tekst: kind of extract
  - gemeentecode tekst: gemeente of the lines, or alle
  - bestand tekst: file, or alle
  - personen aantal: persons of lines that count with a day in the windows
  - gekoppeld aantal: of whom found in huishouden at any time; of huishouden itself at P
  - aandeel aandeel: share of them; empty without persons
  - minimum aandeel: least share that is accepted; empty for huishouden
  - oordeel tekst: ja, te_laag, geen, niet_beoordeeld or ter_informatie
*/
with

koppel_oordeel as (
  select * from koppel_oordeel
),

koppelgraden as (
  select kind, gemeentecode, bestand, personen, gekoppeld, aandeel, minimum, oordeel from koppel_oordeel
)

select * from koppelgraden
