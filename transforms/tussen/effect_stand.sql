/*
name: effect_stand
doc: >
  Households on the first day of each month in which a plan was reported or a lottery drawn: those with a plan reported in it, those on the list of that
  lottery, and those that could serve as a control (methods 7): they meet the rules, nobody of them had a plan by then, and all 12 months before are
  covered. Which rules beside those about adults, children and institutions is in effect.yaml. Households of which someone is excluded at P are left out.
grain: [maand, huishouden]
reads: [effect_vorm, effect_voor, effect_ingredient, effect_parameter, parameter]
columns:
  - maand maand: the clock
  - huishouden huishouden: household of that day
  - vorm maand: first of these months in which the same persons formed the household; with huishouden the key of its cost in effect_kosten
  - casusnummer tekst: plan reported in the month; empty text without one
  - kandidaat vlag: it could be a control
  - draw_id tekst: lottery drawn in the month that has it on its list; empty text without one
  - stratum tekst: of the lottery; empty text without one
  - getrokken vlag: drawn; empty without a lottery
  - kinderen vlag: somebody is under 18
  - gemeentecode gemeente: of the first adult who is not attached, else of the first member
  - personen aantal: members, attached ones included
  - oudste_leeftijd aantal: whole years of the oldest
  - ingredienten aantal: different ingredients that show on the day, kinderen left out
  - eerste_plan maand: month of the first report of a plan about one of its persons, whenever that is; empty without one
  - voor2_ct ct: declared cost in months 13 to 24 before; empty where not all of these are covered
  - voor1_ct ct: in the 12 months before
  - kwartaal_ct ct: in the last 3 of them
  - wmo_ct ct: of voor1_ct, Wmo
  - jeugd_ct ct: Jeugd
  - participatie_ct ct: Participatie
  - zvw_ct ct: Zvw
  - voor1_maanden aantal: of the 12 months before, how many are covered; below 12 the amounts are no whole
*/
with

effect_vorm as (
  select * from effect_vorm
),

effect_voor as (
  select * from effect_voor
),

effect_ingredient as (
  select * from effect_ingredient
),

effect_parameter as (
  select * from effect_parameter
),

parameter as (
  select * from parameter
),

standen as (
  select
    v.maand, v.huishouden, v.vorm, v.casusnummer, v.draw_id, v.stratum, v.getrokken, v.past, v.kinderen, v.gemeentecode, v.personen,
    year(v.maand) - year(v.oudste)
      - case when substr(cast(v.oudste as varchar), 6, 5) > substr(cast(v.maand as varchar), 6, 5) then 1 else 0 end as oudste_leeftijd,
    coalesce(i.ingredienten, 0) as ingredienten, v.eerste_plan, case when k.voor2_maanden = 12 then k.voor2_ct end as voor2_ct, k.voor1_ct,
    k.kwartaal_ct, k.wmo_ct, k.jeugd_ct, k.participatie_ct, k.zvw_ct, k.voor1_maanden,
    case when k.wmo_ct > 0 then 1 else 0 end + case when k.jeugd_ct > 0 then 1 else 0 end + case when k.participatie_ct > 0 then 1 else 0 end
      + case when k.zvw_ct > 0 then 1 else 0 end as domeinen
  from effect_vorm v
  join effect_voor k on k.vorm = v.vorm and k.huishouden = v.huishouden and k.maand = v.maand
  left join effect_ingredient i on i.maand = v.maand and i.huishouden = v.huishouden
  where v.getoond
),

getoetst as (
  select
    s.maand, s.huishouden, s.vorm, s.casusnummer,
    s.past and s.voor1_maanden = 12 and (not e.eis_domeinen or s.domeinen >= p.min_domeinen) and (not e.eis_drempel or s.voor1_ct >= p.drempel_ct)
      and (not e.eis_zvw_aandeel or p.max_zvw_procent = 0 or s.voor1_ct <= 0
        or s.zvw_ct * 100 <= cast(s.voor1_ct as decimal(38, 0)) * p.max_zvw_procent) as kandidaat,
    s.draw_id, s.stratum, s.getrokken, s.kinderen, s.gemeentecode, s.personen, s.oudste_leeftijd, s.ingredienten, s.eerste_plan, s.voor2_ct, s.voor1_ct,
    s.kwartaal_ct, s.wmo_ct, s.jeugd_ct, s.participatie_ct, s.zvw_ct, s.voor1_maanden
  from standen s
  cross join effect_parameter e
  cross join parameter p
),

gekozen as (
  select * from getoetst where kandidaat or casusnummer <> '' or draw_id <> ''
)

select * from gekozen
