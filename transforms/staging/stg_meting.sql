/*
name: stg_meting
doc: How satisfied persons of a maatwerk plan are, not replaced by a newer delivery.
grain: [levering, regel]
reads: [geldig_maatwerk_meting]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - casusnummer tekst: case
  - meetmoment_mnd aantal: months after the start
  - datum datum: when it was asked
  - rol tekst: who was asked
  - persoon_nr aantal: number of the person within the plan; empty when not said
  - cijfer aantal: the mark from 1 to 10 in thousandths; empty when nobody answered
*/
with

geldig_maatwerk_meting as (
  select * from geldig_maatwerk_meting
),

metingen as (
  select levering, regel, casusnummer, meetmoment_mnd, datum, rol, persoon_nr, cijfer from geldig_maatwerk_meting
)

select * from metingen
