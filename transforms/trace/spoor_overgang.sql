/*
name: spoor_overgang
doc: >
  The households behind mart overgang.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [eerste_signaal, maand_bereik, ingredient]
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

eerste_signaal as (
  select * from eerste_signaal
),

maand_bereik as (
  select * from maand_bereik
),

ingredient as (
  select * from ingredient
),

eerste as (
  select
    e.huishouden, e.ingredient, case when i.minimum = 'sterk' then e.sterk_van else e.van end as van, e.maanden
  from eerste_signaal e
  join ingredient i on i.ingredient = e.ingredient
  where i.minimum <> 'sterk' or e.sterk_van is not null
),

dagen as (
  select huishouden, ingredient, van, cast(date_trunc('month', van) as date) as maand, maanden from eerste
),

paren as (
  select
    a.ingredient as van_ingredient, b.ingredient as naar_ingredient, a.huishouden, a.van = b.van as gelijk,
    coalesce(bitwise_and(bitwise_and(a.maanden, b.maanden), r.maanden) = r.maanden, false) as telt
  from dagen a
  join dagen b on b.huishouden = a.huishouden and b.ingredient <> a.ingredient and b.van >= a.van
  left join maand_bereik r on r.van_maand = a.maand and r.tot_maand = b.maand
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
