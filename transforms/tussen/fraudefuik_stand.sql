/*
name: fraudefuik_stand
doc: >
  Each household that is shown, by cocktail that is vol at P, whether it has a claim to pay (methods 6). Where participatie_vordering does
  not cover it in the month of P, that it has none is not known.
grain: [groep, huishouden]
reads: [huishouden_stand, huishouden_dekking, vordering_open, cocktail_vol, kalender, parameter]
columns:
  - groep tekst: id of a cocktail, geen for households without any, alle for all
  - huishouden huishouden: household at P
  - stand tekst: met, zonder or niet_te_beoordelen
  - vorderingen aantal: claims
  - open_ct ct: left to pay
*/
with

huishouden_stand as (
  select * from huishouden_stand
),

huishouden_dekking as (
  select * from huishouden_dekking
),

vordering_open as (
  select * from vordering_open
),

cocktail_vol as (
  select * from cocktail_vol
),

kalender as (
  select * from kalender
),

parameter as (
  select * from parameter
),

gedekt as (
  select d.huishouden
  from huishouden_dekking d
  cross join parameter p
  join kalender k on k.maand = p.peilmaand
  where d.kind = 'participatie_vordering' and bitwise_and(d.maanden, k.bit) <> 0
),

standen as (
  select
    h.huishouden, case when v.huishouden is not null then 'met' when g.huishouden is not null then 'zonder' else 'niet_te_beoordelen' end as stand,
    coalesce(v.vorderingen, 0) as vorderingen, coalesce(v.open_ct, 0) as open_ct
  from huishouden_stand h
  left join vordering_open v on v.huishouden = h.huishouden
  left join gedekt g on g.huishouden = h.huishouden
  where h.getoond
),

met_cocktail as (
  select distinct huishouden from cocktail_vol
),

groepen as (
  select 'alle' as groep, s.* from standen s
  union all
  select 'geen', s.*
  from standen s
  left join met_cocktail m on m.huishouden = s.huishouden
  where m.huishouden is null
  union all
  select v.cocktail_id, s.*
  from standen s
  join cocktail_vol v on v.huishouden = s.huishouden
)

select * from groepen
