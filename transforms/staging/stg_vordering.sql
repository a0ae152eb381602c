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
  - gemeentecode gemeente: whose claim
  - vordering_nummer tekst: its number there
  - bedrag_ct ct: the claim
  - afgelost_ct ct: paid off; empty when not said
  - status tekst: BDFS 16; empty when not said
*/
with

geldig_participatie_vordering as (
  select * from geldig_participatie_vordering
),

vorderingen as (
  select
    levering, regel, persoon_ps as persoon, ontstaansdatum, ontstaansgrond, gemeentecode, vordering_nummer, bedrag_ct, afgelost_ct, status
  from geldig_participatie_vordering
)

select * from vorderingen
