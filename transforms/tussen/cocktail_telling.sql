/*
name: cocktail_telling
doc: cocktail_moment with the verdicts side by side, to be added up.
grain: [dag, cocktail_id, gemeentecode, wijkcode, typhh]
reads: [cocktail_moment]
columns:
  - dag datum: the day
  - cocktail_id tekst: id of the cocktail
  - from cocktail_moment: gemeentecode, wijkcode, typhh
  - huishoudens aantal: "households that are shown: the sum of the next five"
  - vol aantal: every ingredient shows
  - dreigend aantal: one is known to be absent, the rest shows
  - onbekend aantal: something shows, nothing is known to be absent, something is not covered
  - niet_te_beoordelen aantal: "what feeds that do not cover the household leave open: it may be none or any of these"
  - nee aantal: "certainly none: a voorwaarde or two ingredients are known to be absent, or one while nothing is unknown and it is no near miss"
*/
with

cocktail_moment as (
  select * from cocktail_moment
),

tellingen as (
  select
    dag, cocktail_id, gemeentecode, wijkcode, typhh, cast(sum(huishoudens) as bigint) as huishoudens,
    cast(sum(case when oordeel = 'vol' then huishoudens else 0 end) as bigint) as vol,
    cast(sum(case when oordeel = 'dreigend' then huishoudens else 0 end) as bigint) as dreigend,
    cast(sum(case when oordeel = 'onbekend' then huishoudens else 0 end) as bigint) as onbekend,
    cast(sum(case when oordeel = 'niet_te_beoordelen' then huishoudens else 0 end) as bigint) as niet_te_beoordelen,
    cast(sum(case when oordeel = 'nee' then huishoudens else 0 end) as bigint) as nee
  from cocktail_moment
  group by dag, cocktail_id, gemeentecode, wijkcode, typhh
)

select * from tellingen
