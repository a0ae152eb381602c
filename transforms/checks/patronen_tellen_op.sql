/*
name: patronen_tellen_op
doc: >
  What is counted per group adds up to what is counted of all: groups and their cost to the ranking, quarters by place to the quarters, ways into a
  cocktail to the households that had it, claims to the households; and an order stands in both directions.
grain: [wat, sleutel]
reads: [cocktail_groep, cocktail_oordeel, trend, trend_gebied, pad, cocktail, overgang, fraudefuik, ranglijst]
columns:
  - wat tekst: table
  - sleutel tekst: cocktail, group or pair
check:
  severity: fout
  denominator: cocktail_groep
  sentence: "{n} tellingen van patronen tellen niet op ({d} groepen)"
  reason: a household that is in no group, or in two, is one that a werktafel does not see as it is
*/
with

cocktail_groep as (
  select * from cocktail_groep
),

cocktail_oordeel as (
  select * from cocktail_oordeel
),

trend as (
  select * from trend
),

trend_gebied as (
  select * from trend_gebied
),

pad as (
  select * from pad
),

cocktail as (
  select * from cocktail
),

overgang as (
  select * from overgang
),

fraudefuik as (
  select * from fraudefuik
),

ranglijst as (
  select * from ranglijst
),

lijst as (
  select count(*) as n, coalesce(sum(kosten_t0_ct), 0) as kosten_ct from ranglijst
),

vol_kosten as (
  select cocktail_id, sum(kosten_t0_ct) as kosten_ct from cocktail where actief and status = 'vol' group by cocktail_id
),

groepen as (
  select
    cocktail_id, kenmerk, sum(huishoudens) as huishoudens, sum(vol) as vol, sum(dreigend) as dreigend, sum(onbekend) as onbekend,
    sum(niet_te_beoordelen) as niet_te_beoordelen, sum(nee) as nee, sum(kosten_vol_ct) as vol_ct,
    sum(kosten_vol_ct + kosten_overig_ct) as kosten_ct
  from cocktail_groep
  group by cocktail_id, kenmerk
),

gebieden as (
  select
    kwartaal, cocktail_id, sum(huishoudens) as huishoudens, sum(vol) as vol, sum(dreigend) as dreigend, sum(onbekend) as onbekend,
    sum(niet_te_beoordelen) as niet_te_beoordelen, sum(nee) as nee
  from trend_gebied
  group by kwartaal, cocktail_id
),

ooit as (
  select cocktail_id, count(distinct huishouden_id) as n from cocktail where status = 'vol' group by cocktail_id
),

paden as (
  select cocktail_id, sum(huishoudens) as n from pad group by cocktail_id
),

schending as (
  select 'cocktail_groep' as wat, concat(g.cocktail_id, ' ', g.kenmerk) as sleutel
  from groepen g
  cross join lijst l
  left join cocktail_oordeel o on o.cocktail_id = g.cocktail_id
  left join vol_kosten v on v.cocktail_id = g.cocktail_id
  where g.huishoudens <> l.n or g.kosten_ct <> l.kosten_ct or g.vol_ct <> coalesce(v.kosten_ct, 0) or g.vol <> coalesce(o.vol, -1)
    or g.dreigend <> o.dreigend or g.onbekend <> o.onbekend or g.niet_te_beoordelen <> o.niet_te_beoordelen or g.nee <> o.nee
  union all
  select 'trend', concat(t.cocktail_id, ' ', cast(t.kwartaal as varchar))
  from trend t
  cross join lijst l
  left join gebieden g on g.kwartaal = t.kwartaal and g.cocktail_id = t.cocktail_id
  where t.huishoudens <> l.n or coalesce(g.huishoudens, -1) <> t.huishoudens or g.vol <> t.vol or g.dreigend <> t.dreigend
    or g.onbekend <> t.onbekend or g.niet_te_beoordelen <> t.niet_te_beoordelen or g.nee <> t.nee
    or t.vol + t.dreigend + t.onbekend + t.niet_te_beoordelen + t.nee <> t.huishoudens
  union all
  select 'pad', coalesce(o.cocktail_id, p.cocktail_id)
  from ooit o
  full outer join paden p on p.cocktail_id = o.cocktail_id
  where coalesce(o.n, 0) <> coalesce(p.n, 0)
  union all
  select 'overgang', concat(a.van_ingredient, '>', a.naar_ingredient)
  from overgang a
  left join overgang b on b.van_ingredient = a.naar_ingredient and b.naar_ingredient = a.van_ingredient
  where coalesce(b.huishoudens, -1) <> a.omgekeerd or b.gelijk <> a.gelijk or b.niet_te_beoordelen <> a.niet_te_beoordelen
    or (a.huishoudens = 0) <> (a.mediaan_dagen is null) or not coalesce(a.p25_dagen, 1) <= coalesce(a.mediaan_dagen, 1)
    or not coalesce(a.mediaan_dagen, 1) <= coalesce(a.p75_dagen, 1)
  union all
  select 'fraudefuik', f.groep
  from fraudefuik f
  cross join lijst l
  left join cocktail_oordeel o on o.cocktail_id = f.groep
  where f.met_vordering + f.zonder_vordering + f.niet_te_beoordelen <> f.huishoudens or f.vorderingen < f.met_vordering
    or f.open_ct < f.met_vordering or (f.groep = 'alle' and f.huishoudens <> l.n) or f.huishoudens <> coalesce(o.vol, f.huishoudens)
)

select * from schending
