/*
name: stg_vordering
doc: Recoveries, fines and other claims of the gemeente (BDFS), not replaced by a newer delivery.
grain: [levering, regel]
reads: [lake_participatie_vordering, vervangen]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - ontstaansdatum datum: date of the decision
  - ontstaansgrond tekst: BDFS 11
*/
select levering, regel, persoon_ps as persoon, ontstaansdatum, ontstaansgrond
from lake_participatie_vordering o
where not exists (
  select 1 from vervangen v where v.kind = 'participatie_vordering' and v.levering = o.levering and v.regel = o.regel)
