/*
name: signaal_keten
doc: >
  Signals of one ingredient in a household that touch or overlap, as one (rules 41), for households that could have a cocktail and the
  ingredients these ask. Also, where that matters, the chains of strong signals alone (sterk).
grain: [huishouden, bit, sterk, van]
reads: [signaal_huishouden, kandidaat_masker, ingredient_gevraagd]
columns:
  - huishouden huishouden: household at P
  - bit aantal: bit of the ingredient
  - sterk vlag: chain of strong signals only
  - van datum: first day
  - tot datum: day after the last
*/
with

signaal_huishouden as (
  select * from signaal_huishouden
),

kandidaat_masker as (
  select * from kandidaat_masker
),

ingredient_gevraagd as (
  select * from ingredient_gevraagd
),

gevraagd as (
  select
    s.huishouden, i.bit, i.sterk and bitwise_and(i.bit, k.zwak) <> 0 as gemengd, s.sterkte = 'sterk' as sterk_signaal, s.van, s.tot
  from signaal_huishouden s
  join ingredient_gevraagd i on i.ingredient = s.ingredient
  join kandidaat_masker k on k.huishouden = s.huishouden
  where bitwise_and(i.bit, k.alle) <> 0
),

-- without a weak signal the chains of strong ones are the same chains
telt as (
  select huishouden, bit, false as sterk, van, tot from gevraagd
  union all
  select huishouden, bit, true, van, tot from gevraagd where gemengd and sterk_signaal
),

-- of signals that begin on one day the longest decides; nothing then has to tell them apart
langste as (
  select huishouden, bit, sterk, van, max(tot) as tot from telt group by huishouden, bit, sterk, van
),

gemerkt as (
  select
    *,
    max(tot) over (
      partition by huishouden, bit, sterk order by van rows between unbounded preceding and 1 preceding) as bereik,
    max(tot) over (
      partition by huishouden, bit, sterk order by van rows between unbounded preceding and unbounded following) as einde
  from langste
),

-- a chain begins where no earlier signal reaches, and ends where the signals before the next one reach
ketens as (
  select
    huishouden, bit, sterk, van, einde,
    lead(bereik) over (partition by huishouden, bit, sterk order by van) as volgende_bereik
  from gemerkt
  where bereik is null or van > bereik
),

compleet as (
  select huishouden, bit, sterk, van, coalesce(volgende_bereik, einde) as tot from ketens
),

zonder_zwak as (
  select c.huishouden, c.bit, true as sterk, c.van, c.tot
  from compleet c
  join ingredient_gevraagd i on i.bit = c.bit and i.sterk
  join kandidaat_masker k on k.huishouden = c.huishouden and bitwise_and(c.bit, k.zwak) = 0
  where not c.sterk
),

alle_ketens as (
  select * from compleet
  union all
  select * from zonder_zwak
)

select * from alle_ketens
