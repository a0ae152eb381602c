/*
name: bevinding
doc: What stapel found and did not filter, or repaired; sleutel is file:line or a case number, never a person.
level: rij
grain: [onderwerp, sleutel, regel_code]
reads: [stg_huishouden, referentie_herhaald, plan_stand, levering_stand]
columns:
  - onderwerp tekst: kind of extract
  - sleutel tekst: file and line, or case
  - regel_code tekst: rule
  - ernst tekst: let_op or fout
  - toelichting tekst: Dutch sentence
*/
select
  'huishouden' as onderwerp, concat(l.bestand, ':', cast(h.regel as varchar)) as sleutel, 'verblijf_ingekort' as regel_code,
  'let_op' as ernst, 'Het verblijf loopt door na het begin van een later verblijf van dezelfde persoon en is daar ingekort.'
    as toelichting
from stg_huishouden h
join levering_stand l on l.levering = h.levering and l.kind = 'huishouden'
where h.ingekort
union all
select
  r.kind, concat(l.bestand, ':', cast(r.regel as varchar)), '8021', 'let_op',
  'Dit referentienummer is door dezelfde aanbieder eerder gebruikt; de regel telt mee.'
from referentie_herhaald r
join levering_stand l on l.levering = r.levering and l.kind = r.kind
union all
select
  'maatwerk_plan', casusnummer, 'akkoord_ontbreekt', 'let_op',
  'Het plan is gestart met minder dan twee akkoorden van andere maatwerkers.'
from plan_stand
where akkoord_ontbreekt
union all
select
  'maatwerk_plan', casusnummer, 'akkoord_na_datum', 'let_op',
  'Het tweede akkoord is later gegeven dan de datum waarop het plan akkoord heet.'
from plan_stand
where akkoord_na_datum
union all
select
  'maatwerk_plan', casusnummer, 'horizon_anders', 'let_op',
  'De bedragen van dit plan gaan over een andere termijn dan twaalf maanden.'
from plan_stand
where horizon_mnd <> 12 and dreigend_ct is not null and maatwerk_ct is not null
