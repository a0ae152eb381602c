/*
name: zvw_verzekeraar
doc: Insurers that deliver (rules 46), over the whole run; the note's list, else those in the lines of the delivery.
grain: [uzovi]
reads: [zvw_levering_uzovi, lake_zvw_declaratie]
columns:
  - uzovi tekst: UZOVI number
*/
select uzovi from zvw_levering_uzovi
union
select uzovi
from lake_zvw_declaratie z
where uzovi is not null and not exists (select 1 from zvw_levering_uzovi n where n.levering = z.levering)
