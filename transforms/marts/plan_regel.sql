/*
name: plan_regel
doc: >
  The amounts of maatwerk plans by who pays (rules 44, methods 7): over the betalers they add up to the plan's. niet_verdeeld is what its lines
  leave, below 0 where these come to more. Plans of households that are not shown are left out.
level: rij
grain: [casusnummer, scenario, betaler]
reads: [plan_verdeling, plan_stand, huishouden_stand]
columns:
  - casusnummer tekst: case number
  - scenario tekst: huidig, dreigend or maatwerk
  - from plan_verdeling: betaler
  - bedrag_ct ct: amount over the horizon of the plan
  - inbaar_ct ct: of which what is saved on it can be spent
  - niet_inbaar_ct ct: of which it can't; of the rest nobody said
  - from plan_verdeling: regels
needs:
  "*": maatwerk_plan maatwerk_plan_regel
figures:
  bedrag_ct: som, som van de planregels van deze betaler; niet_verdeeld is het bedrag van het plan min zijn regels
  inbaar_ct: som, daarvan inbaar
  niet_inbaar_ct: som, daarvan niet inbaar
  regels: telling, planregels
*/
with

plan_verdeling as (
  select * from plan_verdeling
),

plan_stand as (
  select * from plan_stand
),

huishouden_stand as (
  select * from huishouden_stand
),

verdeling as (
  select v.casusnummer, v.scenario, v.betaler, v.bedrag_ct, v.inbaar_ct, v.niet_inbaar_ct, v.regels
  from plan_verdeling v
  join plan_stand s on s.casusnummer = v.casusnummer
  left join huishouden_stand h on h.huishouden = s.huishouden
  where coalesce(h.getoond, true)
)

select * from verdeling
