/*
name: kosten_deel
doc: >
  Every cost line with the household its person belongs to at P (-1: onbekend) and its part in each window, by day with
  cumulative rounding (methods 3); what falls outside the windows is computed on its own, so that the parts can be checked
  against the whole.
grain: [kind, levering, regel]
reads: [kosten_bron, lid, parameter]
view: true
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: whom the line follows
  - huishouden huishouden: household at P, -1 when the person is in none
  - domein tekst: law
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
  - aanbieder_agb tekst: provider
  - volgnr aantal: number of the part of a line that is split
  - bron_regels aantal: source lines of the whole, in its first part
  - bedrag_ct ct: whole amount
  - t0_ct ct: part in T0
  - t1_ct ct: part in T1
  - t2_ct ct: part in T2
  - t3_ct ct: of buiten_ct, the part in the year before T2
  - buiten_ct ct: part before T2 and after T0
  - voor_ct ct: of buiten_ct, the part before T2
  - na_ct ct: of buiten_ct, the part after T0
  - t0_dagen aantal: days in T0
  - t1_dagen aantal: days in T1
  - t2_dagen aantal: days in T2
*/
with

kosten_bron as (
  select * from kosten_bron
),

lid as (
  select * from lid
),

parameter as (
  select * from parameter
),

grens as (
  select
    k.*, date_diff('day', k.van, k.tot) as dagen,
    -- days of the line before each boundary, clipped to the line
    greatest(cast(0 as bigint), least(date_diff('day', k.van, k.tot), date_diff('day', k.van, p.t3_van))) as voor_t3,
    greatest(cast(0 as bigint), least(date_diff('day', k.van, k.tot), date_diff('day', k.van, p.t2_van))) as voor_t2,
    greatest(cast(0 as bigint), least(date_diff('day', k.van, k.tot), date_diff('day', k.van, p.t1_van))) as voor_t1,
    greatest(cast(0 as bigint), least(date_diff('day', k.van, k.tot), date_diff('day', k.van, p.t0_van))) as voor_t0,
    greatest(cast(0 as bigint), least(date_diff('day', k.van, k.tot), date_diff('day', k.van, p.tot))) as voor_tot
  from kosten_bron k
  cross join parameter p
),

delen as (
  select
    g.kind, g.levering, g.regel, g.persoon, coalesce(l.huishouden, cast(-1 as bigint)) as huishouden, g.domein, g.betaler, g.grondslag,
    g.aanbieder_agb, g.volgnr, g.bron_regels, g.bedrag_ct,
    deel(g.bedrag_ct, g.voor_tot, g.dagen) - deel(g.bedrag_ct, g.voor_t0, g.dagen) as t0_ct,
    deel(g.bedrag_ct, g.voor_t0, g.dagen) - deel(g.bedrag_ct, g.voor_t1, g.dagen) as t1_ct,
    deel(g.bedrag_ct, g.voor_t1, g.dagen) - deel(g.bedrag_ct, g.voor_t2, g.dagen) as t2_ct,
    deel(g.bedrag_ct, g.voor_t2, g.dagen) - deel(g.bedrag_ct, g.voor_t3, g.dagen) as t3_ct,
    deel(g.bedrag_ct, g.voor_t2, g.dagen)
      + deel(g.bedrag_ct, g.dagen, g.dagen) - deel(g.bedrag_ct, g.voor_tot, g.dagen) as buiten_ct,
    deel(g.bedrag_ct, g.voor_t2, g.dagen) as voor_ct, g.bedrag_ct - deel(g.bedrag_ct, g.voor_tot, g.dagen) as na_ct,
    g.voor_tot - g.voor_t0 as t0_dagen, g.voor_t0 - g.voor_t1 as t1_dagen, g.voor_t1 - g.voor_t2 as t2_dagen
  from grens g
  left join lid l on l.persoon = g.persoon
)

select * from delen
