/*
name: oordeel_huishouden
doc: >
  The verdict of each household that is shown, for each cocktail, on the days that are counted: what cocktail_moment counts, before it is counted
  (rules 40). Who could have no part of a cocktail certainly has none of it.
grain: [dag, cocktail_id, huishouden]
reads: [kandidaat_oordeel, meetmoment, cocktail_masker, huishouden_stand]
view: true
columns:
  - dag datum: the day
  - kwartaal maand: quarter that it ends; empty when it ends none
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
  - gemeentecode gemeente: of the household at P
  - wijkcode tekst: idem; empty text without one
  - typhh tekst: idem
  - oordeel tekst: vol, dreigend, onbekend, niet_te_beoordelen or nee
*/
with

kandidaat_oordeel as (
  select * from kandidaat_oordeel
),

meetmoment as (
  select * from meetmoment
),

cocktail_masker as (
  select * from cocktail_masker
),

huishouden_stand as (
  select * from huishouden_stand
),

getoond as (
  select huishouden, gemeentecode, coalesce(wijkcode, '') as wijkcode, coalesce(typhh, '') as typhh from huishouden_stand where getoond
),

oordelen as (
  select
    m.dag, m.kwartaal, c.cocktail_id, g.huishouden, g.gemeentecode, g.wijkcode, g.typhh, coalesce(b.oordeel, 'nee') as oordeel
  from getoond g
  cross join meetmoment m
  cross join cocktail_masker c
  left join kandidaat_oordeel b on b.dag = m.dag and b.cocktail_id = c.cocktail_id and b.huishouden = g.huishouden
)

select * from oordelen
