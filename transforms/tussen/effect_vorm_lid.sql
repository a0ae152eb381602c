/*
name: effect_vorm_lid
doc: The persons of each household of effect_vorm, once for each set of persons (methods 7).
grain: [maand, huishouden, persoon]
reads: [effect_vorm, effect_lid]
columns:
  - maand maand: vorm of effect_vorm
  - huishouden huishouden: household
  - persoon persoon: member
  - aangehecht vlag: attached to a parent's household
  - geboren datum: birthday
  - meerderjarig datum: 18th birthday
*/
with

effect_vorm as (
  select * from effect_vorm
),

effect_lid as (
  select * from effect_lid
),

leden as (
  select v.maand, v.huishouden, l.persoon, l.aangehecht, l.geboren, l.meerderjarig
  from effect_vorm v
  join effect_lid l on l.maand = v.maand and l.huishouden = v.huishouden
  where v.vorm = v.maand
)

select * from leden
