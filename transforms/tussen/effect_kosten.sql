/*
name: effect_kosten
doc: >
  Declared cost by month of the persons who formed a household, whoever left since (methods 7): once for each set of persons, for most households
  are formed by the same ones in all months. maand is vorm of effect_stand. A row for every month of effect_kalender from 24 before it to that of P, also
  without cost.
grain: [maand, huishouden, kalendermaand]
reads: [effect_vorm_lid, effect_persoon_kosten, effect_persoon_dekking, effect_kalender]
columns:
  - maand maand: vorm of effect_stand
  - huishouden huishouden: household
  - kalendermaand maand: month of the cost
  - kosten_ct ct: declared cost of the kinds that count (effect_kind), by day
  - wmo_ct ct: of which Wmo
  - jeugd_ct ct: Jeugd
  - participatie_ct ct: Participatie
  - zvw_ct ct: Zvw
  - gedekt vlag: "every kind that counts covers every member who was born by then, attached ones left out; where not, kosten_ct is no whole"
*/
with

effect_vorm_lid as (
  select * from effect_vorm_lid
),

effect_persoon_kosten as (
  select * from effect_persoon_kosten
),

effect_persoon_dekking as (
  select * from effect_persoon_dekking
),

effect_kalender as (
  select * from effect_kalender
),

sommen as (
  select
    l.maand, l.huishouden, k.kalendermaand, cast(sum(k.kosten_ct) as bigint) as kosten_ct,
    cast(sum(case when k.domein = 'wmo' then k.kosten_ct else 0 end) as bigint) as wmo_ct,
    cast(sum(case when k.domein = 'jeugd' then k.kosten_ct else 0 end) as bigint) as jeugd_ct,
    cast(sum(case when k.domein = 'participatie' then k.kosten_ct else 0 end) as bigint) as participatie_ct,
    cast(sum(case when k.domein = 'zvw' then k.kosten_ct else 0 end) as bigint) as zvw_ct
  from effect_vorm_lid l
  join effect_persoon_kosten k on k.persoon = l.persoon
  group by l.maand, l.huishouden, k.kalendermaand
),

geboortedagen as (
  select distinct geboren from effect_vorm_lid
),

geboorte as (
  select g.geboren, cast(sum(case when g.geboren < k.tot then k.bit else cast(0 as bigint) end) as bigint) as levend
  from geboortedagen g
  cross join effect_kalender k
  group by g.geboren
),

eigen as (
  select l.maand, l.huishouden, d.maanden, g.levend
  from effect_vorm_lid l
  join effect_persoon_dekking d on d.persoon = l.persoon
  join geboorte g on g.geboren = l.geboren
  where not l.aangehecht
),

vormen as (
  select
    maand, huishouden, bitwise_and(bitwise_and_agg(bitwise_or(maanden, bitwise_not(levend))), bitwise_or_agg(levend)) as maanden
  from eigen
  group by maand, huishouden
),

maanden as (
  select
    v.maand, v.huishouden, k.maand as kalendermaand, bitwise_and(v.maanden, k.bit) <> 0 as gedekt
  from vormen v
  join effect_kalender m on m.maand = v.maand
  join effect_kalender k on k.volgnr >= m.volgnr - 24
),

kosten as (
  select
    m.maand, m.huishouden, m.kalendermaand, coalesce(s.kosten_ct, 0) as kosten_ct, coalesce(s.wmo_ct, 0) as wmo_ct, coalesce(s.jeugd_ct, 0) as jeugd_ct,
    coalesce(s.participatie_ct, 0) as participatie_ct, coalesce(s.zvw_ct, 0) as zvw_ct, m.gedekt
  from maanden m
  left join sommen s on s.maand = m.maand and s.huishouden = m.huishouden and s.kalendermaand = m.kalendermaand
)

select * from kosten
