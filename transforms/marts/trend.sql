/*
name: trend
doc: >
  How the households at P stood on the last day of each quarter, per cocktail (methods 6): the whole quarters of the 24 months to P. Who
  has moved away or died since is not among them, so that a rise says something of these households, not of all who lived there then.
level: totaal
grain: [kwartaal, cocktail_id]
reads: [cocktail_telling, meetmoment]
columns:
  - kwartaal maand: first day of the quarter
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

meetmoment as (
  select * from meetmoment
),

tellingen as (
  select
    q.kwartaal, t.cocktail_id,
    cast(sum(t.huishoudens) as bigint) as huishoudens, cast(sum(t.vol) as bigint) as vol,
    cast(sum(t.dreigend) as bigint) as dreigend, cast(sum(t.onbekend) as bigint) as onbekend,
    cast(sum(t.niet_te_beoordelen) as bigint) as niet_te_beoordelen, cast(sum(t.nee) as bigint) as nee
  from cocktail_telling t
  join meetmoment q on q.dag = t.dag and q.kwartaal is not null
  group by q.kwartaal, t.cocktail_id
)

select * from tellingen
