/*
name: stg_uitgave
doc: What the maatwerk programme spent, not replaced by a newer delivery.
grain: [levering, regel]
reads: [geldig_maatwerk_uitgave]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - datum datum: of the expense
  - soort tekst: what it was for
  - bedrag_ct ct: spent
  - begroot_ct ct: set aside for it; empty when not said
  - casusnummer tekst: case it was for; empty for the programme as a whole
*/
with

geldig_maatwerk_uitgave as (
  select * from geldig_maatwerk_uitgave
),

uitgaven as (
  select levering, regel, datum, soort, bedrag_ct, begroot_ct, casusnummer from geldig_maatwerk_uitgave
)

select * from uitgaven
