/*
name: cocktail
doc: Episodes of each cocktail in the 24 months to P, three-valued (methods 5, rules 40, 41).
level: rij
grain: [huishouden_id, cocktail_id, van]
reads: [cocktail_episode, huishouden_stand, rang, parameter]
columns:
  - from cocktail_episode: huishouden as huishouden_id, cocktail_id, van
  - tot datum: day after the last, at most P + 1
  - status tekst: vol, dreigend or onbekend
  - actief vlag: the episode contains P
  - ontbrekend tekst: "dreigend: what is known to be absent; onbekend: what is not covered; joined by |"
  - from cocktail_episode: volgorde
  - from rang: kosten_t0_ct
figures:
  kosten_t0_ct: som, som van de delen van declaraties en uitkeringen die in de laatste 12 maanden vallen, van wie nu in dit huishouden wonen
  status ontbrekend: oordeel, vol als alle onderdelen er zijn; dreigend als er een ontbreekt en dat zeker is; onbekend als niet te zien is wat ontbreekt
  actief: oordeel, de periode bevat de peildatum
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
