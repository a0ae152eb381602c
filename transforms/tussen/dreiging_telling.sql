/*
name: dreiging_telling
doc: >
  Per near miss (cocktail and what is missing): the households that had it on the day a year before P, whether the cocktail was vol on
  some day of the year since, and, of those in which it was not, where a day of that year could not be seen; and the households that
  have it at P. Households with an excluded member are left out.
grain: [cocktail_id, ontbrekend]
reads: [cocktail_episode, huishouden_stand, parameter]
columns:
  - cocktail_id tekst: cocktail
  - ontbrekend tekst: what is missing
  - toen aantal: households on the last day of T1
  - vol aantal: of which the cocktail was vol in T0
  - niet_te_zien aantal: of which it was not, as far as could be seen, and a day of T0 was onbekend
  - nu aantal: households at P
  - vol_leden aantal: "sum of the keys of vol, the rest of it by 2^62, which tells one set of households from another"
  - niet_te_zien_leden aantal: of niet_te_zien
  - anders_leden aantal: of the rest of toen
  - nu_leden aantal: of nu
*/
with

cocktail_episode as (
  select * from cocktail_episode
),

huishouden_stand as (
  select * from huishouden_stand
),

parameter as (
  select * from parameter
),

getoond as (
  select e.huishouden, e.cocktail_id, e.van, e.tot, e.status, e.ontbrekend
  from cocktail_episode e
  join huishouden_stand h on h.huishouden = e.huishouden and h.getoond
),

toen as (
  select g.cocktail_id, g.ontbrekend, g.huishouden
  from getoond g
  cross join parameter p
  where g.status = 'dreigend' and g.van < p.t0_van and g.tot >= p.t0_van
),

daarna as (
  select
    g.cocktail_id, g.huishouden,
    max(case when g.status = 'vol' then 1 else 0 end) as vol,
    max(case when g.status in ('onbekend', 'niet_te_beoordelen') then 1 else 0 end) as onbekend
  from getoond g
  cross join parameter p
  where g.tot > p.t0_van
  group by g.cocktail_id, g.huishouden
),

gevolgd as (
  select
    t.cocktail_id, t.ontbrekend, t.huishouden, 1 as toen, coalesce(d.vol, 0) as vol,
    case when coalesce(d.vol, 0) = 0 then coalesce(d.onbekend, 0) else 0 end as niet_te_zien, 0 as nu
  from toen t
  left join daarna d on d.cocktail_id = t.cocktail_id and d.huishouden = t.huishouden
),

nu as (
  select g.cocktail_id, g.ontbrekend, g.huishouden, 0 as toen, 0 as vol, 0 as niet_te_zien, 1 as nu
  from getoond g
  cross join parameter p
  where g.status = 'dreigend' and g.van <= p.peildatum and g.tot > p.peildatum
),

alle as (
  select * from gevolgd
  union all
  select * from nu
),

tellingen as (
  select
    cocktail_id, ontbrekend, cast(sum(toen) as bigint) as toen, cast(sum(vol) as bigint) as vol,
    cast(sum(niet_te_zien) as bigint) as niet_te_zien, cast(sum(nu) as bigint) as nu,
    cast(sum(cast(vol as decimal(38, 0)) * huishouden) % 4611686018427387904 as bigint) as vol_leden,
    cast(sum(cast(niet_te_zien as decimal(38, 0)) * huishouden) % 4611686018427387904 as bigint) as niet_te_zien_leden,
    cast(sum(cast(toen - vol - niet_te_zien as decimal(38, 0)) * huishouden) % 4611686018427387904 as bigint) as anders_leden,
    cast(sum(cast(nu as decimal(38, 0)) * huishouden) % 4611686018427387904 as bigint) as nu_leden
  from alle
  group by cocktail_id, ontbrekend
)

select * from tellingen
