/*
name: cocktail_bewijs
doc: Every signal that counts for an episode, with its source line.
level: rij
grain: [huishouden_id, cocktail_id, van, volgnr]
reads: [cocktail_episode, cocktail_ingredient, signaal_huishouden, huishouden_stand]
columns:
  - from cocktail_episode: huishouden as huishouden_id, cocktail_id
  - van datum: first day of the episode
  - volgnr aantal: number of the signal
  - from signaal_huishouden: ingredient, sterkte, bron_kind?, bron_bestand?, bron_regel?
figures:
  bron_regel: gegeven, regelnummer van de bronregel in het bestand
  sterkte: oordeel, sterk of zwak volgens de regel van signals.yaml die de bronregel raakt
*/
with

cocktail_episode as (
  select * from cocktail_episode
),

cocktail_ingredient as (
  select * from cocktail_ingredient
),

signaal_huishouden as (
  select * from signaal_huishouden
),

huishouden_stand as (
  select * from huishouden_stand
),

bewijzen as (
  select
    e.huishouden as huishouden_id, e.cocktail_id, e.van,
    row_number() over (
      partition by e.huishouden, e.cocktail_id, e.van order by s.ingredient, s.van, s.tot, s.persoon) as volgnr,
    s.ingredient, s.sterkte, s.bron_kind, s.bron_bestand, s.bron_regel
  from cocktail_episode e
  join huishouden_stand h on h.huishouden = e.huishouden and h.getoond
  join cocktail_ingredient c on c.cocktail_id = e.cocktail_id
  join signaal_huishouden s
    on s.huishouden = e.huishouden and s.ingredient = c.ingredient and s.van < e.tot and s.tot > e.van
  where e.status <> 'niet_te_beoordelen' and (s.sterkte = 'sterk' or c.minimum = 'zwak')
)

select * from bewijzen
