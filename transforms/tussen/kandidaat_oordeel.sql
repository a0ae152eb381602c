/*
name: kandidaat_oordeel
doc: >
  The verdict on each candidate of a cocktail, on the days that are counted (rules 40).
grain: [dag, cocktail_id, huishouden]
reads: [meetmoment, cocktail_stuk, cocktail_kandidaat, cocktail_masker]
view: true
columns:
  - dag datum: day
  - cocktail_id tekst: cocktail
  - huishouden huishouden: household at P
  - oordeel tekst: "vol, dreigend, onbekend, niet_te_beoordelen or nee"
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
)

select * from beoordeeld
