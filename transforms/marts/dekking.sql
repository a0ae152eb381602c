/*
name: dekking
doc: >
  Per kind, gemeente and month of the three windows whether the feed covers it (methods 1). onbekend where nothing says what
  it covers, and where its persons are not found in huishouden (koppelgraad, rules 63); opgeheven after the last day on which
  anybody lives in the gemeente (rules 68).
level: totaal
grain: [kind, gemeentecode, maand]
reads: [dekking_maand, koppelt_niet, lake_periode, parameter]
columns:
  - kind tekst: kind of extract
  - gemeentecode gemeente: gemeente
  - maand maand: month
  - gedekt tekst: ja, nee, onbekend or opgeheven
  - nieuwste_regel datum?: latest first day of a line that starts in the month; for a kind without gemeente over all gemeenten
figures:
  gedekt: oordeel, of leveringsbrieven of regels de maand van deze gemeente dekken
*/
with

dekking_maand as (
  select * from dekking_maand
),

koppelt_niet as (
  select * from koppelt_niet
),

lake_periode as (
  select * from lake_periode
),

parameter as (
  select * from parameter
),

gekoppeld as (
  select
    d.kind, d.gemeentecode, d.maand,
    case
      when d.gedekt <> 'opgeheven' and exists (
        select 1 from koppelt_niet k where k.kind = d.kind and k.gemeentecode in ('alle', d.gemeentecode)) then 'onbekend'
      else d.gedekt
    end as gedekt
  from dekking_maand d
),

maanden as (
  select d.kind, d.gemeentecode, d.maand, d.gedekt, max(r.nieuwste) as nieuwste_regel
  from gekoppeld d
  cross join parameter p
  left join lake_periode r
    on r.kind = d.kind and r.maand = d.maand and (r.gemeentecode = d.gemeentecode or r.gemeentecode is null)
  where d.maand >= p.t2_van
  group by d.kind, d.gemeentecode, d.maand, d.gedekt
)

select * from maanden
