/*
name: ingredient_aantal
doc: How many kinds have to cover a household before the absence of an ingredient is known.
grain: [ingredient]
reads: [ingredient_dekking]
columns:
  - ingredient tekst: ingredient
  - kinds aantal: kinds of its dekking
*/
with

ingredient_dekking as (
  select * from ingredient_dekking
),

aantallen as (
  select ingredient, count(*) as kinds from ingredient_dekking group by ingredient
)

select * from aantallen
