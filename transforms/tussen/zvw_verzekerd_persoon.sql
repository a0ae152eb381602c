/*
name: zvw_verzekerd_persoon
doc: >
  Persons with an insured day in T0, with the number of these days and what reference cost depends on: sex, and age at P. Nobody where the insurer's persons are
  not found in huishouden (rules 63), nor of a gemeente that run.gemeenten leaves out.
grain: [persoon]
reads: [zvw_verzekerd_tijd, feit_toen, gemeente_run, koppelt_niet, parameter]
view: true
columns:
  - persoon persoon: person
  - dagen aantal: insured days
  - geslacht tekst?: COD046
  - leeftijd aantal?: years at P
*/
with

zvw_verzekerd_tijd as (
  select * from zvw_verzekerd_tijd
),

feit_toen as (
  select * from feit_toen
),

gemeente_run as (
  select * from gemeente_run
),

koppelt_niet as (
  select * from koppelt_niet
),

parameter as (
  select * from parameter
),

dagen as (
  select persoon, cast(sum(date_diff('day', van, tot)) as bigint) as dagen from zvw_verzekerd_tijd group by persoon
),

personen as (
  select
    d.persoon, d.dagen, f.geslacht,
    year(p.peildatum) - year(f.geboren)
      - case when substr(cast(f.geboren as varchar), 6, 5) > substr(cast(p.peildatum as varchar), 6, 5) then 1 else 0 end
      as leeftijd
  from dagen d
  join feit_toen f on f.peil = 0 and f.persoon = d.persoon
  left join gemeente_run g on g.gemeentecode = f.gemeentecode
  cross join parameter p
  where (not p.alleen_gekozen_gemeenten or g.gemeentecode is not null)
    and not exists (select 1 from koppelt_niet n where n.kind = 'zvw_declaratie' and n.gemeentecode = 'alle')
)

select * from personen
