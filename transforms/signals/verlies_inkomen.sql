/*
name: verlies_inkomen
doc: >
  Bijstand that stopped without another income that is known of, and was not paid to the person in the month after: sterk when for
  not giving information or not turning up (BUS 34: 31, 34, 35), zwak when for detention (05) or another cause (98). An event, 180
  days from the last day. Wages and other benefits that end are in no feed.
grain: [persoon, van, levering, regel, sterkte]
reads: [stg_bijstand]
columns:
  - persoon persoon: key
  - huishouden huishouden: empty, the person's
  - ingredient tekst: verlies_inkomen
  - van datum: last day of the benefit
  - tot datum: 180 days later
  - sterkte tekst: sterk or zwak
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

stg_bijstand as (
  select * from stg_bijstand
),

bijstand as (
  select * from stg_bijstand where statistiekcode in ('01', '02', '03', '14') and not herhaald and not bedrag_ongelijk
),

signalen as (
  select
    persoon, cast(null as bigint) as huishouden, 'verlies_inkomen' as ingredient, einde_uitkering as van,
    plus_dagen(einde_uitkering, 180) as tot,
    case when reden_beeindiging in ('31', '34', '35') then 'sterk' else 'zwak' end as sterkte, 'participatie_uitkering' as kind,
    levering, regel
  from bijstand b
  where einde_uitkering is not null and reden_beeindiging in ('31', '34', '35', '05', '98')
    and not exists (
      select 1 from bijstand v
      where v.persoon = b.persoon and v.persoon_ct > 0
        and date_trunc('month', plus_dagen(v.maand, -1)) = date_trunc('month', b.einde_uitkering))
)

select * from signalen
