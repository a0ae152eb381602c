/*
name: overbewoning
doc: >
  A dwelling with less than 12 m2 for each person who lives in it, the lower bound of Bouwbesluit 2012 article 7.18 (not a norm for
  comfort). By the area that a person's own line names; a line without one shows nothing, and neither does an institution.
grain: [persoon, van, levering, regel]
reads: [stg_huishouden]
columns:
  - persoon persoon: key
  - huishouden huishouden: empty, the person's
  - ingredient tekst: overbewoning
  - van datum: first day
  - tot datum: day after the last
  - sterkte tekst: sterk
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

woont as (
  select persoon, huishouden, van, tot, levering, regel, nullif(woonoppervlak_m2, 0) as m2
  from stg_huishouden
  where not dubbel and van < tot and typhh <> '8'
),

-- most households can't be: all who ever lived there together would have room
krap as (
  select huishouden from woont group by huishouden having min(m2) < 12 * count(*)
),

bewoond as (
  select w.* from woont w join krap k on k.huishouden = w.huishouden
),

grenzen as (
  select huishouden, van as dag from bewoond
  union
  select huishouden, tot from bewoond
),

stukken as (
  select huishouden, dag as van, lead(dag) over (partition by huishouden order by dag) as tot from grenzen
),

telling as (
  select s.huishouden, s.van, s.tot, count(*) as personen
  from stukken s
  join bewoond b on b.huishouden = s.huishouden and b.van <= s.van and s.tot <= b.tot
  group by s.huishouden, s.van, s.tot
),

vol as (
  select b.persoon, b.levering, b.regel, t.van, t.tot
  from bewoond b
  join telling t on t.huishouden = b.huishouden and b.van <= t.van and t.tot <= b.tot
  where b.m2 < 12 * t.personen
),

gemerkt as (
  select *, lag(tot) over (partition by levering, regel order by van) as vorige_tot from vol
),

genummerd as (
  select
    *,
    sum(case when vorige_tot = van then 0 else 1 end) over (
      partition by levering, regel order by van rows between unbounded preceding and current row) as periode
  from gemerkt
),

signalen as (
  select
    persoon, cast(null as bigint) as huishouden, 'overbewoning' as ingredient, min(van) as van, max(tot) as tot, 'sterk' as sterkte,
    'huishouden' as kind, levering, regel
  from genummerd
  group by persoon, levering, regel, periode
)

select * from signalen
