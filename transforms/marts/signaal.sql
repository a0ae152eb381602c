/*
name: signaal
doc: >
  What shows an ingredient, when, how strongly, and from which source line (methods 5): of the persons of each household at P.
level: rij
grain: [huishouden_id, persoon_id, ingredient, van, tot]
reads: [signaal_huishouden, huishouden_stand]
columns:
  - from signaal_huishouden: huishouden as huishouden_id
  - persoon_id persoon: "person; onbekend: a signal of the household as a whole"
  - from signaal_huishouden: ingredient, van
  - tot datum: day after the last, nawerking included
  - from signaal_huishouden: sterkte
  - bron_kind tekst?: kind of extract of the source; empty where absence is the sign
  - bron_bestand tekst?: file of the source
  - bron_regel aantal?: physical line in that file
figures:
  bron_regel: gegeven, regelnummer van de bronregel in het bestand
  sterkte: oordeel, sterk of zwak volgens de regel van signals.yaml die de bronregel raakt
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
