/*
name: huishouden
doc: Households at P, those with an excluded member left out (rules 48).
level: rij
grain: [huishouden_id]
reads: [huishouden_stand, parameter]
columns:
  - huishouden_id huishouden: id
  - peildatum datum: P
  - gemeentecode gemeente: gemeente
  - wijkcode tekst: neighbourhood
  - typhh tekst: CBS TYPHH
  - personen aantal: members, attached ones included
  - volwassenen aantal: of 18 and over
  - kinderen aantal: under 18, attached ones included
  - aangehechte_kinderen aantal: attached members
  - jongste_geboortejaar aantal: year of birth of the youngest
*/
with

huishouden_stand as (
  select * from huishouden_stand
),

parameter as (
  select * from parameter
),

huishoudens as (
  select
    h.huishouden as huishouden_id, p.peildatum, h.gemeentecode, h.wijkcode, h.typhh, h.personen, h.volwassenen, h.kinderen,
    h.aangehechte_kinderen, h.jongste_geboortejaar
  from huishouden_stand h
  cross join parameter p
  where h.getoond
)

select * from huishoudens
