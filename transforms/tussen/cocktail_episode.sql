/*
name: cocktail_episode
doc: >
  Maximal episodes of a cocktail in a household (rules 40, 41): vol when every ingredient shows, dreigend when one is known
  to be absent, onbekend when nothing is known to be absent and something is not covered. A new episode starts when the
  status or the set of what is missing changes.
grain: [huishouden, cocktail_id, van]
reads: [cocktail_dag, signaal_keten]
columns:
  - huishouden huishouden: household at P
  - cocktail_id tekst: cocktail
  - van datum: first day
  - tot datum: day after the last
  - status tekst: vol, dreigend or onbekend
  - ontbrekend tekst: what is missing or not covered, joined by |; empty when vol
  - volgorde tekst: ingredients by the start of the signal active at van, joined by >
*/
with

geteld as (
  select
    cocktail_id, huishouden, van, tot,
    sum(case when voorwaarde and status <> 'ja' then 1 else 0 end) as voorwaarde_mist,
    sum(case when not voorwaarde then 1 else 0 end) as tellend,
    sum(case when not voorwaarde and status = 'nee' then 1 else 0 end) as afwezig,
    sum(case when not voorwaarde and status = 'onbekend' then 1 else 0 end) as onbekend,
    sum(case when not voorwaarde and status = 'ja' and sterk then 1 else 0 end) as sterk
  from cocktail_dag
  group by cocktail_id, huishouden, van, tot
),

mist as (
  select
    cocktail_id, huishouden, van,
    array_join(array_agg(concat(ingredient, case when zwak_aanwezig then ' (zwak aanwezig)' else '' end) order by ingredient), '|')
      as ontbrekend
  from cocktail_dag
  where status <> 'ja' and not voorwaarde
  group by cocktail_id, huishouden, van
),

status as (
  select
    g.cocktail_id, g.huishouden, g.van, g.tot, coalesce(m.ontbrekend, '') as ontbrekend,
    case
      when g.afwezig = 0 and g.onbekend = 0 then 'vol'
      when g.afwezig = 1 and g.onbekend = 0 and (g.tellend > 2 or g.sterk > 0) then 'dreigend'
      when g.afwezig = 0 and g.onbekend > 0 then 'onbekend'
    end as status
  from geteld g
  left join mist m on m.cocktail_id = g.cocktail_id and m.huishouden = g.huishouden and m.van = g.van
  where g.voorwaarde_mist = 0
),

gemerkt as (
  select
    *,
    lag(tot) over (partition by cocktail_id, huishouden order by van) as vorige_tot,
    lag(status) over (partition by cocktail_id, huishouden order by van) as vorige_status,
    lag(ontbrekend) over (partition by cocktail_id, huishouden order by van) as vorige_ontbrekend
  from status
  where status is not null
),

genummerd as (
  select
    *,
    sum(case when vorige_tot = van and vorige_status = status and vorige_ontbrekend = ontbrekend then 0 else 1 end) over (
      partition by cocktail_id, huishouden order by van rows between unbounded preceding and current row) as episode
  from gemerkt
),

episoden as (
  select
    huishouden, cocktail_id, min(van) as van, max(tot) as tot, status, ontbrekend
  from genummerd
  group by huishouden, cocktail_id, status, ontbrekend, episode
),

volgorde as (
  select
    e.huishouden, e.cocktail_id, e.van,
    array_join(array_agg(k.ingredient order by k.van, k.ingredient), '>') as volgorde
  from episoden e
  join signaal_keten k
    on k.cocktail_id = e.cocktail_id and k.huishouden = e.huishouden and not k.sterk and k.van <= e.van and e.van < k.tot
  group by e.huishouden, e.cocktail_id, e.van
)

select
  e.huishouden, e.cocktail_id, e.van, e.tot, e.status, e.ontbrekend, coalesce(v.volgorde, '') as volgorde
from episoden e
left join volgorde v on v.huishouden = e.huishouden and v.cocktail_id = e.cocktail_id and v.van = e.van
