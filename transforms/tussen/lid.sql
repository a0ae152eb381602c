/*
name: lid
doc: The persons of each household at P (rules 22, 23); lid_toen says how a minor is attached.
grain: [persoon]
reads: [lid_toen]
columns:
  - persoon persoon: key
  - huishouden huishouden: the household the person belongs to at P
  - aangehecht vlag: attached to a parent's household
  - minderjarig vlag: under 18 at P
  - gemeentecode gemeente: of the own spell, else the newest line
  - typhh tekst: idem
  - plhh tekst: idem
  - wijkcode tekst: idem
  - geboren datum: birthday
  - meerderjarig datum: 18th birthday
  - geboortejaar aantal: year of birth
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

lid_toen as (
  select * from lid_toen
),

leden as (
  select
    persoon, huishouden, aangehecht, minderjarig, gemeentecode, typhh, plhh, wijkcode, geboren, meerderjarig, geboortejaar, levering,
    regel
  from lid_toen
  where peil = 0
)

select * from leden
