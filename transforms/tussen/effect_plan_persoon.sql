/*
name: effect_plan_persoon
doc: Whom a plan was about - its person, and all of the household on the first day of the month of the report (methods 7, rules 27).
grain: [casusnummer, persoon]
reads: [effect_melding, effect_lid, parameter]
columns:
  - casusnummer tekst: case
  - persoon persoon: key
  - maand maand: of the report
  - datum_aanmelding datum: reported
  - afgehaakt vlag: afgewezen or ingetrokken
*/
with

effect_melding as (
  select * from effect_melding
),

effect_lid as (
  select * from effect_lid
),

parameter as (
  select * from parameter
),

meldingen as (
  select m.*
  from effect_melding m
  cross join parameter p
  where m.datum_aanmelding <= p.peildatum
),

personen as (
  select casusnummer, persoon, maand, datum_aanmelding, afgehaakt from meldingen
  union
  select m.casusnummer, l.persoon, m.maand, m.datum_aanmelding, m.afgehaakt
  from meldingen m
  join effect_lid l on l.maand = m.maand and l.huishouden = m.huishouden
)

select * from personen
