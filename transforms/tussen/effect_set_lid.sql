/*
name: effect_set_lid
doc: The persons of the members of matched sets, as they formed the household on the first day of the month of the report (methods 7).
grain: [maand, huishouden, persoon]
reads: [effect_set, effect_stand, effect_vorm_lid]
columns:
  - maand maand: maand of effect_set
  - huishouden huishouden: member of a set
  - persoon persoon: key
  - aangehecht vlag: attached to a parent's household
  - geboren datum: birthday
  - meerderjarig datum: 18th birthday
*/
with

effect_set as (
  select * from effect_set
),

effect_stand as (
  select * from effect_stand
),

effect_vorm_lid as (
  select * from effect_vorm_lid
),

huishoudens as (
  select distinct maand, huishouden from effect_set
),

leden as (
  select h.maand, h.huishouden, l.persoon, l.aangehecht, l.geboren, l.meerderjarig
  from huishoudens h
  join effect_stand t on t.maand = h.maand and t.huishouden = h.huishouden
  join effect_vorm_lid l on l.maand = t.vorm and l.huishouden = t.huishouden
)

select * from leden
