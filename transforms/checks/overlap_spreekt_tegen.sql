/*
name: overlap_spreekt_tegen
doc: >
  Deliveries of one supplier that cover the same month and differ, in kinds whose lines nothing identifies (rules 61): whether the newer
  corrects the older or adds to it can't be told.
grain: [kind, oud, nieuw]
reads: [overlap_verschilt, levering_stand]
columns:
  - kind tekst: kind of extract
  - oud tekst: the older file
  - nieuw tekst: the newer file
  - regels aantal: lines of the older that the newer does not hold
  - bedrag_ct ct: counted eurocents of these
check:
  severity: fout
  denominator: levering_stand
  sentence: "{n} keer dekken twee leveringen van een leverancier dezelfde maand en verschillen zij"
  detail: "{kind}: {regels} regels van {oud} ({bedrag_ct}) staan niet in {nieuw}, dat dezelfde dagen dekt (overlap_verschilt); lever correcties als creditregel; vervangt {nieuw} deze regels, zet dan feeds.{kind}.suppliers met replaces: period voor deze leverancier; vult {nieuw} alleen aan, laat de leveringsbrief dan alleen de eigen dagen noemen"
  reason: the same money would be in two deliveries, and no reference tells which line is which
*/
with

overlap_verschilt as (
  select * from overlap_verschilt
),

levering_stand as (
  select * from levering_stand
),

schending as (
  select v.kind, a.bestand as oud, b.bestand as nieuw, count(*) as regels, cast(sum(v.geteld_ct) as bigint) as bedrag_ct
  from overlap_verschilt v
  join levering_stand a on a.kind = v.kind and a.levering = v.levering
  join levering_stand b on b.kind = v.kind and b.levering = v.nieuw
  group by v.kind, a.bestand, b.bestand
)

select * from schending
