/*
name: spoor_zvw_referentie
doc: >
  The persons behind mart zvw_referentie, their insured days, and the lines of their cost on those days.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [zvw_verzekerd_persoon, zvw_verzekerd_zorg, zvw_norm]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

zvw_verzekerd_persoon as (
  select * from zvw_verzekerd_persoon
),

zvw_verzekerd_zorg as (
  select * from zvw_verzekerd_zorg
),

zvw_norm as (
  select * from zvw_norm
),

klasse as (
  select concat(n.geslacht, '/', n.klasse) as sleutel, s.persoon, s.dagen
  from zvw_verzekerd_persoon s
  join zvw_norm n on n.geslacht = s.geslacht and s.leeftijd >= n.leeftijd_van and s.leeftijd < n.leeftijd_tot
),

groepen as (
  select sleutel, persoon, dagen from klasse
  union all
  select 'alle/alle', persoon, dagen from klasse
),

sporen as (
  select
    sleutel, 'verzekerden' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel,
    id_tekst('p', persoon) as lid, cast(1 as bigint) as deel
  from groepen
  union all
  select
    sleutel, 'verzekerde_dagen', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('p', persoon), dagen
  from groepen
  union all
  select
    g.sleutel, 'kosten_ct', z.kind, z.levering, z.regel, cast(null as varchar), z.deel_ct
  from groepen g
  join zvw_verzekerd_zorg z on z.persoon = g.persoon
)

select * from sporen
