/*
name: signaal
doc: >
  Signals of the persons of each household at P: an ingredient over [van, tot), with strength and source line. persoon_id
  onbekend: a signal of the household as a whole.
level: rij
grain: [huishouden_id, persoon_id, ingredient, van, tot]
reads: [signaal_huishouden, huishouden_stand]
columns:
  - huishouden_id huishouden: id
  - persoon_id persoon: id
  - ingredient tekst: what it shows
  - van datum: first day
  - tot datum: day after the last
  - sterkte tekst: sterk or zwak
  - bron_kind tekst: source kind
  - bron_bestand tekst: source file
  - bron_regel aantal: source line
*/
with

signaal_huishouden as (
  select * from signaal_huishouden
),

huishouden_stand as (
  select * from huishouden_stand
),

signalen as (
  select
    s.huishouden as huishouden_id, s.persoon as persoon_id, s.ingredient, s.van, s.tot, s.sterkte, s.bron_kind,
    s.bron_bestand, s.bron_regel
  from signaal_huishouden s
  join huishouden_stand h on h.huishouden = s.huishouden and h.getoond
)

select * from signalen
