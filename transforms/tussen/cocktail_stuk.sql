/*
name: cocktail_stuk
doc: >
  The 24 months to P of each household that could have a cocktail, cut where anything about its ingredients changes, with the state of
  all of them in each piece as bits. Where a chain of signals begins its bit is added, where it ends taken off; chains of one
  ingredient neither touch nor overlap, so that sums of bits are sets of bits.
grain: [huishouden, van]
reads: [kandidaat_masker, kandidaat_maand, signaal_keten, kalender, parameter]
columns:
  - huishouden huishouden: household at P
  - van datum: first day
  - tot datum: day after the last
  - te_zien aantal: ingredients of which a signal is there
  - sterk aantal: of which a strong one is, where that matters
  - bekend aantal: ingredients of which the absence would be known
*/
with

kandidaat_masker as (
  select * from kandidaat_masker
),

kandidaat_maand as (
  select * from kandidaat_maand
),

signaal_keten as (
  select * from signaal_keten
),

kalender as (
  select * from kalender
),

parameter as (
  select * from parameter
),

-- few sets of months are known in many households; a set begins or ends where a month is in it and the one before is not, or the
-- other way round
sets as (
  select distinct maanden from kandidaat_maand
),

randen as (
  select s.maanden, k.maand as dag, bitwise_and(s.maanden, k.bit) <> 0 as begint
  from sets s
  join kalender k on (bitwise_and(s.maanden, k.bit) <> 0) <> (bitwise_and(s.maanden, k.vorige_bit) <> 0)
),

ketens as (
  select
    k.huishouden, case when k.sterk then cast(0 as bigint) else k.bit end as te_zien,
    case when k.sterk then k.bit else cast(0 as bigint) end as sterk, greatest(k.van, p.signaal_van) as van, k.tot, k.tot < p.tot as eindigt
  from signaal_keten k
  cross join parameter p
  where k.van < p.tot and k.tot > p.signaal_van
),

grens as (
  select k.huishouden, p.signaal_van as dag, cast(0 as bigint) as te_zien, cast(0 as bigint) as sterk, cast(0 as bigint) as bekend
  from kandidaat_masker k
  cross join parameter p
  union all
  select huishouden, van, te_zien, sterk, cast(0 as bigint) from ketens
  union all
  select huishouden, tot, -te_zien, -sterk, cast(0 as bigint) from ketens where eindigt
  union all
  select m.huishouden, r.dag, cast(0 as bigint), cast(0 as bigint), case when r.begint then m.bit else -m.bit end
  from kandidaat_maand m
  join randen r on r.maanden = m.maanden
),

dagen as (
  select huishouden, dag, sum(te_zien) as te_zien, sum(sterk) as sterk, sum(bekend) as bekend
  from grens
  group by huishouden, dag
),

stand as (
  select
    huishouden, dag as van, lead(dag) over (partition by huishouden order by dag) as volgende,
    sum(te_zien) over (partition by huishouden order by dag rows between unbounded preceding and current row) as te_zien,
    sum(sterk) over (partition by huishouden order by dag rows between unbounded preceding and current row) as sterk,
    sum(bekend) over (partition by huishouden order by dag rows between unbounded preceding and current row) as bekend
  from dagen
),

stukken as (
  select
    s.huishouden, s.van, coalesce(s.volgende, p.tot) as tot, cast(s.te_zien as bigint) as te_zien, cast(s.sterk as bigint) as sterk,
    cast(s.bekend as bigint) as bekend
  from stand s
  cross join parameter p
)

select * from stukken
