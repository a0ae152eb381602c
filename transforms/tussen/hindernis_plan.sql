/*
name: hindernis_plan
doc: >
  Maatwerk plans that were reported by P, with what stood in the way and how they fared (methods 6). As plan_totaal: those of households that
  run.gemeenten leaves out are not among them, those of excluded households are.
grain: [casusnummer]
reads: [plan_stand, stg_plan, huishouden_stand, parameter]
columns:
  - casusnummer tekst: case
  - hindernis tekst: what stands in the way, joined by |; empty without
  - dagen_tot_akkoord aantal: days from report to approval on or before P; empty without
  - dagen_gevolgd aantal: days from report to P
  - afgewezen vlag: refused
*/
with

plan_stand as (
  select * from plan_stand
),

stg_plan as (
  select * from stg_plan
),

huishouden_stand as (
  select * from huishouden_stand
),

parameter as (
  select * from parameter
),

plannen as (
  select
    s.casusnummer, p.hindernis, case when s.datum_akkoord <= q.peildatum then s.dagen_tot_akkoord end as dagen_tot_akkoord,
    date_diff('day', s.datum_aanmelding, q.peildatum) as dagen_gevolgd, s.status = 'afgewezen' as afgewezen
  from plan_stand s
  join stg_plan p on p.casusnummer = s.casusnummer and p.nr = 1
  cross join parameter q
  left join huishouden_stand h on h.huishouden = s.huishouden
  where s.datum_aanmelding <= q.peildatum and not coalesce(h.andere_gemeente, false)
)

select * from plannen
