/*
name: dubbele_sleutel
doc: >
  Keys that two persons have: of two pseudonyms with one 63-bit key the 128-bit check differs. Asked of the key table alone, in an
  engine that is closed before the first model of a run.
grain: [key]
reads: [sleuteltabel]
columns:
  - key sleutel: key of two persons
*/
with

sleuteltabel as (
  select * from sleuteltabel
),

personen as (
  select distinct key, check_hi, check_lo from sleuteltabel
),

dubbel as (
  select key from personen group by key having count(*) > 1
)

select * from dubbel
