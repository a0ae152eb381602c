/*
name: stg_uitsluiting
doc: Persons who may not be listed, and when, not replaced by a newer delivery.
grain: [levering, regel]
reads: [geldig_uitsluiting]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - begindatum datum: first day
  - einddatum datum: last day, empty while it runs
*/
with

geldig_uitsluiting as (
  select * from geldig_uitsluiting
),

uitsluitingen as (
  select levering, regel, persoon_ps as persoon, begindatum, einddatum
  from geldig_uitsluiting
)

select * from uitsluitingen
