/*
name: koppeling
doc: >
  Who is compared with whom (methods 7): sets of a household with maatwerk and at most three without that were alike in the month of its report. Households that are
  not shown are left out, so that a set may have fewer members than were counted.
level: rij
grain: [set_id, huishouden_id]
reads: [effect_set, huishouden_stand]
columns:
  - set_id aantal: number of the set
  - huishouden_id huishouden: member
  - behandeld vlag: it is the treated household of the set
  - gewicht getal: 1 when treated, else one over the number of controls
  - t0 maand: month of the report, the clock of all members
  - start maand?: month of the start; empty when it did not
  - tot maand?: last month that counts for this household
  - herkomst tekst: of the plan, data, veld or empty text
  - casusnummer tekst: plan; empty text for a control
needs:
  "*": maatwerk_plan
figures:
  gewicht: schatting, 1 met maatwerk, anders 1 gedeeld door het aantal in de set
*/
with

effect_set as (
  select * from effect_set
),

huishouden_stand as (
  select * from huishouden_stand
),

leden as (
  select s.set_id, s.huishouden as huishouden_id, s.behandeld, s.gewicht, s.maand as t0, s.start, s.eigen_tot as tot, s.herkomst, s.casusnummer
  from effect_set s
  left join huishouden_stand h on h.huishouden = s.huishouden
  where coalesce(h.getoond, true)
)

select * from leden
