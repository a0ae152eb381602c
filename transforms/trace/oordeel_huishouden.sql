/*
name: oordeel_huishouden
doc: >
  The verdict of each household that is shown, for each cocktail, on the days that are counted: what cocktail_moment counts, before it is counted
  (rules 40). Who could have no part of a cocktail certainly has none of it.
grain: [dag, cocktail_id, huishouden]
reads: [meetmoment, cocktail_stuk, cocktail_kandidaat, cocktail_masker, huishouden_stand]
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

meetmoment as (
  select * from meetmoment
),

cocktail_stuk as (
  select * from cocktail_stuk
),

cocktail_kandidaat as (
  select * from cocktail_kandidaat
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

op_de_dag as (
  select m.dag, s.huishouden, s.te_zien, s.sterk, s.bekend
  from meetmoment m
  join cocktail_stuk s on s.van <= m.dag and s.tot > m.dag
),

gemist as (
  select
    o.dag, k.cocktail_id, o.huishouden, c.tellend, c.paar, o.te_zien, o.sterk, o.bekend,
    bitwise_and(c.voorwaarden, bitwise_not(o.te_zien)) as voorwaarde_mist,
    bitwise_and(c.tellend, bitwise_not(bitwise_or(
      bitwise_and(o.te_zien, bitwise_not(c.alleen_sterk)), o.sterk))) as mist
  from op_de_dag o
  join cocktail_kandidaat k on k.huishouden = o.huishouden
  join cocktail_masker c on c.cocktail_id = k.cocktail_id
),

delen as (
  select
    *, bitwise_and(mist, bekend) as afwezig, bitwise_and(mist, bitwise_not(bekend)) as onbekend,
    bitwise_and(voorwaarde_mist, bekend) as voorwaarde_afwezig
  from gemist
),

beoordeeld as (
  select
    dag, cocktail_id, huishouden,
    case
      when voorwaarde_afwezig <> 0 or bitwise_and(afwezig, afwezig - 1) <> 0 then 'nee'
      when afwezig <> 0 and onbekend = 0 and paar and bitwise_and(tellend, sterk) = 0 then 'nee'
      when voorwaarde_mist <> 0 then 'niet_te_beoordelen'
      when mist = 0 then 'vol'
      when afwezig = 0 and bitwise_and(te_zien, tellend) <> 0 then 'onbekend'
      when afwezig = 0 or onbekend <> 0 then 'niet_te_beoordelen'
      else 'dreigend'
    end as oordeel
  from delen
),

oordelen as (
  select
    m.dag, m.kwartaal, c.cocktail_id, g.huishouden, g.gemeentecode, g.wijkcode, g.typhh, coalesce(b.oordeel, 'nee') as oordeel
  from getoond g
  cross join meetmoment m
  cross join cocktail_masker c
  left join beoordeeld b on b.dag = m.dag and b.cocktail_id = c.cocktail_id and b.huishouden = g.huishouden
)

select * from oordelen
