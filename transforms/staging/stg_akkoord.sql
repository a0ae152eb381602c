/*
name: stg_akkoord
doc: Decisions of maatwerkers about a plan, not replaced by a newer delivery.
grain: [levering, regel]
reads: [lake_maatwerk_akkoord, vervangen]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - casusnummer tekst: case
  - maatwerker persoon: who decides
  - besluit tekst: akkoord, aanvullen or afwijzen
  - datum datum: date of the decision
*/
select levering, regel, casusnummer, maatwerker_ps as maatwerker, besluit, datum
from lake_maatwerk_akkoord a
where not exists (
  select 1 from vervangen v where v.kind = 'maatwerk_akkoord' and v.levering = a.levering and v.regel = a.regel)
