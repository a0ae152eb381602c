/*
name: schulden
doc: >
  Debts that a code alone does not show (rules 37): a debt relief traject, until a year after its end; a signal that was
  taken up; weak: two signals of different kinds for one person, on the days that both last, and a claim of the gemeente
  (vordering).
grain: [persoon, van, tot, kind, levering, regel, sterkte]
reads: [stg_traject, stg_signaal, stg_vordering]
columns:
  - persoon persoon: key
  - huishouden huishouden: empty, the person's
  - ingredient tekst: schulden
  - van datum: first day
  - tot datum: day after the last
  - sterkte tekst: sterk or zwak
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

stg_traject as (
  select * from stg_traject
),

stg_signaal as (
  select * from stg_signaal
),

stg_vordering as (
  select * from stg_vordering
),

paar as (
  select
    case when a.signaaldatum >= b.signaaldatum then a.signaaldatum else b.signaaldatum end as van,
    case when a.signaaldatum <= b.signaaldatum then a.signaaldatum else b.signaaldatum end as eerste,
    b.persoon, b.levering, b.regel
  from stg_signaal a
  join stg_signaal b on b.persoon = a.persoon and a.signaalpartner_type < b.signaalpartner_type
),

signalen as (
  select distinct
    persoon, cast(null as bigint) as huishouden, 'schulden' as ingredient, van,
    case when beeindigd then plus_dagen(tot, 364) else tot end as tot,
    'sterk' as sterkte, 'schuldhulp_traject' as kind, levering, regel
  from stg_traject
  where nr = 1 and van < tot
  union all
  select
    persoon, cast(null as bigint), 'schulden', signaaldatum, plus_dagen(signaaldatum, 180), 'sterk', 'schuldhulp_signaal',
    levering, regel
  from stg_signaal
  where opgepakt_op is not null
  union all
  select distinct
    persoon, cast(null as bigint), 'schulden', van, plus_dagen(eerste, 180), 'zwak', 'schuldhulp_signaal', levering, regel
  from paar
  where van < plus_dagen(eerste, 180)
  union all
  select
    persoon, cast(null as bigint), 'schulden', ontstaansdatum, plus_dagen(ontstaansdatum, 180), 'zwak', 'participatie_vordering',
    levering, regel
  from stg_vordering
)

select * from signalen
