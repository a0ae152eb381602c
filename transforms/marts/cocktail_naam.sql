/*
name: cocktail_naam
doc: The cocktails of cocktails.yaml, for reports.
level: totaal
grain: [cocktail_id]
reads: [cocktail_lijst]
columns:
  - cocktail_id tekst: cocktail
  - naam tekst: name
  - ingredienten tekst: ingredients and conditions, joined by +
*/
with

cocktail_lijst as (
  select * from cocktail_lijst
),

namen as (
  select cocktail_id, naam, ingredienten from cocktail_lijst
)

select * from namen
