/*
name: spoor_overgang
doc: >
  The households behind mart overgang.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [overgang_paar]
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

overgang_paar as (
  select * from overgang_paar
),

paren as (
  select van_ingredient, naar_ingredient, huishouden, gelijk, dagen >= 0 as telt from overgang_paar
),

sporen as (
  select
    concat(van_ingredient, '/', naar_ingredient) as sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as
    bigint) as levering, cast(null as bigint) as regel, id_tekst('h', huishouden) as lid, cast(1 as bigint) as deel
  from paren
  where telt and not gelijk
  union all
  select
    concat(naar_ingredient, '/', van_ingredient), 'omgekeerd', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    id_tekst('h', huishouden), cast(1 as bigint)
  from paren
  where telt and not gelijk
  union all
  select
    concat(van_ingredient, '/', naar_ingredient), 'gelijk', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    id_tekst('h', huishouden), cast(1 as bigint)
  from paren
  where telt and gelijk
  union all
  select
    concat(van_ingredient, '/', naar_ingredient), 'niet_te_beoordelen', cast(null as varchar), cast(null as bigint), cast(null as
    bigint), id_tekst('h', huishouden), cast(1 as bigint)
  from paren
  where not telt
  union all
  select
    concat(naar_ingredient, '/', van_ingredient), 'niet_te_beoordelen', cast(null as varchar), cast(null as bigint), cast(null as
    bigint), id_tekst('h', huishouden), cast(1 as bigint)
  from paren
  where not telt and not gelijk
)

select * from sporen
