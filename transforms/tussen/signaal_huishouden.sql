/*
name: signaal_huishouden
doc: >
  Signals of the persons who form the household at P, also from before they lived together (rules 31). Of several sources
  of the same signal the strongest counts, then the first by kind, file and line. Nobody shows anything before birth: a line that lies
  wholly before it gives no signal, one that began before it a signal from the birthday (rules 67).
grain: [huishouden, persoon, ingredient, van, tot]
reads: [signaal_bron, lid, levering_stand, lake_regel]
columns:
  - huishouden huishouden: household at P
  - persoon persoon: whose signal; -1 for one of the household as a whole
  - ingredient tekst: what it shows
  - van datum: first day
  - tot datum: day after the last
  - sterkte tekst: sterk or zwak
  - bron_kind tekst: source kind
  - bron_bestand tekst: source file
  - bron_regel aantal: source line
*/
with

signaal_bron as (
  select * from signaal_bron
),

lid as (
  select * from lid
),

levering_stand as (
  select * from levering_stand
),

lake_regel as (
  select * from lake_regel
),

van_lid as (
  select
    coalesce(s.huishouden, l.huishouden) as huishouden, coalesce(s.persoon, cast(-1 as bigint)) as persoon, s.ingredient,
    s.van, s.tot, s.sterkte, s.kind, s.levering, v.bestand, s.regel, l.geboren
  from signaal_bron s
  left join lid l on l.persoon = s.persoon
  left join levering_stand v on v.levering = s.levering and v.kind = s.kind
),

te_vroeg as (
  select r.kind, r.levering, r.regel, r.persoon
  from lake_regel r
  join lid l on l.persoon = r.persoon
  where r.tijd_tot <= l.geboren
),

geleefd as (
  select
    s.huishouden, s.persoon, s.ingredient, case when s.van < s.geboren then s.geboren else s.van end as van,
    case when s.tot > date '2200-01-01' then date '2200-01-01' else s.tot end as tot, s.sterkte, s.kind,
    s.bestand, s.regel
  from van_lid s
  left join te_vroeg t
    on t.kind = s.kind and t.levering = s.levering and t.regel = s.regel and t.persoon = s.persoon
  where t.kind is null
),

genummerd as (
  select
    *, row_number() over (
      partition by huishouden, persoon, ingredient, van, tot
      order by case sterkte when 'sterk' then 0 else 1 end, kind, bestand, regel) as nr
  from geleefd
  where huishouden is not null and van < tot
),

sterkste as (
  select huishouden, persoon, ingredient, van, tot, sterkte, kind as bron_kind, bestand as bron_bestand, regel as bron_regel
  from genummerd
  where nr = 1
)

select * from sterkste
