/*
name: aansluiting
doc: >
  What the ledger says beside what the extracts add up to, per feed, gemeente and calendar year (methods 8). Without ledger totals of a
  feed nothing says that its deliveries are complete.
level: totaal
grain: [feed, gemeentecode, jaar]
reads: [aansluiting_stand]
columns:
  - from aansluiting_stand: feed, gemeentecode, jaar, bron?, grootboek_ct?, extract_ct?, regels, verschil_ct?, verklaringen, verklaard_ct
  - from aansluiting_stand: onverklaard_ct?, oordeel
*/
with

aansluiting_stand as (
  select * from aansluiting_stand
),

aansluiting as (
  select
    feed, gemeentecode, jaar, bron, grootboek_ct, extract_ct, regels, verschil_ct, verklaringen, verklaard_ct, onverklaard_ct, oordeel
  from aansluiting_stand
)

select * from aansluiting
