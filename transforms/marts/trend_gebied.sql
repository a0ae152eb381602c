/*
name: trend_gebied
doc: The trend of each gemeente and wijk, by where the household lives at P (methods 6).
level: totaal
grain: [kwartaal, cocktail_id, gemeentecode, wijkcode]
reads: [cocktail_telling, meetmoment]
columns:
  - kwartaal maand: first day of the quarter
  - from cocktail_telling: cocktail_id, gemeentecode, wijkcode, huishoudens, vol, dreigend, onbekend, niet_te_beoordelen, nee
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

meetmoment as (
  select * from meetmoment
),

tellingen as (
  select
    q.kwartaal, t.cocktail_id, t.gemeentecode, t.wijkcode,
    cast(sum(t.huishoudens) as bigint) as huishoudens, cast(sum(t.vol) as bigint) as vol,
    cast(sum(t.dreigend) as bigint) as dreigend, cast(sum(t.onbekend) as bigint) as onbekend,
    cast(sum(t.niet_te_beoordelen) as bigint) as niet_te_beoordelen, cast(sum(t.nee) as bigint) as nee
  from cocktail_telling t
  join meetmoment q on q.dag = t.dag and q.kwartaal is not null
  group by q.kwartaal, t.cocktail_id, t.gemeentecode, t.wijkcode
)

select * from tellingen
