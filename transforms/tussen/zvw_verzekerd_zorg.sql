/*
name: zvw_verzekerd_zorg
doc: >
  Parts of declared cost of health care that fall on insured days of T0, by day as in a window.
grain: [persoon, kind, levering, regel, van]
reads: [zvw_verzekerd_tijd, kosten_bron]
view: true
columns:
  - persoon persoon: person
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - van datum: first day of the insured period
  - deel_ct ct: part of the line on its days
*/
with

zvw_verzekerd_tijd as (
  select * from zvw_verzekerd_tijd
),

kosten_bron as (
  select * from kosten_bron
),

zorg as (
  select
    d.persoon, d.van, k.kind, k.levering, k.regel, k.bedrag_ct, date_diff('day', k.van, k.tot) as lengte,
    date_diff('day', k.van, greatest(k.van, d.van)) as begin_dag, date_diff('day', k.van, least(k.tot, d.tot)) as eind_dag
  from kosten_bron k
  join zvw_verzekerd_tijd d on d.persoon = k.persoon and k.van < d.tot and k.tot > d.van
  where k.domein = 'zvw'
),

delen as (
  select
    persoon, kind, levering, regel, van, deel(bedrag_ct, eind_dag, lengte) - deel(bedrag_ct, begin_dag, lengte) as deel_ct
  from zorg
)

select * from delen
