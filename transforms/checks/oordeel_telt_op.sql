/*
name: oordeel_telt_op
doc: >
  Per cocktail the verdicts on all households add up to those of the ranking, and vol, dreigend and onbekend are the episodes of the mart
  cocktail that contain P: the one is counted on P alone, the other cut out of 24 months.
grain: [cocktail_id]
reads: [cocktail_oordeel, cocktail, cocktail_naam, ranglijst]
columns:
  - cocktail_id tekst: cocktail
check:
  severity: fout
  denominator: cocktail_oordeel
  sentence: "bij {n} van {d} cocktails tellen de oordelen niet op tot alle huishoudens of zijn zij niet die van de lijst"
  reason: a household that is in no count is one that nobody asks about
*/
with

cocktail_oordeel as (
  select * from cocktail_oordeel
),

cocktail as (
  select * from cocktail
),

cocktail_naam as (
  select * from cocktail_naam
),

ranglijst as (
  select * from ranglijst
),

lijst as (
  select count(*) as n from ranglijst
),

actief as (
  select
    cocktail_id, sum(case when status = 'vol' then 1 else 0 end) as vol, sum(case when status = 'dreigend' then 1 else 0 end) as dreigend,
    sum(case when status = 'onbekend' then 1 else 0 end) as onbekend
  from cocktail
  where actief
  group by cocktail_id
),

schending as (
  select k.cocktail_id
  from cocktail_naam k
  cross join lijst l
  left join cocktail_oordeel o on o.cocktail_id = k.cocktail_id
  left join actief a on a.cocktail_id = k.cocktail_id
  where coalesce(o.huishoudens, 0) <> l.n
    or coalesce(o.vol + o.dreigend + o.onbekend + o.niet_te_beoordelen + o.nee, 0) <> l.n
    or coalesce(o.vol, 0) <> coalesce(a.vol, 0) or coalesce(o.dreigend, 0) <> coalesce(a.dreigend, 0)
    or coalesce(o.onbekend, 0) <> coalesce(a.onbekend, 0)
)

select * from schending
