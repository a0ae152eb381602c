/*
name: plan_betaler
doc: >
  The sums of plan_totaal by who pays (methods 7, rules 44): over the same plans, and over the betalers they add up to the same amounts. A
  positive saving at one payer beside higher cost at another is what a programme without a joint budget runs into. Expected, not realised.
level: totaal
grain: [groep, betaler]
reads: [plan_verdeling, plan_groep]
columns:
  - groep tekst: alle, or uitgevoerd (in uitvoering or gereed)
  - betaler tekst: who pays; niet_verdeeld is what the lines of plans leave of their amounts
  - huidig_ct ct: expected cost as things are
  - dreigend_ct ct: expected cost if nothing is done
  - maatwerk_ct ct: expected cost with the plan
  - besparing_ct ct: dreigend less maatwerk
  - inbaar_ct ct: of the saving what can be spent, from lines that say so
  - plannen aantal: plans with an amount at this payer
  - noemer aantal: plans of the group with dreigend and maatwerk
needs:
  "*": maatwerk_plan maatwerk_plan_regel
figures:
  huidig_ct dreigend_ct maatwerk_ct: som, som van de planregels van deze betaler
  besparing_ct: som, dreigend min maatwerk
  inbaar_ct: "som, inbare besparing: dreigend min maatwerk van regels die dat zeggen"
  plannen: telling, plannen met een bedrag bij deze betaler
  noemer: telling, plannen met dreigend en maatwerk
*/
with

plan_verdeling as (
  select * from plan_verdeling
),

plan_groep as (
  select * from plan_groep
),

noemers as (
  select groep, count(*) as noemer from plan_groep group by groep
),

sommen as (
  select
    g.groep, v.betaler, cast(sum(case when v.scenario = 'huidig' then v.bedrag_ct else 0 end) as bigint) as huidig_ct,
    cast(sum(case when v.scenario = 'dreigend' then v.bedrag_ct else 0 end) as bigint) as dreigend_ct,
    cast(sum(case when v.scenario = 'maatwerk' then v.bedrag_ct else 0 end) as bigint) as maatwerk_ct,
    cast(sum(case v.scenario when 'dreigend' then v.inbaar_ct when 'maatwerk' then -v.inbaar_ct else 0 end) as bigint) as inbaar_ct,
    count(distinct g.casusnummer) as plannen
  from plan_groep g
  join plan_verdeling v on v.casusnummer = g.casusnummer
  where v.totaal_ct is not null
  group by g.groep, v.betaler
),

betalers as (
  select
    s.groep, s.betaler, s.huidig_ct, s.dreigend_ct, s.maatwerk_ct, s.dreigend_ct - s.maatwerk_ct as besparing_ct, s.inbaar_ct, s.plannen, n.noemer
  from sommen s
  join noemers n on n.groep = s.groep
)

select * from betalers
