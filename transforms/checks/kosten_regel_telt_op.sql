/*
name: kosten_regel_telt_op
doc: The parts of a cost line in and outside the windows add up to the line.
grain: [kind, levering, regel, volgnr]
reads: [kosten_deel]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - volgnr aantal: number of the part
check:
  severity: fout
  denominator: kosten_deel
  sentence: "{n} van {d} kostenregels vallen niet uiteen in hun delen"
  reason: parts by cumulative rounding always add up to the whole
*/
with

kosten_deel as (
  select * from kosten_deel
),

schending as (
  select kind, levering, regel, volgnr from kosten_deel where bedrag_ct <> t0_ct + t1_ct + t2_ct + buiten_ct
)

select * from schending
