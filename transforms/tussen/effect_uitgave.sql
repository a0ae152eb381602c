/*
name: effect_uitgave
doc: What the programme spent until P, by case; empty text for what was for no case. No rows where no expense was delivered.
grain: [casusnummer]
reads: [geldig_maatwerk_uitgave, parameter]
columns:
  - casusnummer tekst: case; empty text for the programme as a whole
  - bedrag_ct ct: spent
*/
with

geldig_maatwerk_uitgave as (
  select * from geldig_maatwerk_uitgave
),

parameter as (
  select * from parameter
),

uitgaven as (
  select coalesce(u.casusnummer, '') as casusnummer, cast(sum(u.bedrag_ct) as bigint) as bedrag_ct
  from geldig_maatwerk_uitgave u
  cross join parameter p
  where u.datum <= p.peildatum
  group by coalesce(u.casusnummer, '')
)

select * from uitgaven
