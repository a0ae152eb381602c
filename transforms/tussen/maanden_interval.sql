/*
name: maanden_interval
doc: >
  The maximal intervals of every set of months that is in use. Households share a few sets, so that this stays small however
  many households there are.
grain: [maanden, van]
reads: [geen_uitkering_zwak, kalender]
columns:
  - maanden aantal: set of months, as bits of kalender
  - van datum: first day
  - tot datum: day after the last
*/
with

geen_uitkering_zwak as (
  select * from geen_uitkering_zwak
),

kalender as (
  select * from kalender
),

sets as (
  select distinct maanden from geen_uitkering_zwak
),

volgorde as (
  select maand, tot, bit, row_number() over (order by maand) as volgnr from kalender
),

eilanden as (
  select
    s.maanden, v.maand, v.tot,
    v.volgnr - row_number() over (partition by s.maanden order by v.maand) as eiland
  from sets s
  join volgorde v on bitwise_and(s.maanden, v.bit) <> 0
),

intervallen as (
  select maanden, min(maand) as van, max(tot) as tot
  from eilanden
  group by maanden, eiland
)

select * from intervallen
