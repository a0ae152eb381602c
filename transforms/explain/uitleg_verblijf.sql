/*
name: uitleg_verblijf
doc: Where the persons of the household that is explained lived, one row a spell that counts.
grain: [persoon_id, van]
reads: [eigen_huishouden, lid, stg_huishouden, levering_stand]
columns:
  - persoon_id tekst: id
  - van datum: first day
  - tot datum: day after the last
  - hier vlag: in the household at P
  - typhh tekst: CBS TYPHH
  - functie_adres tekst: W woonadres, B briefadres
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

stg_huishouden as (
  select * from stg_huishouden
),

levering_stand as (
  select * from levering_stand
),

verblijven as (
  select
    id_tekst('p', s.persoon) as persoon_id, s.van, s.tot, s.huishouden = l.huishouden as hier, s.typhh, s.functie_adres,
    v.kind as bron_kind, v.bestand as bron_bestand, s.regel as bron_regel
  from stg_huishouden s
  join lid l on l.persoon = s.persoon
  join eigen_huishouden e on e.huishouden = l.huishouden
  join levering_stand v on v.levering = s.levering and v.kind = 'huishouden'
  where not s.dubbel and s.van < s.tot
)

select * from verblijven
