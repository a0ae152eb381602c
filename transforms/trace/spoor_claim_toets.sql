/*
name: spoor_claim_toets
doc: >
  The lines behind what claims state.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [stg_claim]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

stg_claim as (
  select * from stg_claim
),

sporen as (
  select
    claim_id as sleutel, 'beweerd_ct' as kolom, 'claim' as kind, levering, regel, cast(null as varchar) as lid, besparing_ct as deel
  from stg_claim
  where nr = 1
)

select * from sporen
