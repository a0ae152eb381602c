/*
name: stg_veldmelding
doc: Households that professionals bring forward, not replaced by a newer delivery.
grain: [levering, regel]
reads: [geldig_veldmelding]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: a member of the household
  - datum datum: date of the report
*/
with

geldig_veldmelding as (
  select * from geldig_veldmelding
),

meldingen as (
  select levering, regel, persoon_ps as persoon, datum
  from geldig_veldmelding
)

select * from meldingen
