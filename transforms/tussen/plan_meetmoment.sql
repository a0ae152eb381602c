/*
name: plan_meetmoment
doc: >
  Plans that have reached a moment, their start lying that many twelfths of 365 days or more before P, and how many answered then.
grain: [meetmoment_mnd, casusnummer]
reads: [meting_moment, meting_stand, plan_stand, huishouden_stand, parameter]
view: true
columns:
  - meetmoment_mnd aantal: months after the start
  - casusnummer tekst: plan
  - beantwoord aantal?: persons with a mark; empty where nobody was asked
*/
with

meting_moment as (
  select * from meting_moment
),

meting_stand as (
  select * from meting_stand
),

plan_stand as (
  select * from plan_stand
),

huishouden_stand as (
  select * from huishouden_stand
),

parameter as (
  select * from parameter
),

per_plan as (
  select casusnummer, meetmoment_mnd, count(cijfer) as beantwoord from meting_stand group by casusnummer, meetmoment_mnd
),

bereikt as (
  select o.meetmoment_mnd, p.casusnummer
  from plan_stand p
  cross join meting_moment o
  cross join parameter q
  left join huishouden_stand h on h.huishouden = p.huishouden
  where not coalesce(h.andere_gemeente, false)
    and plus_dagen(p.datum_start, deel(365 * o.meetmoment_mnd, cast(1 as bigint), cast(12 as bigint))) <= q.peildatum
),

plannen as (
  select b.meetmoment_mnd, b.casusnummer, m.beantwoord
  from bereikt b
  left join per_plan m on m.casusnummer = b.casusnummer and m.meetmoment_mnd = b.meetmoment_mnd
)

select * from plannen
