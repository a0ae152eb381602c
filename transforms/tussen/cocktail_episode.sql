/*
name: cocktail_episode
doc: >
  Maximal episodes of a cocktail in a household (rules 40, 41): vol when every ingredient shows, dreigend when one is known
  to be absent, onbekend when nothing is known to be absent, something shows and something is not covered; where nothing counted
  shows and something is not covered, niet_te_beoordelen, which is in no mart (rules 72). A new episode starts when the status or the set
  of what is missing changes.
grain: [huishouden, cocktail_id, van]
reads: [cocktail_stuk, cocktail_kandidaat, cocktail_masker, cocktail_ingredient, signaal_keten, ingredient_gevraagd]
columns:
  - huishouden huishouden: household at P
  - cocktail_id tekst: cocktail
  - van datum: first day
  - tot datum: day after the last
  - status tekst: vol, dreigend, onbekend or niet_te_beoordelen
  - ontbrekend tekst: what is missing or not covered, joined by |; empty when vol
  - volgorde tekst: ingredients by the start of the signal active at van, joined by >
*/
with

cocktail_stuk as (
  select * from cocktail_stuk
),

cocktail_kandidaat as (
  select * from cocktail_kandidaat
),

cocktail_masker as (
  select * from cocktail_masker
),

cocktail_ingredient as (
  select * from cocktail_ingredient
),

signaal_keten as (
  select * from signaal_keten
),

ingredient_gevraagd as (
  select * from ingredient_gevraagd
),

-- a signal below the minimum is as if not there, but for the remark (zwak aanwezig)
gemist as (
  select
    k.cocktail_id, s.huishouden, s.van, s.tot, s.te_zien, s.sterk, s.bekend, c.tellend, c.paar,
    bitwise_and(c.tellend, bitwise_not(bitwise_or(bitwise_and(s.te_zien, bitwise_not(c.alleen_sterk)), s.sterk))) as mist
  from cocktail_stuk s
  join cocktail_kandidaat k on k.huishouden = s.huishouden
  join cocktail_masker c on c.cocktail_id = k.cocktail_id
  where bitwise_and(s.te_zien, c.voorwaarden) = c.voorwaarden
),

beoordeeld as (
  select
    cocktail_id, huishouden, van, tot, mist, bitwise_and(mist, te_zien) as zwak,
    case
      when mist = 0 then 'vol'
      when bitwise_and(mist, bekend) = 0 and bitwise_and(te_zien, tellend) = 0 then 'niet_te_beoordelen'
      when bitwise_and(mist, bekend) = 0 then 'onbekend'
      when bitwise_and(mist, mist - 1) = 0 and (not paar or bitwise_and(tellend, sterk) <> 0) then 'dreigend'
    end as status
  from gemist
),

gemerkt as (
  select
    *,
    lag(tot) over (partition by cocktail_id, huishouden order by van) as vorige_tot,
    lag(status) over (partition by cocktail_id, huishouden order by van) as vorige_status,
    lag(mist) over (partition by cocktail_id, huishouden order by van) as vorige_mist,
    lag(zwak) over (partition by cocktail_id, huishouden order by van) as vorige_zwak
  from beoordeeld
  where status is not null
),

genummerd as (
  select
    *,
    sum(case
      when vorige_tot = van and vorige_status = status and vorige_mist = mist and vorige_zwak = zwak then 0 else 1 end) over (
      partition by cocktail_id, huishouden order by van rows between unbounded preceding and current row) as episode
  from gemerkt
),

episoden as (
  select huishouden, cocktail_id, min(van) as van, max(tot) as tot, status, mist, zwak
  from genummerd
  group by huishouden, cocktail_id, status, mist, zwak, episode
),

-- few sets are missing in many households
sets as (
  select distinct mist, zwak from episoden
),

woorden as (
  select
    s.mist, s.zwak,
    array_join(array_agg(concat(i.ingredient, case when bitwise_and(i.bit, s.zwak) <> 0 then ' (zwak aanwezig)' else '' end)
      order by i.ingredient), '|') as ontbrekend
  from sets s
  join ingredient_gevraagd i on bitwise_and(i.bit, s.mist) <> 0
  group by s.mist, s.zwak
),

begonnen as (
  select e.huishouden, e.cocktail_id, e.van, c.ingredient, c.plaats, k.van as begin_keten
  from episoden e
  join cocktail_ingredient c on c.cocktail_id = e.cocktail_id
  join signaal_keten k
    on k.huishouden = e.huishouden and k.bit = c.bit and k.sterk = (c.minimum = 'sterk') and k.van <= e.van and e.van < k.tot
),

geordend as (
  select
    *, row_number() over (partition by huishouden, cocktail_id, van order by begin_keten, ingredient) as nr
  from begonnen
),

-- an order is a number with a hexadecimal digit for each ingredient of the cocktail: its place in the order
code as (
  select
    huishouden, cocktail_id, van, ingredient, nr, sum(cast(plaats as decimal(38, 0)) * nr) over (partition by huishouden, cocktail_id, van) as code
  from geordend
),

-- few orders are those of many households
orden as (
  select distinct cocktail_id, code, nr, ingredient from code
),

orde as (
  select cocktail_id, code, array_join(array_agg(ingredient order by nr), '>') as volgorde from orden group by cocktail_id, code
),

beschreven as (
  select
    e.huishouden, e.cocktail_id, e.van, e.tot, e.status, coalesce(w.ontbrekend, '') as ontbrekend, coalesce(o.volgorde, '') as volgorde
  from episoden e
  left join woorden w on w.mist = e.mist and w.zwak = e.zwak
  left join code v on v.huishouden = e.huishouden and v.cocktail_id = e.cocktail_id and v.van = e.van and v.nr = 1
  left join orde o on o.cocktail_id = v.cocktail_id and o.code = v.code
)

select * from beschreven
