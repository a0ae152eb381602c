/*
name: pad_huishouden
doc: >
  How each household that is shown came to a cocktail (methods 6), the first time that it was vol in the 24 months to P: the first days of its
  counted ingredients, in their order. al_vol: it was vol when the 24 months began, so that nobody saw how. onbekend: some ingredient would not have
  been seen, or known to be absent, from 12 months before the first day, so that the order may be another.
grain: [cocktail_id, huishouden, stap]
reads: [cocktail_episode, huishouden_stand, cocktail_ingredient, eerste_signaal, maand_bereik, parameter]
columns:
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
  - pad tekst: "counted ingredients by their first day, joined by >, of one day by +; or al_vol, or onbekend"
  - stap aantal: 0 the whole path, from 1 its steps
  - van_ingredient tekst: what the step begins with; empty text for the whole path
  - naar_ingredient tekst: what it leads to; vol for the last, and for the whole path
  - dagen aantal: days it took; empty for al_vol and onbekend
*/
with

cocktail_episode as (
  select * from cocktail_episode
),

huishouden_stand as (
  select * from huishouden_stand
),

cocktail_ingredient as (
  select * from cocktail_ingredient
),

eerste_signaal as (
  select * from eerste_signaal
),

maand_bereik as (
  select * from maand_bereik
),

parameter as (
  select * from parameter
),

eerst_vol as (
  select e.cocktail_id, e.huishouden, min(e.van) as vol_van
  from cocktail_episode e
  join huishouden_stand h on h.huishouden = e.huishouden and h.getoond
  where e.status = 'vol'
  group by e.cocktail_id, e.huishouden
),

onderdelen as (
  select
    v.cocktail_id, v.huishouden, v.vol_van, c.ingredient, case when c.minimum = 'sterk' then s.sterk_van else s.van end as van, s.maanden
  from eerst_vol v
  join cocktail_ingredient c on c.cocktail_id = v.cocktail_id and not c.voorwaarde
  join eerste_signaal s on s.huishouden = v.huishouden and s.ingredient = c.ingredient
),

gehelen as (
  select
    cocktail_id, huishouden, vol_van, min(van) as van, cast(date_trunc('month', min(van)) as date) as van_maand,
    cast(date_trunc('month', vol_van) as date) as vol_maand, bitwise_and_agg(maanden) as maanden
  from onderdelen
  group by cocktail_id, huishouden, vol_van
),

beoordeeld as (
  select
    g.cocktail_id, g.huishouden, g.vol_van, g.van,
    case
      when g.vol_van <= p.signaal_van then 'al_vol'
      when bitwise_and(g.maanden, r.maanden) = r.maanden then 'geteld'
      else 'onbekend'
    end as oordeel
  from gehelen g
  cross join parameter p
  left join maand_bereik r on r.van_maand = g.van_maand and r.tot_maand = g.vol_maand
),

halten as (
  select
    o.cocktail_id, o.huishouden, o.vol_van, o.van, array_join(array_agg(o.ingredient order by o.ingredient), '+') as halte
  from onderdelen o
  join beoordeeld b on b.cocktail_id = o.cocktail_id and b.huishouden = o.huishouden and b.oordeel = 'geteld'
  group by o.cocktail_id, o.huishouden, o.vol_van, o.van
),

paden as (
  select cocktail_id, huishouden, array_join(array_agg(halte order by van), '>') as pad
  from halten
  group by cocktail_id, huishouden
),

stappen as (
  select
    cocktail_id, huishouden, row_number() over (partition by cocktail_id, huishouden order by van) as stap, halte as van_ingredient,
    coalesce(lead(halte) over (partition by cocktail_id, huishouden order by van), 'vol') as naar_ingredient,
    date_diff('day', van, coalesce(lead(van) over (partition by cocktail_id, huishouden order by van), vol_van)) as dagen
  from halten
),

alle as (
  select
    b.cocktail_id, b.huishouden, coalesce(d.pad, b.oordeel) as pad, cast(0 as bigint) as stap, '' as van_ingredient,
    'vol' as naar_ingredient, case when b.oordeel = 'geteld' then date_diff('day', b.van, b.vol_van) end as dagen
  from beoordeeld b
  left join paden d on d.cocktail_id = b.cocktail_id and d.huishouden = b.huishouden
  union all
  select s.cocktail_id, s.huishouden, d.pad, s.stap, s.van_ingredient, s.naar_ingredient, s.dagen
  from stappen s
  join paden d on d.cocktail_id = s.cocktail_id and d.huishouden = s.huishouden
)

select * from alle
