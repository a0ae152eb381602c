/*
name: cocktail_oordeel
doc: How the households that are shown stand on P, per cocktail (methods 5, rules 40, 72); every one is counted once.
level: totaal
grain: [cocktail_id]
reads: [huishouden_masker, cocktail_masker]
columns:
  - cocktail_id tekst: id of the cocktail
  - huishoudens aantal: "households that are shown: the sum of the next five"
  - vol aantal: every ingredient shows
  - dreigend aantal: one is known to be absent, the rest shows
  - onbekend aantal: something shows, nothing is known to be absent, something is not covered
  - niet_te_beoordelen aantal: "what feeds that do not cover the household leave open: it may be none or any of these"
  - nee aantal: "certainly none: a voorwaarde or two ingredients are known to be absent, or one while nothing is unknown and it is no near miss"
*/
with

huishouden_masker as (
  select * from huishouden_masker
),

cocktail_masker as (
  select * from cocktail_masker
),

gemist as (
  select
    c.cocktail_id, c.tellend, c.paar, m.nu_te_zien, m.nu_sterk, m.nu_bekend,
    bitwise_and(c.voorwaarden, bitwise_not(m.nu_te_zien)) as voorwaarde_mist,
    bitwise_and(c.tellend, bitwise_not(bitwise_or(
      bitwise_and(m.nu_te_zien, bitwise_not(c.alleen_sterk)), m.nu_sterk))) as mist
  from huishouden_masker m
  cross join cocktail_masker c
  where m.getoond
),

-- few states are those of many households
standen as (
  select cocktail_id, tellend, paar, nu_te_zien, nu_sterk, nu_bekend, voorwaarde_mist, mist, count(*) as n
  from gemist
  group by cocktail_id, tellend, paar, nu_te_zien, nu_sterk, nu_bekend, voorwaarde_mist, mist
),

delen as (
  select
    *, bitwise_and(mist, nu_bekend) as afwezig, bitwise_and(mist, bitwise_not(nu_bekend)) as onbekend,
    bitwise_and(voorwaarde_mist, nu_bekend) as voorwaarde_afwezig
  from standen
),

beoordeeld as (
  select
    cocktail_id, n,
    case
      when voorwaarde_afwezig <> 0 or bitwise_and(afwezig, afwezig - 1) <> 0 then 'nee'
      when afwezig <> 0 and onbekend = 0 and paar and bitwise_and(tellend, nu_sterk) = 0 then 'nee'
      when voorwaarde_mist <> 0 then 'niet_te_beoordelen'
      when mist = 0 then 'vol'
      when afwezig = 0 and bitwise_and(nu_te_zien, tellend) <> 0 then 'onbekend'
      when afwezig = 0 or onbekend <> 0 then 'niet_te_beoordelen'
      else 'dreigend'
    end as oordeel
  from delen
),

tellingen as (
  select
    cocktail_id, cast(sum(n) as bigint) as huishoudens,
    cast(sum(case when oordeel = 'vol' then n else 0 end) as bigint) as vol,
    cast(sum(case when oordeel = 'dreigend' then n else 0 end) as bigint) as dreigend,
    cast(sum(case when oordeel = 'onbekend' then n else 0 end) as bigint) as onbekend,
    cast(sum(case when oordeel = 'niet_te_beoordelen' then n else 0 end) as bigint) as niet_te_beoordelen,
    cast(sum(case when oordeel = 'nee' then n else 0 end) as bigint) as nee
  from beoordeeld
  group by cocktail_id
)

select * from tellingen
