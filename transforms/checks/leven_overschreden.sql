/*
name: leven_overschreden
doc: >
  Kinds of which care before birth or after death takes up more than max_outside_life_share of the eurocents (rules 67).
grain: [kind]
reads: [kosten_bevinding, kind_bedrag, parameter]
columns:
  - kind tekst: kind of extract
  - geboorte aantal: lines before birth
  - overlijden aantal: lines after death
  - bedrag_ct ct: counted eurocents of these
  - aandeel aandeel: share of the kind, in percent
check:
  severity: fout
  denominator: kind_bedrag
  sentence: "in {n} van {d} soorten met bedragen ligt te veel zorg voor de geboorte of na het overlijden"
  detail: "{kind}: {geboorte} regels voor de geboorte (voor_geboorte) en {overlijden} na het overlijden (na_overlijden), samen {bedrag_ct}, {aandeel}% van de soort; laat de leverancier datums en pseudoniemen nakijken, of verhoog limits.max_outside_life_share"
  reason: a few are errors of one date, many are a feed of which the persons or the days are those of others
*/
with

kosten_bevinding as (
  select * from kosten_bevinding
),

kind_bedrag as (
  select * from kind_bedrag
),

parameter as (
  select * from parameter
),

regels as (
  select
    kind, levering, regel, max(case when regel_code = 'voor_geboorte' then 1 else 0 end) as geboorte,
    max(case when regel_code = 'na_overlijden' then 1 else 0 end) as overlijden, max(geteld_ct) as geteld_ct
  from kosten_bevinding
  where regel_code in ('voor_geboorte', 'na_overlijden')
  group by kind, levering, regel
),

geteld as (
  select
    kind, sum(geboorte) as geboorte, sum(overlijden) as overlijden, sum(geteld_ct) as ct, sum(abs(geteld_ct)) as omvang_ct
  from regels
  group by kind
),

schending as (
  select
    g.kind, cast(g.geboorte as bigint) as geboorte, cast(g.overlijden as bigint) as overlijden, cast(g.ct as bigint) as bedrag_ct,
    cast(100 * g.omvang_ct as double) / nullif(k.omvang_ct, 0) as aandeel
  from geteld g
  join kind_bedrag k on k.kind = g.kind
  cross join parameter p
  where cast(g.omvang_ct as decimal(38, 0)) * 1000000 > cast(k.omvang_ct as decimal(38, 0)) * p.max_buiten_leven_ppm
)

select * from schending
