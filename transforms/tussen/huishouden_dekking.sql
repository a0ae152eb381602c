/*
name: huishouden_dekking
doc: >
  In which months a kind covers a household, as bits: it covers every member born by then; attached members are left out
  (rules 19).
grain: [huishouden, kind]
reads: [persoon_dekking]
columns:
  - huishouden huishouden: household at P
  - kind tekst: kind of extract
  - maanden aantal: months covered, as bits of kalender
*/
with

persoon_dekking as (
  select * from persoon_dekking
),

gedekt as (
  select
    huishouden, kind,
    bitwise_and(bitwise_and_agg(bitwise_or(maanden, bitwise_not(levend))), bitwise_or_agg(levend)) as maanden
  from persoon_dekking
  where not aangehecht
  group by huishouden, kind
)

select * from gedekt
