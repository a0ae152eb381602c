/*
name: zvw_verzekeraar
doc: Insurers that deliver (rules 46), over the whole run; the note's list, else those in the lines of the delivery.
grain: [uzovi]
reads: [uzovi_levering]
columns:
  - uzovi tekst: UZOVI number
*/
with

uzovi_levering as (
  select * from uzovi_levering
),

verzekeraars as (
  select distinct uzovi from uzovi_levering where kind = 'zvw_declaratie'
)

select * from verzekeraars
