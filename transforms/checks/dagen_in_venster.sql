/*
name: dagen_in_venster
doc: >
  Days lie where they can lie: the peildatum of a household is that of the run, coverage is about the months of the windows,
  episodes lie in the 24 months to P and are actief exactly when they contain it, lines that show something begin before they end.
grain: [mart, van]
reads: [huishouden, dekking, cocktail, signaal, parameter, kalender]
columns:
  - mart tekst: table
  - van datum: day that lies elsewhere
check:
  severity: fout
  denominator: dekking
  sentence: "{n} dagen liggen buiten de vensters van de run ({d} maanden dekking)"
  reason: what lies outside the windows is in no figure
*/
with

huishouden as (
  select * from huishouden
),

dekking as (
  select * from dekking
),

cocktail as (
  select * from cocktail
),

signaal as (
  select * from signaal
),

parameter as (
  select * from parameter
),

kalender as (
  select * from kalender
),

schending as (
  select distinct 'huishouden' as mart, h.peildatum as van
  from huishouden h
  cross join parameter p
  where h.peildatum <> p.peildatum
  union
  select 'dekking', d.maand
  from dekking d
  where not exists (select 1 from kalender k where k.maand = d.maand)
  union
  select 'cocktail', c.van
  from cocktail c
  cross join parameter p
  where c.van < p.signaal_van or c.tot > p.tot or c.tot <= c.van or c.actief <> (c.tot = p.tot)
  union
  select 'signaal', s.van
  from signaal s
  where s.tot <= s.van
)

select * from schending
