/*
name: huishouden
doc: Households at P; those with an excluded member are left out (methods 2, rules 48).
level: rij
grain: [huishouden_id]
reads: [huishouden_stand, parameter]
columns:
  - from huishouden_stand: huishouden as huishouden_id
  - peildatum datum: P, the same in every row
  - from huishouden_stand: gemeentecode, wijkcode?, typhh, personen, volwassenen, kinderen, aangehechte_kinderen, jongste_geboortejaar
figures:
  personen: telling, personen die op de peildatum bij het huishouden horen
  volwassenen: telling, daarvan 18 jaar of ouder
  kinderen: telling, daarvan jonger dan 18
  aangehechte_kinderen: telling, kinderen die elders staan ingeschreven en bij een ouder zijn geteld
  jongste_geboortejaar: gegeven, geboortejaar van de jongste, zoals geleverd
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
