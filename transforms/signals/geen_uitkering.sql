/*
name: geen_uitkering
doc: >
  Months in which nobody in the household gets bijstand (rules 33): sterk when an adult's newest benefit ended less than 365
  days before, for a reason other than age, death, going abroad, work, an own business, moving, or none given; else zwak, without a
  source line, for absence has none.
grain: [huishouden, persoon, van, kind, levering, regel]
reads: [geen_uitkering_maand, stg_bijstand, lid]
columns:
  - persoon persoon: the adult whose benefit ended; empty when zwak
  - huishouden huishouden: household at P
  - ingredient tekst: geen_uitkering
  - van datum: first day of the month
  - tot datum: first day of the next
  - sterkte tekst: sterk or zwak
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

uitkering as (
  select
    persoon, maand, einde_uitkering, reden_beeindiging, levering, regel,
    row_number() over (partition by persoon, maand order by volgnr desc, levering desc, regel desc) as nr
  from stg_bijstand
  where statistiekcode in ('01', '02', '03', '14') and not bedrag_ongelijk
),

-- the newest benefit of a person from its month until the next month with one
geldig as (
  select *, lead(maand) over (partition by persoon order by maand) as volgende_maand from uitkering where nr = 1
),

sterk as (
  select distinct m.huishouden, m.maand, m.tot, g.persoon, g.levering, g.regel
  from geen_uitkering_maand m
  join lid l on l.huishouden = m.huishouden and not l.aangehecht and l.meerderjarig <= m.maand
  join geldig g on g.persoon = l.persoon and g.maand <= m.maand and (g.volgende_maand is null or g.volgende_maand > m.maand)
  where m.status = 'ja'
    and g.einde_uitkering < m.maand and date_diff('day', g.einde_uitkering, m.maand) < 365
    and coalesce(g.reden_beeindiging, '') not in ('', '03', '04', '07', '11', '13', '32', '33')
)

select
  persoon, huishouden, 'geen_uitkering' as ingredient, maand as van, tot, 'sterk' as sterkte,
  'participatie_uitkering' as kind, levering, regel
from sterk
union all
select
  cast(null as bigint), m.huishouden, 'geen_uitkering', m.maand, m.tot, 'zwak', cast(null as varchar), cast(null as bigint),
  cast(null as bigint)
from geen_uitkering_maand m
where m.status = 'ja' and not exists (select 1 from sterk s where s.huishouden = m.huishouden and s.maand = m.maand)
