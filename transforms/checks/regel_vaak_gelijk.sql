/*
name: regel_vaak_gelijk
doc: >
  Kinds of which lines that equal another take up more than max_identical_share of the eurocents (rules 62).
grain: [kind]
reads: [regel_gelijk, kind_bedrag, parameter]
columns:
  - kind tekst: kind of extract
  - regels aantal: lines equal to an earlier one
  - bedrag_ct ct: counted eurocents of these
  - aandeel aandeel: share of the kind, in percent
check:
  severity: fout
  denominator: kind_bedrag
  sentence: "in {n} van {d} soorten met bedragen zijn te veel regels gelijk aan een andere"
  detail: "{kind}: {regels} regels ({bedrag_ct}, {aandeel}% van de soort) zijn in alle kolommen gelijk aan een eerdere regel (regel_gelijk); laat de leverancier de dubbele regels weghalen of een kenmerk per regel meegeven, of verhoog limits.max_identical_share"
  reason: two sessions on a day are real, a line that comes back all the time is a query that joins too much
*/
with

geteld as (
  select kind, count(*) as regels, sum(geteld_ct) as ct, sum(abs(geteld_ct)) as omvang_ct from regel_gelijk group by kind
)

select
  g.kind, g.regels, cast(g.ct as bigint) as bedrag_ct, cast(100 * g.omvang_ct as double) / nullif(k.omvang_ct, 0) as aandeel
from geteld g
join kind_bedrag k on k.kind = g.kind
cross join parameter p
where g.omvang_ct * 1000000 > k.omvang_ct * p.max_gelijk_ppm
