/*
name: kinderen
doc: A member at P shows kinderen from birth to the 18th birthday (rules 32); always known.
grain: [persoon]
reads: [lid]
columns:
  - persoon persoon: key
  - huishouden huishouden: empty, the person's
  - ingredient tekst: kinderen
  - van datum: birthday
  - tot datum: 18th birthday
  - sterkte tekst: sterk
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

lid as (
  select * from lid
),

signalen as (
  select
    persoon, cast(null as bigint) as huishouden, 'kinderen' as ingredient, geboren as van, meerderjarig as tot,
    'sterk' as sterkte, 'huishouden' as kind, levering, regel
  from lid
)

select * from signalen
