/*
name: effect_melding
doc: The newest line of each plan with the household that its person belonged to on the first day of the month of the report (methods 7).
grain: [casusnummer]
reads: [stg_plan, geldig_maatwerk_plan, effect_lid]
columns:
  - casusnummer tekst: case
  - persoon persoon: a member
  - huishouden huishouden: household on that day; empty without one
  - maand maand: of the report
  - datum_aanmelding datum: reported
  - datum_start datum: started; empty when not
  - status tekst: state
  - herkomst tekst: data or veld; empty text where nobody said
  - afgehaakt vlag: afgewezen or ingetrokken
*/
with

stg_plan as (
  select * from stg_plan
),

geldig_maatwerk_plan as (
  select * from geldig_maatwerk_plan
),

effect_lid as (
  select * from effect_lid
),

plannen as (
  select
    s.casusnummer, s.persoon, cast(date_trunc('month', s.datum_aanmelding) as date) as maand, s.datum_aanmelding, s.datum_start, s.status,
    coalesce(g.herkomst, '') as herkomst, s.status in ('afgewezen', 'ingetrokken') as afgehaakt
  from stg_plan s
  join geldig_maatwerk_plan g on g.levering = s.levering and g.regel = s.regel
  where s.nr = 1
),

meldingen as (
  select
    p.casusnummer, p.persoon, l.huishouden, p.maand, p.datum_aanmelding, p.datum_start, p.status, p.herkomst, p.afgehaakt
  from plannen p
  left join effect_lid l on l.maand = p.maand and l.persoon = p.persoon
)

select * from meldingen
