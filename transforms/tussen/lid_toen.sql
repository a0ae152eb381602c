/*
name: lid_toen
doc: >
  The persons of each household at P and at the ends of the two years before. A minor who lives in an institution, nowhere, or
  in a household without either parent is attached to the household of a parent (rules 23): the first of ouder1, ouder2 of 18 or
  over outside an institution, else the first of 18 or over with any spell on that day. Own spells decide, not attachments.
grain: [peil, persoon]
reads: [feit_toen, parameter]
columns:
  - peil aantal: 0 at P, 1 a year before, 2 two years before
  - persoon persoon: key
  - huishouden huishouden: the household the person belongs to on that day
  - aangehecht vlag: attached to a parent's household
  - minderjarig vlag: under 18 on that day
  - gemeentecode gemeente: of the own spell, else the newest line
  - typhh tekst: idem
  - plhh tekst: idem
  - wijkcode tekst: idem
  - geslacht tekst: idem, COD046
  - geboren datum: birthday
  - meerderjarig datum: 18th birthday
  - geboortejaar aantal: year of birth
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

feit_toen as (
  select * from feit_toen
),

parameter as (
  select * from parameter
),

ouder as (
  select f.peil, f.persoon, 1 as volgorde, f.ouder1 as ouder from feit_toen f where f.ouder1 is not null
  union all
  select f.peil, f.persoon, 2, f.ouder2 from feit_toen f where f.ouder2 is not null
),

ouder_feit as (
  select o.peil, o.persoon, o.volgorde, f.huishouden, f.typhh, f.minderjarig
  from ouder o
  join feit_toen f on f.peil = o.peil and f.persoon = o.ouder
  where f.huishouden is not null
),

thuis as (
  select distinct k.peil, k.persoon
  from feit_toen k
  join ouder_feit o on o.peil = k.peil and o.persoon = k.persoon and o.huishouden = k.huishouden
),

-- a minor of whom no parent is known stays where it is
zoekend as (
  select k.peil, k.persoon
  from feit_toen k
  cross join parameter p
  where p.attach_minors and k.minderjarig and not k.vertrokken
    and (k.ouder1 is not null or k.ouder2 is not null)
    and (k.huishouden is null or k.typhh = '8' or not exists (
      select 1 from thuis t where t.peil = k.peil and t.persoon = k.persoon))
),

keuze as (
  select
    z.peil, z.persoon, o.huishouden,
    row_number() over (
      partition by z.peil, z.persoon order by case when o.typhh <> '8' then 0 else 1 end, o.volgorde) as nr
  from zoekend z
  join ouder_feit o on o.peil = z.peil and o.persoon = z.persoon and not o.minderjarig
),

geplaatst as (
  select
    f.peil, f.persoon, coalesce(k.huishouden, f.huishouden) as huishouden, k.huishouden is not null as aangehecht, f.minderjarig,
    f.gemeentecode, f.typhh, f.plhh, f.wijkcode, f.geslacht, f.geboren, f.meerderjarig, f.geboortejaar, f.levering, f.regel
  from feit_toen f
  left join keuze k on k.peil = f.peil and k.persoon = f.persoon and k.nr = 1
),

leden as (
  select * from geplaatst where huishouden is not null
)

select * from leden
