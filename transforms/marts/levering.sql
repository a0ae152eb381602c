/*
name: levering
doc: Every file that was delivered, what its note says and what became of it.
level: totaal
grain: [kind, bestand]
reads: [levering_totaal]
columns:
  - kind tekst: kind of extract
  - bestand tekst: "`<kind>/<file>`"
  - sha256 tekst?: of the decompressed bytes
  - levering_id tekst?: from the note, like the next four
  - gegevensleverancier tekst?: who delivers
  - aangemaakt tekst?: day the delivery was made
  - periode_van datum?: first day covered
  - periode_tot datum?: day after the last day covered
  - status tekst: geaccepteerd, geweigerd or dubbel
  - regels aantal: lines delivered
  - geaccepteerd aantal: lines accepted
  - quarantaine aantal: lines quarantined
  - bedrag_ct ct?: counted amount of the lines read, as far as it can be read; empty for kinds without money
  - reden tekst?: "Dutch sentence: why it was refused"
figures:
  regels: telling, regels in het bestand
  geaccepteerd: telling, regels die zijn aangenomen
  quarantaine: telling, regels in quarantaine
  bedrag_ct: som, som van de bedragen van de regels, voor zover te lezen
  status: oordeel, aangenomen, geweigerd of dubbel, volgens het contract
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
