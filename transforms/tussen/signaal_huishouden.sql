/*
name: signaal_huishouden
doc: >
  Signals of the persons who form the household at P, also from before they lived together (rules 31). Of several sources
  of the same signal the strongest counts, then the first by kind, file and line.
grain: [huishouden, persoon, ingredient, van, tot]
reads: [signaal_bron, lid, levering_stand]
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

van_lid as (
  select
    coalesce(s.huishouden, l.huishouden) as huishouden, coalesce(s.persoon, cast(-1 as bigint)) as persoon, s.ingredient,
    s.van, s.tot, s.sterkte, s.kind, v.bestand, s.regel
  from signaal_bron s
  left join lid l on l.persoon = s.persoon
  left join levering_stand v on v.levering = s.levering and v.kind = s.kind
),

genummerd as (
  select
    *, row_number() over (
      partition by huishouden, persoon, ingredient, van, tot
      order by case sterkte when 'sterk' then 0 else 1 end, kind, bestand, regel) as nr
  from van_lid
  where huishouden is not null and van < tot
)

select huishouden, persoon, ingredient, van, tot, sterkte, kind as bron_kind, bestand as bron_bestand, regel as bron_regel
from genummerd
where nr = 1
