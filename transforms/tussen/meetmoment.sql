/*
name: meetmoment
doc: The days on which the households at P are looked at - the last day of every whole quarter of the 24 months to P, and P itself.
grain: [dag]
reads: [kalender, parameter]
columns:
  - dag datum: the day
  - kwartaal maand: first day of the quarter that ends on it; empty where P ends no quarter
  - is_p vlag: it is P
*/
with

kalender as (
  select * from kalender
),

parameter as (
  select * from parameter
),

einden as (
  select
    plus_dagen(k.tot, -1) as dag,
    case when date_trunc('quarter', k.tot) = k.tot then cast(date_trunc('quarter', k.maand) as date) end as kwartaal,
    k.tot = p.tot as is_p, p.signaal_van
  from kalender k
  cross join parameter p
  where k.maand >= p.signaal_van
),

momenten as (
  select dag, kwartaal, is_p
  from einden
  where is_p or kwartaal >= signaal_van
)

select * from momenten
