/*
name: zorg_nu
doc: >
  Per household at P: running voorzieningen (allocations whose period of care contains P, benefits paid in P's month, open
  debt relief trajects) and the distinct providers of lines with days in T0 (rules 26, 60).
grain: [huishouden]
reads: [lid, stg_toewijzing, stg_bijstand, stg_traject, kosten_deel, parameter]
columns:
  - huishouden huishouden: household at P
  - voorzieningen aantal: running at P
  - aanbieders aantal: distinct AGB codes in T0
*/
with

toegewezen as (
  select l.huishouden, count(*) as n
  from stg_toewijzing t
  join lid l on l.persoon = t.persoon
  cross join parameter p
  where t.nr = 1 and not t.ingetrokken and t.zorg_van <= p.peildatum and p.peildatum < t.zorg_tot
  group by l.huishouden
),

uitkering as (
  select distinct
    l.huishouden, b.gemeentecode, b.registratienummer, b.statistiekcode, b.cluster_bijz_bijstand
  from stg_bijstand b
  join lid l on l.persoon = b.persoon
  cross join parameter p
  where b.maand = p.peilmaand and b.geteld_ct > 0 and not b.bedrag_ongelijk
),

traject as (
  select distinct l.huishouden, t.gemeentecode, t.traject_id
  from stg_traject t
  join lid l on l.persoon = t.persoon
  cross join parameter p
  where t.nr = 1 and t.van <= p.peildatum and p.peildatum < t.tot
),

lopend as (
  select huishouden, n from toegewezen
  union all
  select huishouden, count(*) from uitkering group by huishouden
  union all
  select huishouden, count(*) from traject group by huishouden
),

voorziening as (
  select huishouden, cast(sum(n) as bigint) as voorzieningen from lopend group by huishouden
),

aanbieder as (
  select huishouden, count(distinct aanbieder_agb) as aanbieders
  from kosten_deel
  where t0_dagen > 0 and aanbieder_agb is not null and huishouden <> -1
  group by huishouden
)

select
  coalesce(v.huishouden, a.huishouden) as huishouden, coalesce(v.voorzieningen, 0) as voorzieningen,
  coalesce(a.aanbieders, 0) as aanbieders
from voorziening v
full outer join aanbieder a on a.huishouden = v.huishouden
