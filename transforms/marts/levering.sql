/*
name: levering
doc: Every file that was delivered, what its note says and what became of it.
level: totaal
grain: [kind, bestand]
reads: [levering_totaal]
columns:
  - kind tekst: kind of extract
  - bestand tekst: file
  - sha256 tekst: of the decompressed bytes
  - levering_id tekst: from the note
  - gegevensleverancier tekst: from the note
  - aangemaakt tekst: from the note
  - periode_van datum: first day covered, from the note
  - periode_tot datum: day after the last
  - status tekst: geaccepteerd, geweigerd or dubbel
  - regels aantal: lines delivered
  - geaccepteerd aantal: lines accepted
  - quarantaine aantal: lines quarantined
  - bedrag_ct ct: counted amount delivered, where it could be read
  - reden tekst: why refused
*/
with

levering_totaal as (
  select * from levering_totaal
),

leveringen as (
  select
    kind, bestand, sha256, levering_id, gegevensleverancier, aangemaakt, periode_van, periode_tot, status, regels, geaccepteerd,
    quarantaine, bedrag_ct, reden
  from levering_totaal
)

select * from leveringen
