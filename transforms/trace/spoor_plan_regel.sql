/*
name: spoor_plan_regel
doc: >
  The lines behind mart plan_regel.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [verdeeld_regel]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

verdeeld_regel as (
  select * from verdeeld_regel
),

sporen as (
  select
    concat(casusnummer, '/', scenario, '/', betaler) as sleutel, 'bedrag_ct' as kolom, kind, levering, regel, cast(null as varchar) as
    lid, bedrag_ct as deel
  from verdeeld_regel
  union all
  select
    concat(casusnummer, '/', scenario, '/', betaler), 'inbaar_ct', kind, levering, regel, cast(null as varchar), inbaar_ct
  from verdeeld_regel
  where inbaar_ct <> 0
  union all
  select
    concat(casusnummer, '/', scenario, '/', betaler), 'niet_inbaar_ct', kind, levering, regel, cast(null as varchar), niet_inbaar_ct
  from verdeeld_regel
  where niet_inbaar_ct <> 0
  union all
  select
    concat(casusnummer, '/', scenario, '/', betaler), 'regels', kind, levering, regel, cast(null as varchar), telt
  from verdeeld_regel
  where telt = 1
)

select * from sporen
