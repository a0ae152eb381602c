/*
name: stg_akkoord
doc: Decisions of maatwerkers about a plan, not replaced by a newer delivery.
grain: [levering, regel]
reads: [geldig_maatwerk_akkoord]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - casusnummer tekst: case
  - maatwerker persoon: who decides
  - besluit tekst: akkoord, aanvullen or afwijzen
  - datum datum: date of the decision
  - organisatie tekst: for whom; empty when not named
*/
with

geldig_maatwerk_akkoord as (
  select * from geldig_maatwerk_akkoord
),

akkoorden as (
  select levering, regel, casusnummer, maatwerker_ps as maatwerker, besluit, datum, organisatie
  from geldig_maatwerk_akkoord
)

select * from akkoorden
