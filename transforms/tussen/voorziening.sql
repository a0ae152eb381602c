/*
name: voorziening
doc: >
  Provisions of the members of each household that were running on some day of the half year to P (rules 26, 60): allocations by
  their period of care (newest line, not withdrawn), benefits with an amount above 0 by month, and debt relief trajects. sleutel
  is the same for every line of one provision, so that it counts once a household, whoever of its members it is for.
grain: [huishouden, persoon, sleutel, van]
reads: [lid, stg_toewijzing, stg_bijstand, stg_traject, parameter]
columns:
  - huishouden huishouden: household at P
  - persoon persoon: member it is for
  - wet tekst: wmo, jeugd, participatie or schuldhulp
  - sleutel tekst: the provision, within the household
  - van datum: first day; of a benefit, of the month
  - tot datum: day after the last
*/
with

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

alle as (
  select * from toewijzing
  union all
  select * from uitkering
  union all
  select * from traject
)

select a.huishouden, a.persoon, a.wet, a.sleutel, a.van, a.tot
from alle a
cross join parameter p
where a.van < p.tot and a.tot > p.halfjaar_van and a.van < a.tot
