/*
name: uitgesloten_persoon
doc: Persons who may not be ranked or listed at P (rules 48, 57); their household is left out of everything that shows households.
grain: [persoon]
reads: [lake_uitsluiting, vervangen, parameter]
columns:
  - persoon persoon: key
*/
select distinct u.persoon_ps as persoon
from lake_uitsluiting u
cross join parameter p
where u.begindatum <= p.peildatum and (u.einddatum is null or u.einddatum >= p.peildatum)
  and not exists (
    select 1 from vervangen v where v.kind = 'uitsluiting' and v.levering = u.levering and v.regel = u.regel)
