/*
name: stg_wonen
doc: Housing signals of corporation and gemeente, not replaced. With an einddatum a period, without one an event (rules 38).
grain: [levering, regel]
reads: [lake_wonen_signaal, vervangen]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - soort tekst: kind of signal
  - van datum: first day
  - tot datum: day after the last day, or after the event
  - periode vlag: a period, not an event
*/
select
  levering, regel, persoon_ps as persoon, soort, tijd_van as van, tijd_tot as tot, einddatum is not null as periode
from lake_wonen_signaal w
where not exists (
  select 1 from vervangen v where v.kind = 'wonen_signaal' and v.levering = w.levering and v.regel = w.regel)
