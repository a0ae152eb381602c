/*
name: kosten_persoon_telt_op
doc: Per person and kind of cost the parts in and outside the windows add up to the whole, and T3 is no more than what lies outside.
grain: [persoon, kind, domein]
reads: [kosten_persoon]
columns:
  - persoon persoon: key
  - kind tekst: kind of extract
  - domein tekst: law
check:
  severity: fout
  denominator: kosten_persoon
  sentence: "bij {n} van {d} sommen per persoon tellen de delen niet op tot het geheel"
  reason: what the expected cost rests on is the same money as the ranking
*/
with

kosten_persoon as (
  select * from kosten_persoon
),

schending as (
  select persoon, kind, domein from kosten_persoon where bedrag_ct <> t0_ct + t1_ct + t2_ct + buiten_ct
)

select * from schending
