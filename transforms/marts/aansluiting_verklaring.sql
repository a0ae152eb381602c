/*
name: aansluiting_verklaring
doc: The lines with which a supplier or finance explains a part of the difference between ledger and extract.
level: totaal
grain: [bestand, regel]
reads: [stg_grootboek, levering_stand]
columns:
  - bestand tekst: "`<kind>/<file>`"
  - regel aantal: physical line
  - feed tekst: kind that it is about
  - gemeentecode gemeente: gemeente
  - jaar aantal: year
  - reden tekst: why, a code of the contract
  - bedrag_ct ct: part of ledger less extract
  - bron tekst: where it stands
  - toelichting tekst?: more words
figures:
  jaar: gegeven, het jaar waar de verklaring over gaat
  bedrag_ct: gegeven, het bedrag dat in de regel staat
*/
with

stg_grootboek as (
  select * from stg_grootboek
),

levering_stand as (
  select * from levering_stand where kind = 'grootboek_totaal'
),

verklaringen as (
  select l.bestand, g.regel, g.feed, g.gemeentecode, g.jaar, g.reden, g.bedrag_ct, g.bron, g.toelichting
  from stg_grootboek g
  join levering_stand l on l.levering = g.levering and l.kind = 'grootboek_totaal'
  where g.telt and g.reden is not null
)

select * from verklaringen
