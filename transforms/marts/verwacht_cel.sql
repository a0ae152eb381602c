/*
name: verwacht_cel
doc: >
  The cells behind verwacht_volgend_jaar_ct: households at the end of T1, their cost in T0, and the expected cost of a household
  after its mean was drawn towards the cell above (methods 4).
level: totaal
grain: [band, jaren, kinderen]
reads: [verwachting]
columns:
  - band tekst: top_0.1, top_0.5, top_1, top_2, top_5, top_10 or rest, by rank in the year before
  - jaren tekst: of the two years before, at or above half the threshold; alle is the cell above
  - kinderen tekst: ja or nee; alle is the cell above
  - huishoudens aantal: in the cell at the end of T1
  - som_ct ct: their declared cost in T0
  - gewicht aandeel: weight of the cell's own mean against that of the cell above
  - verwacht_ct ct: expected cost of a household
figures:
  huishoudens: telling, huishoudens aan het eind van het vorige jaar in deze groep
  som_ct: som, som van hun kosten in de laatste 12 maanden
  gewicht verwacht_ct: schatting, gemiddelde van de groep, getrokken naar dat van de groep erboven naar de spreiding in en tussen groepen
*/
with

verwachting as (
  select * from verwachting
),

cellen as (
  select band, jaren, kinderen, huishoudens, som_ct, gewicht, verwacht_ct from verwachting
)

select * from cellen
