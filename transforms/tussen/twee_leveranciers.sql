/*
name: twee_leveranciers
doc: >
  Deliveries of a kind that one supplier delivers (rules 71), of which another, with another name, covers a day of the same month in the
  same gemeente: a newer one replaces lines of anyone.
grain: [kind, levering]
reads: [levering_stand, levering_dekking, kind_feit]
columns:
  - kind tekst: kind of extract
  - levering sleutel: the newer delivery
*/
select distinct b.kind, b.levering
from levering_dekking a
join levering_dekking b
  on b.kind = a.kind and b.volgnr > a.volgnr and b.gemeentecode = a.gemeentecode and a.maand_van < b.maand_tot and b.maand_van < a.maand_tot
join kind_feit f on f.kind = a.kind and not f.veel_leveranciers
join levering_stand s on s.kind = b.kind and s.levering = b.levering
where a.gegevensleverancier <> '' and b.gegevensleverancier <> '' and a.gegevensleverancier <> b.gegevensleverancier
