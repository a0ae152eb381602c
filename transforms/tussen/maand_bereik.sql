/*
name: maand_bereik
doc: >
  What has to be known for an order to count (methods 6): the 12 months before the month of the first of two days, and all months to
  that of the second. A month of which 12 lie before it in the windows is there, others are not.
grain: [van_maand, tot_maand]
reads: [kalender]
columns:
  - van_maand maand: month of the first day
  - tot_maand maand: month of the second
  - maanden aantal: months that have to be known, as bits of kalender
*/
with

kalender as (
  select * from kalender
),

volgorde as (
  select maand, bit, row_number() over (order by maand) as volgnr from kalender
),

bereiken as (
  select a.maand as van_maand, b.maand as tot_maand, cast(sum(k.bit) as bigint) as maanden
  from volgorde a
  join volgorde b on b.volgnr >= a.volgnr
  join volgorde k on k.volgnr >= a.volgnr - 12 and k.volgnr <= b.volgnr
  where a.volgnr > 12
  group by a.maand, b.maand
)

select * from bereiken
