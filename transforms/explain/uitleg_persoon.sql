/*
name: uitleg_persoon
doc: The persons of the household that is explained, with the line that says so.
grain: [persoon_id]
reads: [eigen_huishouden, lid, feit_toen, levering_stand]
columns:
  - persoon_id tekst: id
  - geboren datum: birthday
  - minderjarig vlag: under 18 at P
  - aangehecht vlag: attached to a parent's household
  - plhh tekst: CBS PLHH
  - ouder vlag: a member names this person as parent
  - bron_kind tekst: source kind
  - bron_bestand tekst: source file
  - bron_regel aantal: source line
*/
with

eigen_huishouden as (
  select * from eigen_huishouden
),

lid as (
  select * from lid
),

feit_toen as (
  select * from feit_toen
),

levering_stand as (
  select * from levering_stand
),

leden as (
  select l.*
  from lid l
  join eigen_huishouden e on e.huishouden = l.huishouden
),

genoemd as (
  select f.ouder1 as persoon
  from feit_toen f
  join leden l on l.persoon = f.persoon
  where f.peil = 0
  union
  select f.ouder2
  from feit_toen f
  join leden l on l.persoon = f.persoon
  where f.peil = 0
),

personen as (
  select
    id_tekst('p', l.persoon) as persoon_id, l.geboren, l.minderjarig, l.aangehecht, l.plhh, g.persoon is not null as ouder,
    v.kind as bron_kind, v.bestand as bron_bestand, l.regel as bron_regel
  from leden l
  join levering_stand v on v.levering = l.levering and v.kind = 'huishouden'
  left join genoemd g on g.persoon = l.persoon
)

select * from personen
