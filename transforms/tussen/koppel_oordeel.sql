/*
name: koppel_oordeel
doc: >
  How many of the persons of a kind are found in huishouden at any time (rules 63): over all, per gemeente of its lines and per file,
  with the verdict on it. Persons are those of lines that count with a day in the windows, and where lines have a gemeente, of one of the
  run. Of fewer than 20 persons a share says nothing, unless it is nothing; of a file not even then. Of huishouden itself the persons
  with a spell at P.
grain: [kind, gemeentecode, bestand]
reads: [koppel_persoon, kind_feit, levering_stand]
parts: kind
columns:
  - kind tekst: kind of extract
  - gemeentecode tekst: gemeente of the lines, or alle
  - bestand tekst: file, or alle
  - personen aantal: persons
  - gekoppeld aantal: of whom found in huishouden
  - aandeel aandeel: share of them; empty without persons
  - minimum aandeel: least share that is accepted; empty for huishouden
  - oordeel tekst: ja, te_laag, geen, niet_beoordeeld or ter_informatie
*/
with

koppel_persoon as (
  select * from koppel_persoon
),

kind_feit as (
  select * from kind_feit
),

levering_stand as (
  select * from levering_stand
),

personen as (
  select kind, gemeentecode, levering, persoon, case when gevonden then persoon end as gevonden from koppel_persoon
),

-- whether a person is found depends on the kind alone, so that persons are counted once they are apart: that takes an engine far less memory
-- than a count of distinct ones in each group
per_kind as (
  select distinct kind, persoon, gevonden from personen
),

per_gemeente as (
  select distinct kind, gemeentecode, persoon, gevonden
  from personen
  where gemeentecode is not null and kind <> 'huishouden'
),

per_levering as (
  select distinct kind, levering, persoon, gevonden
  from personen
  where kind <> 'huishouden'
),

geteld as (
  select kind, 'alle' as gemeentecode, 'alle' as bestand, count(*) as personen, count(gevonden) as gekoppeld
  from per_kind
  group by kind
  union all
  select kind, gemeentecode, 'alle', count(*), count(gevonden)
  from per_gemeente
  group by kind, gemeentecode
  union all
  select p.kind, 'alle', s.bestand, count(*), count(p.gevonden)
  from per_levering p
  join levering_stand s on s.kind = p.kind and s.levering = p.levering
  group by p.kind, s.bestand
),

oordelen as (
  select
    a.kind, a.gemeentecode, a.bestand, a.personen, a.gekoppeld, cast(a.gekoppeld as double) / nullif(a.personen, 0) as aandeel,
    case when a.kind <> 'huishouden' then cast(f.min_koppel_ppm as double) / nullif(1000000, 0) end as minimum,
    case
      when a.kind = 'huishouden' then 'ter_informatie'
      when a.personen < 20 and (a.gekoppeld > 0 or a.bestand <> 'alle') then 'niet_beoordeeld'
      when a.gekoppeld = 0 then 'geen'
      when a.gekoppeld * 1000000 < a.personen * f.min_koppel_ppm then 'te_laag'
      else 'ja'
    end as oordeel
  from geteld a
  join kind_feit f on f.kind = a.kind
)

select * from oordelen
