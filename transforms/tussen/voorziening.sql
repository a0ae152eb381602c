/*
name: voorziening
doc: >
  Provisions of the members of each household that were running on some day of the half year to P (rules 26, 60): allocations by
  their period of care (newest line, not withdrawn), benefits with an amount above 0 by month, debt relief trajects, and lines with an
  amount above 0 of kinds whose contract counts them so. sleutel is the same for every line of one provision, so that it counts once a
  household, whoever of its members it is for.
grain: [huishouden, persoon, sleutel, van]
reads: [lid, stg_toewijzing, stg_bijstand, stg_traject, kosten_bron, parameter]
columns:
  - huishouden huishouden: household at P
  - persoon persoon: member it is for
  - wet tekst: domein, one of domeinen.yaml
  - sleutel tekst: the provision, within the household
  - van datum: first day; of a benefit, of the month
  - tot datum: day after the last
*/
with

lid as (
  select * from lid
),

stg_toewijzing as (
  select * from stg_toewijzing
),

stg_bijstand as (
  select * from stg_bijstand
),

stg_traject as (
  select * from stg_traject
),

kosten_bron as (
  select * from kosten_bron
),

parameter as (
  select * from parameter
),

toewijzing as (
  select
    l.huishouden, l.persoon, t.wet,
    concat(t.wet, '|', t.gemeentecode, '|', cast(t.toewijzing_nummer as varchar)) as sleutel, t.zorg_van as van, t.zorg_tot as tot
  from stg_toewijzing t
  join lid l on l.persoon = t.persoon
  where t.nr = 1 and not t.ingetrokken
),

uitkering as (
  select distinct
    l.huishouden, l.persoon, 'participatie' as wet,
    concat('participatie|', b.gemeentecode, '|', b.registratienummer, '|', b.statistiekcode, '|', b.cluster_bijz_bijstand) as sleutel,
    b.maand as van, b.tot
  from stg_bijstand b
  join lid l on l.persoon = b.persoon
  where b.persoon_ct > 0 and not b.herhaald and not b.bedrag_ongelijk
),

traject as (
  select
    l.huishouden, l.persoon, 'schuldhulp' as wet, concat('schuldhulp|', t.gemeentecode, '|', t.traject_id) as sleutel, t.van,
    max(t.tot) as tot
  from stg_traject t
  join lid l on l.persoon = t.persoon
  where t.nr = 1
  group by l.huishouden, l.persoon, t.gemeentecode, t.traject_id, t.van
),

regel as (
  select
    l.huishouden, l.persoon, k.domein as wet, concat(k.kind, '|', k.voorziening) as sleutel, k.van, max(k.tot) as tot
  from kosten_bron k
  join lid l on l.persoon = k.persoon
  where k.telt_als_voorziening and k.bedrag_ct > 0
  group by l.huishouden, l.persoon, k.domein, k.kind, k.voorziening, k.van
),

alle as (
  select * from toewijzing
  union all
  select * from uitkering
  union all
  select * from traject
  union all
  select * from regel
),

voorzieningen as (
  select a.huishouden, a.persoon, a.wet, a.sleutel, a.van, a.tot
  from alle a
  cross join parameter p
  where a.van < p.tot and a.tot > p.halfjaar_van and a.van < a.tot
)

select * from voorzieningen
