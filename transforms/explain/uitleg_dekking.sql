/*
name: uitleg_dekking
doc: In which months of the windows each kind covers the persons of the household that is explained.
grain: [persoon_id, kind]
reads: [eigen_huishouden, tijdlijn_dekking]
columns:
  - persoon_id tekst: id
  - kind tekst: kind of extract
  - maanden aantal: months covered, as bits of kalender
  - levend aantal: months that the person was born by, as bits
*/
with

eigen_huishouden as (
  select * from eigen_huishouden
),

tijdlijn_dekking as (
  select * from tijdlijn_dekking
),

dekking as (
  select id_tekst('p', t.persoon) as persoon_id, t.kind, t.maanden, t.levend
  from tijdlijn_dekking t
  join eigen_huishouden e on e.huishouden = t.huishouden
)

select * from dekking
