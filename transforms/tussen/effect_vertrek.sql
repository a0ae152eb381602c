/*
name: effect_vertrek
doc: >
  Persons of matched households who were gone on the last day of the window (eigen_tot of effect_set), by reason (methods 7): who lives nowhere, in a gemeente
  that is not of the run or that the feeds of cost leave out while they cover the household's, or is insured elsewhere while health care counts. The household is the one that they formed in maand;
  who lives elsewhere in the region is not gone, for cost follows the person.
grain: [maand, huishouden, reden]
reads: [effect_set, effect_set_lid, effect_stand, stg_huishouden, effect_dekking_geldig, effect_persoon_dekking, effect_kind, effect_kalender, gemeente_run]
columns:
  - maand maand: maand of effect_set
  - huishouden huishouden: member of a set
  - reden tekst: verhuisd, overleden, andere_verzekeraar or onbekend
  - personen aantal: how many
*/
with

effect_set as (
  select * from effect_set
),

effect_set_lid as (
  select * from effect_set_lid
),

effect_stand as (
  select * from effect_stand
),

stg_huishouden as (
  select * from stg_huishouden
),

effect_dekking_geldig as (
  select * from effect_dekking_geldig
),

effect_persoon_dekking as (
  select * from effect_persoon_dekking
),

effect_kind as (
  select * from effect_kind
),

effect_kalender as (
  select * from effect_kalender
),

gemeente_run as (
  select * from gemeente_run
),

vensters as (
  select s.maand, s.huishouden, max(k.bit) as bit, max(k.tot) as tot
  from effect_set s
  join effect_kalender k on k.maand = s.eigen_tot
  group by s.maand, s.huishouden
),

gemeenten as (
  select d.gemeentecode, bitwise_and_agg(d.maanden) as maanden
  from effect_dekking_geldig d
  join effect_kind k on k.kind = d.kind and k.meegeteld
  group by d.gemeentecode
),

zorg as (
  select max(case when kind = 'zvw_declaratie' and meegeteld then 1 else 0 end) as meegeteld from effect_kind
),

-- the line that began last before the end of the window
regels as (
  select
    v.maand, v.huishouden, l.persoon, v.bit, v.tot, h.gemeentecode, h.tot >= v.tot as woont, coalesce(h.reden_einde, '') as reden_einde,
    row_number() over (partition by v.maand, v.huishouden, l.persoon order by h.van desc, h.levering desc, h.regel desc) as nr
  from vensters v
  join effect_set_lid l on l.maand = v.maand and l.huishouden = v.huishouden
  join stg_huishouden h on h.persoon = l.persoon and not h.dubbel and h.van < v.tot
),

laatste as (
  select
    r.maand, r.huishouden, r.persoon,
    case
      when not r.woont and r.reden_einde = 'overleden' then 'overleden'
      when not r.woont and r.reden_einde = 'buitenland' then 'verhuisd'
      when not r.woont then 'onbekend'
      when n.gemeentecode is null then 'verhuisd'
      when bitwise_and(coalesce(g.maanden, cast(0 as bigint)), r.bit) = 0 and bitwise_and(coalesce(e.maanden, cast(0 as bigint)), r.bit) <> 0 then 'verhuisd'
      when z.meegeteld = 1 and bitwise_and(d.verzekerd, r.bit) = 0 and bitwise_and(d.verzekerd, m.bit) <> 0 then 'andere_verzekeraar'
    end as reden
  from regels r
  join effect_stand t on t.maand = r.maand and t.huishouden = r.huishouden
  join effect_kalender m on m.maand = r.maand
  join effect_persoon_dekking d on d.persoon = r.persoon
  cross join zorg z
  left join gemeente_run n on n.gemeentecode = r.gemeentecode
  left join gemeenten g on g.gemeentecode = r.gemeentecode
  left join gemeenten e on e.gemeentecode = t.gemeentecode
  where r.nr = 1
),

vertrokken as (
  select maand, huishouden, reden, count(*) as personen from laatste where reden is not null group by maand, huishouden, reden
)

select * from vertrokken
