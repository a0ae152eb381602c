/*
name: stg_wonen
doc: Housing signals of corporation and gemeente, not replaced. With an einddatum a period, without one an event (rules 38).
grain: [levering, regel]
reads: [geldig_wonen_signaal]
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
with

geldig_wonen_signaal as (
  select * from geldig_wonen_signaal
),

signalen as (
  select
    levering, regel, persoon_ps as persoon, soort, tijd_van as van, tijd_tot as tot, einddatum is not null as periode
  from geldig_wonen_signaal
)

select * from signalen
