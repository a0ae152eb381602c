/*
name: cocktail
doc: Episodes of each cocktail in the 24 months to P, three-valued (rules 40, 41).
level: rij
grain: [huishouden_id, cocktail_id, van]
reads: [cocktail_episode, huishouden_stand, rang, parameter]
columns:
  - huishouden_id huishouden: id
  - cocktail_id tekst: cocktail
  - van datum: first day
  - tot datum: day after the last
  - status tekst: vol, dreigend or onbekend
  - actief vlag: the episode contains P
  - ontbrekend tekst: what is missing (dreigend) or not covered (onbekend), joined by |
  - volgorde tekst: ingredients by start, joined by >
  - kosten_t0_ct ct: declared cost of the household in T0
*/
with

cocktail_episode as (
  select * from cocktail_episode
),

huishouden_stand as (
  select * from huishouden_stand
),

rang as (
  select * from rang
),

parameter as (
  select * from parameter
),

episoden as (
  select
    c.huishouden as huishouden_id, c.cocktail_id, c.van, c.tot, c.status, c.van <= p.peildatum and p.peildatum < c.tot as actief,
    c.ontbrekend, c.volgorde, r.kosten_t0_ct
  from cocktail_episode c
  join huishouden_stand h on h.huishouden = c.huishouden and h.getoond
  join rang r on r.huishouden = c.huishouden
  cross join parameter p
  where c.status <> 'niet_te_beoordelen'
)

select * from episoden
