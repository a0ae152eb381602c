/*
name: cocktail_oordeel
doc: How the households that are shown stand on P, per cocktail (methods 5, rules 40, 72); every one is counted once.
level: totaal
grain: [cocktail_id]
reads: [cocktail_telling, parameter]
columns:
  - from cocktail_telling: cocktail_id, huishoudens, vol, dreigend, onbekend, niet_te_beoordelen, nee
figures:
  huishoudens: telling, huishoudens die getoond worden
  vol: telling, daarvan met alle onderdelen
  dreigend: telling, daarvan met een onderdeel dat zeker ontbreekt
  onbekend: telling, daarvan waar niet te zien is wat ontbreekt
  niet_te_beoordelen: telling, daarvan niet gedekt
  nee: telling, daarvan zeker zonder
*/
with

cocktail_telling as (
  select * from cocktail_telling
),

parameter as (
  select * from parameter
),

tellingen as (
  select
    t.cocktail_id,
    cast(sum(t.huishoudens) as bigint) as huishoudens, cast(sum(t.vol) as bigint) as vol,
    cast(sum(t.dreigend) as bigint) as dreigend, cast(sum(t.onbekend) as bigint) as onbekend,
    cast(sum(t.niet_te_beoordelen) as bigint) as niet_te_beoordelen, cast(sum(t.nee) as bigint) as nee
  from cocktail_telling t
  join parameter p on p.peildatum = t.dag
  group by t.cocktail_id
)

select * from tellingen
