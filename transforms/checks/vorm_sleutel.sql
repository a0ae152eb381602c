/*
name: vorm_sleutel
doc: >
  Ids have the form of rules 1 (h- or p- and 16 hex digits in lower case, so that text order is number order) and gemeentecodes
  that of rules 54 (GM and four digits).
grain: [mart, waarde_soort]
reads: [huishouden, huishouden_lid, kosten, ranglijst, dekking]
columns:
  - mart tekst: table
  - waarde_soort tekst: huishouden_id, persoon_id or gemeentecode
check:
  severity: fout
  denominator: huishouden
  sentence: "in {n} kolommen staat een sleutel of gemeentecode van een andere vorm ({d} huishoudens)"
  reason: what has another form joins with nothing, and sorts elsewhere
*/
with

huishouden as (
  select * from huishouden
),

huishouden_lid as (
  select * from huishouden_lid
),

kosten as (
  select * from kosten
),

ranglijst as (
  select * from ranglijst
),

dekking as (
  select * from dekking
),

waarden as (
  select 'huishouden' as mart, 'huishouden_id' as waarde_soort, 'h-' as begin, huishouden_id as waarde from huishouden
  union all
  select 'huishouden_lid', 'huishouden_id', 'h-', huishouden_id from huishouden_lid
  union all
  select 'huishouden_lid', 'persoon_id', 'p-', persoon_id from huishouden_lid
  union all
  select 'kosten', 'huishouden_id', 'h-', huishouden_id from kosten where huishouden_id <> 'onbekend'
  union all
  select 'ranglijst', 'huishouden_id', 'h-', huishouden_id from ranglijst
  union all
  select 'huishouden', 'gemeentecode', 'GM', gemeentecode from huishouden
  union all
  select 'dekking', 'gemeentecode', 'GM', gemeentecode from dekking
),

schending as (
  select distinct mart, waarde_soort
  from waarden
  where waarde is null or substr(waarde, 1, 2) <> begin
    or length(waarde) <> case when begin = 'GM' then 6 else 18 end
    or length(translate(substr(waarde, 3), case when begin = 'GM' then '0123456789' else '0123456789abcdef' end, '')) > 0
)

select * from schending
