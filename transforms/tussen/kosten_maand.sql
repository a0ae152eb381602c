/*
name: kosten_maand
doc: >
  The parts of every cost line in the months of the windows, by day with the cumulative rounding of kosten_deel (methods 3):
  the twelve months of a window add up to its part in that window, to the cent. A month with days of the line has a row, also
  at 0 cents. No figure of a run reads it; stapel explain does, for one household.
grain: [kind, levering, regel, maand]
reads: [kosten_bron, lid, kalender]
view: true
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - maand maand: month of the windows
  - huishouden huishouden: household at P
  - persoon persoon: whom the cost follows
  - domein tekst: law
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
  - deel_ct ct: part of the line in the month
*/
with

kosten_bron as (
  select * from kosten_bron
),

lid as (
  select * from lid
),

kalender as (
  select * from kalender
),

dagen as (
  select
    k.kind, k.levering, k.regel, m.maand, k.persoon, k.domein, k.betaler, k.grondslag, k.bedrag_ct,
    date_diff('day', k.van, k.tot) as dagen,
    -- days of the line before the month begins and before it ends, clipped to the line
    greatest(cast(0 as bigint), date_diff('day', k.van, m.maand)) as voor_maand,
    least(date_diff('day', k.van, k.tot), date_diff('day', k.van, m.tot)) as tot_maand
  from kosten_bron k
  join kalender m on m.maand < k.tot and m.tot > k.van
),

delen as (
  select
    d.kind, d.levering, d.regel, d.maand, l.huishouden, d.persoon, d.domein, d.betaler, d.grondslag,
    deel(d.bedrag_ct, d.tot_maand, d.dagen) - deel(d.bedrag_ct, d.voor_maand, d.dagen) as deel_ct
  from dagen d
  join lid l on l.persoon = d.persoon
)

select * from delen
