/*
name: kosten_regel
doc: The parts behind every figure of cost, one row a source line and window; what kosten sums and trace filters.
grain: [kind, levering, regel, venster]
reads: [kosten_deel]
view: true
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - venster tekst: T0, T1 or T2
  - huishouden huishouden: household at P, -1 is onbekend
  - domein tekst: law
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
  - deel_ct ct: part of the line in the window
*/
with

kosten_deel as (
  select * from kosten_deel
),

delen as (
  select kind, levering, regel, 'T0' as venster, huishouden, domein, betaler, grondslag, t0_ct as deel_ct
  from kosten_deel
  where t0_dagen > 0
  union all
  select kind, levering, regel, 'T1', huishouden, domein, betaler, grondslag, t1_ct
  from kosten_deel
  where t1_dagen > 0
  union all
  select kind, levering, regel, 'T2', huishouden, domein, betaler, grondslag, t2_ct
  from kosten_deel
  where t2_dagen > 0
)

select * from delen
