/*
name: geen_uitkering_sterk
doc: >
  Months without bijstand of a household in which an adult's newest benefit ended less than 365 days before, for a reason other
  than age, death, going abroad, work, an own business, moving, or none given (rules 33).
grain: [huishouden, maand, persoon]
reads: [geen_uitkering_stand, stg_bijstand, lid, kalender]
columns:
  - huishouden huishouden: household at P
  - maand maand: month
  - tot datum: first day of the next month
  - bit aantal: the month's bit
  - persoon persoon: the adult whose benefit ended
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

geen_uitkering_stand as (
  select * from geen_uitkering_stand
),

stg_bijstand as (
  select * from stg_bijstand
),

lid as (
  select * from lid
),

kalender as (
  select * from kalender
),

uitkering as (
  select
    persoon, maand, einde_uitkering, reden_beeindiging, levering, regel,
    row_number() over (partition by persoon, maand order by volgnr desc, levering desc, regel desc) as nr
  from stg_bijstand
  where statistiekcode in ('01', '02', '03', '14') and not herhaald and not bedrag_ongelijk
),

-- the newest benefit of a person from its month until the next month with one
geldig as (
  select *, lead(maand) over (partition by persoon order by maand) as volgende_maand from uitkering where nr = 1
),

maanden as (
  select l.huishouden, k.maand, k.tot, k.bit, g.persoon, g.levering, g.regel
  from geldig g
  join lid l on l.persoon = g.persoon and not l.aangehecht
  join kalender k
    on k.maand >= g.maand and (g.volgende_maand is null or g.volgende_maand > k.maand) and l.meerderjarig <= k.maand
    and g.einde_uitkering < k.maand and date_diff('day', g.einde_uitkering, k.maand) < 365
  join geen_uitkering_stand s on s.huishouden = l.huishouden and bitwise_and(s.ja, k.bit) <> 0
  where coalesce(g.reden_beeindiging, '') not in ('', '03', '04', '07', '11', '13', '32', '33')
)

select * from maanden
