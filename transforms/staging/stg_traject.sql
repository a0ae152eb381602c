/*
name: stg_traject
doc: Debt relief trajects, not replaced; nr 1 is the newest line of a person on a traject.
grain: [levering, regel]
reads: [geldig_schuldhulp_traject, levering_stand, open_tot]
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - traject_id tekst: partners share it
  - persoon persoon: key
  - gemeentecode gemeente: gemeente
  - van datum: first day
  - tot datum: day after the last; still running is cut where coverage ends
  - beeindigd vlag: has a last day
  - crisisinterventie vlag: there was one
  - moratorium vlag: there was one
  - volgnr aantal: order of the delivery
  - nr aantal: 1 is the newest line of the person on the traject
*/
with

geldig_schuldhulp_traject as (
  select * from geldig_schuldhulp_traject
),

levering_stand as (
  select * from levering_stand where kind = 'schuldhulp_traject'
),

open_tot as (
  select * from open_tot where kind = 'schuldhulp_traject'
),

regels as (
  select t.*, l.volgnr, o.tot as open_tot
  from geldig_schuldhulp_traject t
  join levering_stand l on l.levering = t.levering and l.kind = 'schuldhulp_traject'
  join open_tot o on o.kind = 'schuldhulp_traject' and o.gemeentecode = t.gemeentecode
),

trajecten as (
  select
    levering, regel, traject_id, persoon_ps as persoon, gemeentecode, startdatum as van,
    coalesce(tijd_tot, open_tot) as tot, tijd_tot is not null as beeindigd,
    coalesce(crisisinterventie, false) as crisisinterventie, coalesce(moratorium, false) as moratorium, volgnr,
    row_number() over (
      partition by gemeentecode, traject_id, persoon_ps order by volgnr desc, levering desc, regel desc) as nr
  from regels
)

select * from trajecten
