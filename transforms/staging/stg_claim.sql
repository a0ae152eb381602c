/*
name: stg_claim
doc: >
  Published and reported savings, not replaced; nr 1 is the newest line of a claim_id. A claim is what someone says: claims with another population
  or horizon are never added up, and a verdict on one is of claim_toets.
grain: [levering, regel]
reads: [geldig_claim, levering_stand]
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - claim_id tekst: claim
  - omschrijving tekst: what was said, by whom and where
  - van datum: first day it is about
  - tot datum: day after the last
  - huishoudens aantal: how many it is about
  - besparing_ct ct: saving; positive is less cost
  - soort tekst: verwacht or gerealiseerd; empty when not said
  - betaler tekst: who saves; empty when not said
  - casusnummers tekst: its cases, joined by |; empty when not said
  - nr aantal: 1 is the newest line of the claim
*/
with

geldig_claim as (
  select * from geldig_claim
),

levering_stand as (
  select * from levering_stand where kind = 'claim'
),

regels as (
  select c.*, l.volgnr
  from geldig_claim c
  join levering_stand l on l.levering = c.levering and l.kind = 'claim'
),

claims as (
  select
    levering, regel, claim_id, omschrijving, tijd_van as van, tijd_tot as tot, aantal_huishoudens as huishoudens, besparing_ct,
    soort, betaler, casusnummers,
    row_number() over (partition by claim_id order by volgnr desc, levering desc, regel desc) as nr
  from regels
)

select * from claims
