/*
name: cocktail_vol
doc: Households that are shown with a cocktail vol at P, with their cost in T0.
grain: [cocktail_id, huishouden]
reads: [cocktail_episode, huishouden_stand, rang_kosten, parameter]
columns:
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
  - kosten_t0_ct ct: declared cost in T0
*/
with

cocktail_episode as (
  select * from cocktail_episode
),

huishouden_stand as (
  select * from huishouden_stand
),

rang_kosten as (
  select * from rang_kosten
),

parameter as (
  select * from parameter
),

vol as (
  select e.cocktail_id, e.huishouden, coalesce(k.t0_ct, 0) as kosten_t0_ct
  from cocktail_episode e
  cross join parameter p
  join huishouden_stand h on h.huishouden = e.huishouden and h.getoond
  left join rang_kosten k on k.huishouden = e.huishouden
  where e.status = 'vol' and e.van <= p.peildatum and e.tot > p.peildatum
)

select * from vol
