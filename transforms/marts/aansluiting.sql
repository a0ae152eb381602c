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
figures:
  grootboek_ct: schatting, de som van de totalen die uit het grootboek zijn geleverd voor deze bron, gemeente en jaar; de totalen zelf staan in de levering
  extract_ct: schatting, de som van de geaccepteerde regels van de bron, per dag verdeeld over kalenderjaren
  regels: schatting, geaccepteerde regels waarvan een deel in het jaar valt
  verschil_ct: schatting, grootboek min extract
  verklaringen: schatting, regels waarin een verklaring is geleverd
  verklaard_ct: schatting, de som van de geleverde verklaringen
  onverklaard_ct: schatting, verschil min wat is verklaard
  oordeel: oordeel, sluit als er geen verschil is, verklaard als de verklaringen het verschil zijn, anders verschil; of waarom er niet is vergeleken
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
