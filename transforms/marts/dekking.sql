/*
name: dekking
doc: Per kind, gemeente and month of the three windows whether the feed covers it, and the newest line in it.
level: totaal
grain: [kind, gemeentecode, maand]
reads: [dekking_maand, lake_periode, parameter]
columns:
  - kind tekst: kind of extract
  - gemeentecode gemeente: gemeente
  - maand maand: month
  - gedekt tekst: ja, nee or onbekend
  - nieuwste_regel datum: latest first day of a line in the month; for a kind without gemeentecode over all gemeenten
*/
select d.kind, d.gemeentecode, d.maand, d.gedekt, max(r.nieuwste) as nieuwste_regel
from dekking_maand d
cross join parameter p
left join lake_periode r
  on r.kind = d.kind and r.maand = d.maand and (r.gemeentecode = d.gemeentecode or r.gemeentecode is null)
where d.maand >= p.t2_van
group by d.kind, d.gemeentecode, d.maand, d.gedekt
