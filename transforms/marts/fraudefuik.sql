/*
name: fraudefuik
doc: >
  How many households with a cocktail have a claim of the gemeente to pay, for how much (methods 6): beside those without any cocktail and
  beside all. A claim is what was paid and should not have been, or a fine (BDFS).
level: totaal
grain: [groep]
reads: [fraudefuik_stand]
columns:
  - from fraudefuik_stand: groep
  - huishoudens aantal: "households: the sum of the next three"
  - met_vordering aantal: with a claim
  - zonder_vordering aantal: of which it is known that there is none
  - niet_te_beoordelen aantal: which participatie_vordering does not cover
  - aandeel aandeel?: met_vordering over those that can be judged; empty without these
  - vorderingen aantal: claims
  - open_ct ct: left to pay
needs:
  met_vordering zonder_vordering aandeel vorderingen open_ct: participatie_vordering
figures:
  huishoudens: telling, huishoudens in deze groep
  met_vordering: telling, daarvan met een vordering
  zonder_vordering: telling, daarvan zeker zonder
  niet_te_beoordelen: telling, daarvan niet gedekt
  aandeel: schatting, met_vordering gedeeld door met en zonder
  vorderingen: telling, openstaande vorderingen
  open_ct: "som, som van wat er nog op open staat: vordering min aflossing"
*/
with

fraudefuik_stand as (
  select * from fraudefuik_stand
),

tellingen as (
  select
    groep, count(*) as huishoudens, cast(sum(case when stand = 'met' then 1 else 0 end) as bigint) as met_vordering,
    cast(sum(case when stand = 'zonder' then 1 else 0 end) as bigint) as zonder_vordering,
    cast(sum(case when stand = 'niet_te_beoordelen' then 1 else 0 end) as bigint) as niet_te_beoordelen,
    cast(sum(vorderingen) as bigint) as vorderingen, cast(sum(open_ct) as bigint) as open_ct
  from fraudefuik_stand
  group by groep
),

aandelen as (
  select
    groep, huishoudens, met_vordering, zonder_vordering, niet_te_beoordelen,
    cast(met_vordering as double) / nullif(met_vordering + zonder_vordering, 0) as aandeel, vorderingen, open_ct
  from tellingen
)

select * from aandelen
