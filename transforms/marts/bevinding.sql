/*
name: bevinding
doc: >
  What stapel found and did not filter, or repaired; sleutel is a file, file:line or a case number, never a
  person.
level: rij
grain: [onderwerp, sleutel, regel_code]
reads: [stg_huishouden, declaratie_bevinding, plan_stand, huishouden_stand, levering_stand, levering_bevinding]
columns:
  - onderwerp tekst: kind of extract
  - sleutel tekst: file, file and line, or case
  - regel_code tekst: rule
  - ernst tekst: let_op or fout
  - toelichting tekst: Dutch sentence
*/
with

-- plans of households that are not shown have findings that are not shown (rules 48, 57)
plan as (
  select s.*
  from plan_stand s
  left join huishouden_stand h on h.huishouden = s.huishouden
  where coalesce(h.getoond, true)
)

select
  'huishouden' as onderwerp, concat(l.bestand, ':', cast(h.regel as varchar)) as sleutel, 'verblijf_ingekort' as regel_code,
  'let_op' as ernst, 'Het verblijf loopt door na het begin van een later verblijf van dezelfde persoon en is daar ingekort.'
    as toelichting
from stg_huishouden h
join levering_stand l on l.levering = h.levering and l.kind = 'huishouden'
where h.ingekort
union all
select
  d.kind, concat(l.bestand, ':', cast(d.regel as varchar)), d.regel_code, 'let_op',
  case d.regel_code
    when '8017' then 'Deze credit noemt geen debetregel, of er is meer gecrediteerd dan gedeclareerd; de regel telt mee.'
    when '8021' then 'Dit referentienummer is door dezelfde aanbieder eerder gebruikt; de regel telt mee.'
    when '9307' then 'De zorg begint voor de ingangsdatum van de toewijzing; de regel telt mee.'
    when '9308' then 'De zorg eindigt na de einddatum van de toewijzing; de regel telt mee.'
    when '9346' then 'Het bedrag is niet volume maal tarief, ook niet na afronding van het tarief; de regel telt mee.'
    when '9389' then 'Dezelfde zorg is eerder gedeclareerd zonder credit ertussen; de regel telt mee.'
    when '9390' then 'Dit referentienummer is al eerder gecrediteerd; de regel telt mee.'
  end
from declaratie_bevinding d
join levering_stand l on l.levering = d.levering and l.kind = d.kind
union all
select kind, bestand, regel_code, 'let_op', toelichting from levering_bevinding
union all
select
  'maatwerk_plan', casusnummer, 'akkoord_ontbreekt', 'let_op',
  'Het plan is gestart met minder dan twee akkoorden van andere maatwerkers.'
from plan
where akkoord_ontbreekt
union all
select
  'maatwerk_plan', casusnummer, 'akkoord_na_datum', 'let_op',
  'Het tweede akkoord is later gegeven dan de datum waarop het plan akkoord heet.'
from plan
where akkoord_na_datum
union all
select
  'maatwerk_plan', casusnummer, 'horizon_anders', 'let_op',
  'De bedragen van dit plan gaan over een andere termijn dan twaalf maanden.'
from plan
where horizon_mnd <> 12 and dreigend_ct is not null and maatwerk_ct is not null
