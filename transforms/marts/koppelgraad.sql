/*
name: koppelgraad
doc: >
  How many of the persons of each kind are found in huishouden (methods 1, rules 63): over all, per gemeente of its lines and
  per file, with the verdict. A kind, or a kind in a gemeente, with te_laag or geen covers nobody there: what it does not show
  is unknown, never absent, and its months are onbekend in dekking. A file only warns.
level: totaal
grain: [kind, gemeentecode, bestand]
reads: [koppel_oordeel]
columns:
  - from koppel_oordeel: kind, gemeentecode, bestand
  - personen aantal: persons of lines that count with a day in the windows, and a gemeente of the run where lines have one
  - gekoppeld aantal: "of whom there is a spell in huishouden at any time; of huishouden itself: at P"
  - from koppel_oordeel: aandeel?
  - minimum aandeel?: least share that is accepted (min_link_share of the contract); empty for huishouden
  - oordeel tekst: ja, te_laag, geen, niet_beoordeeld (fewer than 20 persons) or ter_informatie (huishouden)
figures:
  personen: telling, personen op regels die meetellen
  gekoppeld: telling, daarvan gevonden in huishouden
  aandeel: schatting, gekoppeld gedeeld door personen
  minimum: gegeven, min_link_share van het contract
  oordeel: oordeel, ja als aandeel ten minste minimum is
*/
with

koppel_oordeel as (
  select * from koppel_oordeel
),

koppelgraden as (
  select kind, gemeentecode, bestand, personen, gekoppeld, aandeel, minimum, oordeel from koppel_oordeel
)

select * from koppelgraden
