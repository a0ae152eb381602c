/*
name: cocktail_naam
doc: The cocktails of the configuration.
level: totaal
grain: [cocktail_id]
reads: [cocktail_lijst]
columns:
  - cocktail_id tekst: id of the cocktail
  - naam tekst: name
  - ingredienten tekst: ingredients, then voorwaarden, joined by +
*/
with

cocktail_lijst as (
  select * from cocktail_lijst
),

namen as (
  select cocktail_id, naam, ingredienten from cocktail_lijst
)

select * from namen
