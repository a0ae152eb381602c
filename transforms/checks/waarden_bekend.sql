/*
name: waarden_bekend
doc: >
  Columns with a fixed set of values hold no other: windows, domein with the betaler and grondslag that the contracts of its kinds give it
  (rules 15), what is covered, what became of a file, states and severities.
grain: [mart, kolom, waarde]
reads: [kosten, ranglijst, dekking, levering, bevinding, plan, cocktail, signaal, koppelgraad, kosten_kind]
columns:
  - mart tekst: table
  - kolom tekst: column
  - waarde tekst: value that is not one of the set
check:
  severity: fout
  denominator: kosten
  sentence: "{n} waarden staan in geen enkele opsomming ({d} kostenrijen)"
  reason: a value that nobody knows would be left out of every table that groups by it
*/
with

kosten as (
  select * from kosten
),

ranglijst as (
  select * from ranglijst
),

dekking as (
  select * from dekking
),

levering as (
  select * from levering
),

bevinding as (
  select * from bevinding
),

plan as (
  select * from plan
),

cocktail as (
  select * from cocktail
),

signaal as (
  select * from signaal
),

koppelgraad as (
  select * from koppelgraad
),

kosten_kind as (
  select * from kosten_kind
),

soorten as (
  select distinct concat(domein, '/', betaler, '/', grondslag) as waarde from kosten_kind
),

waarden as (
  select 'kosten' as mart, 'venster' as kolom, venster as waarde from kosten
  union
  select 'kosten', 'domein', concat(domein, '/', betaler, '/', grondslag) from kosten
  union
  select 'ranglijst', 'zvw_gedekt', zvw_gedekt from ranglijst
  union
  select 'dekking', 'gedekt', gedekt from dekking
  union
  select 'levering', 'status', status from levering
  union
  select 'koppelgraad', 'oordeel', oordeel from koppelgraad
  union
  select 'bevinding', 'ernst', ernst from bevinding
  union
  select 'plan', 'status', status from plan
  union
  select 'cocktail', 'status', status from cocktail
  union
  select 'signaal', 'sterkte', sterkte from signaal
),

schending as (
  select w.mart, w.kolom, w.waarde
  from waarden w
  left join soorten s on s.waarde = w.waarde
  where w.waarde is null or not (
    (w.kolom = 'venster' and w.waarde in ('T0', 'T1', 'T2'))
    or (w.kolom = 'domein' and s.waarde is not null)
    or (w.kolom = 'zvw_gedekt' and w.waarde in ('ja', 'deels', 'nee', 'onbekend'))
    or (w.kolom = 'gedekt' and w.waarde in ('ja', 'nee', 'onbekend', 'opgeheven'))
    or (w.mart = 'koppelgraad' and w.waarde in ('ja', 'te_laag', 'geen', 'niet_beoordeeld', 'ter_informatie'))
    or (w.mart = 'levering' and w.waarde in ('geaccepteerd', 'geweigerd', 'dubbel'))
    or (w.kolom = 'ernst' and w.waarde in ('let_op', 'fout'))
    or (w.mart = 'plan' and w.waarde in ('concept', 'sparren', 'akkoord', 'uitvoering', 'gereed', 'afgewezen', 'ingetrokken'))
    or (w.mart = 'cocktail' and w.waarde in ('vol', 'dreigend', 'onbekend'))
    or (w.kolom = 'sterkte' and w.waarde in ('sterk', 'zwak')))
)

select * from schending
