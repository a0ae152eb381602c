/*
name: stg_vordering
doc: Recoveries, fines and other claims of the gemeente (BDFS), not replaced by a newer delivery.
grain: [levering, regel]
reads: [geldig_participatie_vordering]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - ontstaansdatum datum: date of the decision
  - ontstaansgrond tekst: BDFS 11
*/
with

geldig_participatie_vordering as (
  select * from geldig_participatie_vordering
),

vorderingen as (
  select levering, regel, persoon_ps as persoon, ontstaansdatum, ontstaansgrond
  from geldig_participatie_vordering
)

select * from vorderingen
