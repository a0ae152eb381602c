/*
name: aansluiting_extract
doc: >
  What extracts of declared cost add up to per gemeente and calendar year: accepted lines, a benefit that is there for every person on it
  once. A line over a boundary of years is cut by day with cumulative rounding, as in the windows (methods 3). A kind whose lines name no
  gemeente has one row a year, alle.
grain: [kind, gemeentecode, jaar]
reads: [geldig_regel, stg_bijstand, kosten_kind, boekjaar]
parts: kind
columns:
  - kind tekst: kind of extract
  - gemeentecode tekst: gemeente, or alle
  - jaar aantal: calendar year of the care, the benefit or the payment
  - regels aantal: lines with days in it
  - bedrag_ct ct: counted eurocents
*/
with

geldig_regel as (
  select * from geldig_regel
),

stg_bijstand as (
  select * from stg_bijstand
),

kosten_kind as (
  select * from kosten_kind
),

boekjaar as (
  select * from boekjaar
),

gedeclareerd as (
  select distinct kind from kosten_kind where grondslag = 'gedeclareerd'
),

herhaald as (
  select 'participatie_uitkering' as kind, levering, regel from stg_bijstand where (herhaald or not drager) and not bedrag_ongelijk
),

regels as (
  select
    r.kind, coalesce(r.gemeentecode, 'alle') as gemeentecode, r.tijd_van as van, coalesce(r.tijd_tot, plus_dagen(r.tijd_van, 1)) as tot,
    r.geteld_ct
  from geldig_regel r
  join gedeclareerd g on g.kind = r.kind
  left join herhaald h on h.kind = r.kind and h.levering = r.levering and h.regel = r.regel
  where h.kind is null
),

binnen_een_jaar as (
  select kind, gemeentecode, cast(year(van) as bigint) as jaar, count(*) as regels, sum(geteld_ct) as bedrag_ct
  from regels
  where year(van) = year(plus_dagen(tot, -1))
  group by kind, gemeentecode, cast(year(van) as bigint)
),

over_de_grens as (
  select
    r.kind, r.gemeentecode, b.jaar, r.geteld_ct, date_diff('day', r.van, r.tot) as dagen,
    greatest(cast(0 as bigint), date_diff('day', r.van, b.van)) as ervoor,
    least(date_diff('day', r.van, r.tot), date_diff('day', r.van, b.tot)) as erna
  from regels r
  join boekjaar b on b.jaar >= year(r.van) and b.jaar <= year(plus_dagen(r.tot, -1))
  where year(r.van) <> year(plus_dagen(r.tot, -1))
),

delen as (
  select * from binnen_een_jaar
  union all
  select
    kind, gemeentecode, jaar, count(*), sum(deel(geteld_ct, erna, dagen) - deel(geteld_ct, ervoor, dagen))
  from over_de_grens
  group by kind, gemeentecode, jaar
),

per_jaar as (
  select kind, gemeentecode, jaar, cast(sum(regels) as bigint) as regels, cast(sum(bedrag_ct) as bigint) as bedrag_ct
  from delen
  group by kind, gemeentecode, jaar
)

select * from per_jaar
