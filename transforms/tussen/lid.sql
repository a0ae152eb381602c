/*
name: lid
doc: >
  The persons of each household at P. A minor who lives in an institution, nowhere, or in a household without either
  parent is attached to the household of a parent (rules 23): the first of ouder1, ouder2 of 18 or over outside an
  institution, else the first of 18 or over with any spell at P. Own spells decide, not attachments.
grain: [persoon]
reads: [persoon_feit, parameter]
columns:
  - persoon persoon: key
  - huishouden huishouden: the household the person belongs to at P
  - aangehecht vlag: attached to a parent's household
  - minderjarig vlag: under 18 at P
  - gemeentecode gemeente: of the own spell, else the newest line
  - typhh tekst: idem
  - plhh tekst: idem
  - wijkcode tekst: idem
  - geboren datum: birthday
  - meerderjarig datum: 18th birthday
  - geboortejaar aantal: year of birth
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

feit as (
  select f.*, f.meerderjarig > p.peildatum as minderjarig, p.attach_minors
  from persoon_feit f
  cross join parameter p
),

ouder as (
  select f.persoon, 1 as volgorde, f.ouder1 as ouder from feit f where f.ouder1 is not null
  union all
  select f.persoon, 2, f.ouder2 from feit f where f.ouder2 is not null
),

ouder_feit as (
  select o.persoon, o.volgorde, f.huishouden, f.typhh, f.minderjarig
  from ouder o
  join feit f on f.persoon = o.ouder
  where f.huishouden is not null
),

thuis as (
  select distinct k.persoon
  from feit k
  join ouder_feit o on o.persoon = k.persoon and o.huishouden = k.huishouden
),

-- a minor of whom no parent is known stays where it is
zoekend as (
  select k.persoon
  from feit k
  where k.attach_minors and k.minderjarig and not k.vertrokken
    and (k.ouder1 is not null or k.ouder2 is not null)
    and (k.huishouden is null or k.typhh = '8' or not exists (select 1 from thuis t where t.persoon = k.persoon))
),

keuze as (
  select
    z.persoon, o.huishouden,
    row_number() over (
      partition by z.persoon order by case when o.typhh <> '8' then 0 else 1 end, o.volgorde) as nr
  from zoekend z
  join ouder_feit o on o.persoon = z.persoon and not o.minderjarig
),

geplaatst as (
  select
    f.persoon, coalesce(k.huishouden, f.huishouden) as huishouden, k.huishouden is not null as aangehecht, f.minderjarig,
    f.gemeentecode, f.typhh, f.plhh, f.wijkcode, f.geboren, f.meerderjarig, f.geboortejaar, f.levering, f.regel
  from feit f
  left join keuze k on k.persoon = f.persoon and k.nr = 1
)

select * from geplaatst where huishouden is not null
