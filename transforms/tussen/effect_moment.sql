/*
name: effect_moment
doc: >
  Days on which households are looked at for the effect of maatwerk (methods 7), each the first of a month - those in which a plan was reported or a
  lottery drawn, by P.
grain: [maand]
reads: [stg_plan, loting_lijst, effect_kalender, parameter]
columns:
  - maand maand: month
  - bruikbaar vlag: effect_kalender has the 12 months before it
*/
with

stg_plan as (
  select * from stg_plan
),

loting_lijst as (
  select * from loting_lijst
),

effect_kalender as (
  select * from effect_kalender
),

parameter as (
  select * from parameter
),

maanden as (
  select cast(date_trunc('month', s.datum_aanmelding) as date) as maand
  from stg_plan s
  cross join parameter p
  where s.nr = 1 and s.datum_aanmelding <= p.peildatum
  union
  select l.maand
  from loting_lijst l
  cross join parameter p
  where l.maand <= p.peildatum
),

momenten as (
  select m.maand, coalesce(k.volgnr, 0) > 12 as bruikbaar
  from maanden m
  left join effect_kalender k on k.maand = m.maand
)

select * from momenten
