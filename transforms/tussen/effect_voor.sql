/*
name: effect_voor
doc: What each set of persons cost before each day of effect_moment since they first formed the household, and how much of that time is covered (methods 7).
grain: [vorm, huishouden, maand]
reads: [effect_kosten, effect_moment]
columns:
  - vorm maand: vorm of effect_vorm
  - huishouden huishouden: household
  - maand maand: the day
  - voor2_ct ct: declared cost in months 13 to 24 before
  - voor1_ct ct: in the 12 months before
  - kwartaal_ct ct: in the last 3 of them
  - wmo_ct ct: of voor1_ct, Wmo
  - jeugd_ct ct: Jeugd
  - participatie_ct ct: Participatie
  - zvw_ct ct: Zvw
  - voor2_maanden aantal: of months 13 to 24 before, those that are covered
  - voor1_maanden aantal: idem of the 12 before
*/
with

effect_kosten as (
  select * from effect_kosten
),

effect_moment as (
  select * from effect_moment
),

tellend as (
  select
    k.maand, k.huishouden, k.kalendermaand,
    sum(k.kosten_ct) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 24 preceding and 13 preceding) as voor2_ct,
    sum(k.kosten_ct) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 12 preceding and 1 preceding) as voor1_ct,
    sum(k.kosten_ct) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 3 preceding and 1 preceding) as kwartaal_ct,
    sum(k.wmo_ct) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 12 preceding and 1 preceding) as wmo_voor_ct,
    sum(k.jeugd_ct) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 12 preceding and 1 preceding) as jeugd_voor_ct,
    sum(k.participatie_ct) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 12 preceding and 1 preceding) as participatie_voor_ct,
    sum(k.zvw_ct) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 12 preceding and 1 preceding) as zvw_voor_ct,
    sum(case when k.gedekt then 1 else 0 end) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 24 preceding and 13 preceding) as voor2_maanden,
    sum(case when k.gedekt then 1 else 0 end) over (
      partition by k.maand, k.huishouden order by k.kalendermaand rows between 12 preceding and 1 preceding) as voor1_maanden
  from effect_kosten k
),

dagen as (
  select
    t.maand as vorm, t.huishouden, t.kalendermaand as maand, cast(coalesce(t.voor2_ct, 0) as bigint) as voor2_ct,
    cast(coalesce(t.voor1_ct, 0) as bigint) as voor1_ct, cast(coalesce(t.kwartaal_ct, 0) as bigint) as kwartaal_ct,
    cast(coalesce(t.wmo_voor_ct, 0) as bigint) as wmo_ct, cast(coalesce(t.jeugd_voor_ct, 0) as bigint) as jeugd_ct,
    cast(coalesce(t.participatie_voor_ct, 0) as bigint) as participatie_ct, cast(coalesce(t.zvw_voor_ct, 0) as bigint) as zvw_ct,
    cast(coalesce(t.voor2_maanden, 0) as bigint) as voor2_maanden, cast(coalesce(t.voor1_maanden, 0) as bigint) as voor1_maanden
  from tellend t
  join effect_moment m on m.maand = t.kalendermaand
  where t.kalendermaand >= t.maand
)

select * from dagen
