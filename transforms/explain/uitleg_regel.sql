/*
name: uitleg_regel
doc: What the persons of the household that is explained get, one row a source line.
grain: [bron_kind, bron_bestand, bron_regel]
reads: [eigen_huishouden, tijdlijn_voorziening, levering_stand]
columns:
  - persoon_id tekst: id
  - domein tekst: law
  - soort tekst: toewijzing, declaratie, uitkering, traject, zorg or kosten
  - sleutel tekst: joins the lines of one voorziening of a person
  - code tekst: category, kind of benefit or zorgsoort
  - aanbieder_agb tekst: provider
  - van datum: first day
  - tot datum: day after the last
  - open vlag: no last day was delivered
  - bedrag_ct ct: counted amount of the line; empty for an allocation
  - bron_kind tekst: source kind
  - bron_bestand tekst: source file
  - bron_regel aantal: source line
*/
with

eigen_huishouden as (
  select * from eigen_huishouden
),

tijdlijn_voorziening as (
  select * from tijdlijn_voorziening
),

levering_stand as (
  select * from levering_stand
),

regels as (
  select
    id_tekst('p', t.persoon) as persoon_id, t.domein, t.soort, t.sleutel, t.code, t.aanbieder_agb, t.van, t.tot, t.open, t.bedrag_ct,
    v.kind as bron_kind, v.bestand as bron_bestand, t.regel as bron_regel
  from tijdlijn_voorziening t
  join eigen_huishouden e on e.huishouden = t.huishouden
  join levering_stand v on v.levering = t.levering and v.kind = t.kind
)

select * from regels
