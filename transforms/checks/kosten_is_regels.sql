/*
name: kosten_is_regels
doc: Every amount and number of lines in the mart kosten is the sum of its source lines in kosten_regel, and none is missing.
grain: [huishouden_id, venster, domein, betaler, grondslag]
reads: [kosten, kosten_regel, huishouden_stand]
columns:
  - huishouden_id tekst: id, or onbekend
  - venster tekst: T0, T1 or T2
  - domein tekst: law
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
check:
  severity: fout
  denominator: kosten
  sentence: "{n} van {d} kostenbedragen zijn niet de som van hun regels"
  reason: a figure has to be traceable to its source lines, to the cent
*/
with

opgeteld as (
  select huishouden, venster, domein, betaler, grondslag, sum(deel_ct) as ct, count(*) as regels
  from kosten_regel
  group by huishouden, venster, domein, betaler, grondslag
),

getoond as (
  select id_tekst('h', r.huishouden) as huishouden_id, r.venster, r.domein, r.betaler, r.grondslag, r.ct, r.regels
  from opgeteld r
  left join huishouden_stand h on h.huishouden = r.huishouden
  where coalesce(h.getoond, true)
)

select
  coalesce(k.huishouden_id, g.huishouden_id) as huishouden_id, coalesce(k.venster, g.venster) as venster,
  coalesce(k.domein, g.domein) as domein, coalesce(k.betaler, g.betaler) as betaler,
  coalesce(k.grondslag, g.grondslag) as grondslag
from kosten k
full outer join getoond g
  on g.huishouden_id = k.huishouden_id and g.venster = k.venster and g.domein = k.domein and g.betaler = k.betaler
  and g.grondslag = k.grondslag
where k.huishouden_id is null or g.huishouden_id is null or k.bedrag_ct <> g.ct or k.regels <> g.regels
