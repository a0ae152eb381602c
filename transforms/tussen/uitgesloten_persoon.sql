/*
name: uitgesloten_persoon
doc: Persons who may not be ranked or listed at P (rules 48, 57); their household is left out of everything that shows households.
grain: [persoon]
reads: [stg_uitsluiting, parameter]
columns:
  - persoon persoon: key
*/
with

stg_uitsluiting as (
  select * from stg_uitsluiting
),

parameter as (
  select * from parameter
),

personen as (
  select distinct u.persoon
  from stg_uitsluiting u
  cross join parameter p
  where u.begindatum <= p.peildatum and (u.einddatum is null or u.einddatum >= p.peildatum)
)

select * from personen
