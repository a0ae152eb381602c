/*
name: regel_vaak_gelijk
doc: >
  Kinds of which lines that equal another take up more than max_identical_share of the eurocents (rules 62), by the file that has them and
  the file that had them first.
grain: [kind, bestand, eerder]
reads: [regel_gelijk, kind_bedrag, levering_stand, parameter]
columns:
  - kind tekst: kind of extract
  - bestand tekst: file of the lines
  - eerder tekst: file that had them first
  - regels aantal: lines equal to an earlier one
  - bedrag_ct ct: counted eurocents of these
  - aandeel aandeel: share of the kind, in percent
check:
  severity: fout
  denominator: kind_bedrag
  sentence: "{n} keer zijn te veel regels van een bestand gelijk aan een eerdere regel"
  detail: "{kind}: {regels} regels van {bestand} ({bedrag_ct}, {aandeel}% van de soort) zijn in alle kolommen gelijk aan een eerdere regel in {eerder} (regel_gelijk); zijn het twee leveringen van hetzelfde, geef beide een leveringsbrief of haal er een weg; laat anders de leverancier de dubbele regels weghalen of een kenmerk per regel meegeven"
  reason: two sessions on a day are real, a line that comes back all the time is a query that joins too much
*/
with

regel_gelijk as (
  select * from regel_gelijk
),

kind_bedrag as (
  select * from kind_bedrag
),

levering_stand as (
  select * from levering_stand
),

parameter as (
  select * from parameter
),

geteld as (
  select kind, sum(abs(geteld_ct)) as omvang_ct from regel_gelijk group by kind
),

te_veel as (
  select g.kind, k.omvang_ct
  from geteld g
  join kind_bedrag k on k.kind = g.kind
  cross join parameter p
  where cast(g.omvang_ct as decimal(38, 0)) * 1000000 > cast(k.omvang_ct as decimal(38, 0)) * p.max_gelijk_ppm
),

schending as (
  select
    r.kind, b.bestand, e.bestand as eerder, count(*) as regels, cast(sum(r.geteld_ct) as bigint) as bedrag_ct,
    cast(100 * sum(abs(r.geteld_ct)) as double) / nullif(t.omvang_ct, 0) as aandeel
  from regel_gelijk r
  join te_veel t on t.kind = r.kind
  join levering_stand b on b.kind = r.kind and b.levering = r.levering
  join levering_stand e on e.kind = r.kind and e.levering = r.eerder_levering
  group by r.kind, b.bestand, e.bestand, t.omvang_ct
)

select * from schending
