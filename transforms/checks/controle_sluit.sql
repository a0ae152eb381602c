/*
name: controle_sluit
doc: Every step of the control totals equals the sum of its parts.
grain: [kind, stap]
reads: [controle]
columns:
  - kind tekst: kind of extract
  - stap tekst: step
check:
  severity: fout
  denominator: controle
  sentence: "{n} van {d} controletotalen sluiten niet"
  reason: euros may not appear or disappear between extract and ranking
*/
with

controle as (
  select * from controle
),

schending as (
  select kind, stap from controle where verschil_regels <> 0 or verschil_ct <> 0
)

select * from schending
