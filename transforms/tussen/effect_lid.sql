/*
name: effect_lid
doc: >
  The persons of each household on the days of effect_moment, minors attached as lid_toen does it (rules 22, 23). Only of households that may matter:
  somebody in it, or attached to it, was a minor on one of these days (everybody where selection.yaml wants no children), or it has a plan or a place
  on the list of a lottery. On a day before the months that can be measured only those with a plan in that month.
grain: [maand, persoon]
reads: [stg_huishouden, stg_plan, loting_lijst, effect_moment, parameter]
columns:
  - maand maand: the day
  - persoon persoon: key
  - huishouden huishouden: the household the person belongs to on that day
  - aangehecht vlag: attached to a parent's household
  - minderjarig vlag: under 18 on that day
  - gemeentecode gemeente: of the own spell, else the newest line that began by then
  - typhh tekst: idem
  - geboren datum: birthday
  - meerderjarig datum: 18th birthday
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

stg_plan as (
  select * from stg_plan
),

loting_lijst as (
  select * from loting_lijst
),

effect_moment as (
  select * from effect_moment
),

parameter as (
  select * from parameter
),

verblijven as (
  select
    persoon, huishouden, gemeentecode, van, tot, geboren, meerderjarig, typhh, coalesce(reden_einde, '') as reden_einde, ouder1, ouder2, levering, regel
  from stg_huishouden
  where not dubbel
),

eerste as (
  select min(maand) as maand from effect_moment where bruikbaar
),

minderjarig_geweest as (
  select distinct v.persoon
  from verblijven v
  join eerste e on v.meerderjarig > e.maand
),

gezocht as (
  select persoon from minderjarig_geweest
  union
  select v.ouder1 from verblijven v join minderjarig_geweest m on m.persoon = v.persoon where v.ouder1 is not null
  union
  select v.ouder2 from verblijven v join minderjarig_geweest m on m.persoon = v.persoon where v.ouder2 is not null
  union
  select persoon from stg_plan
),

huizen as (
  select distinct v.huishouden from verblijven v join gezocht g on g.persoon = v.persoon
  union
  select huishouden from loting_lijst
  union
  select v.huishouden from verblijven v cross join parameter p where p.min_kinderen = 0
),

personen as (
  select persoon from gezocht
  union
  select v.persoon from verblijven v join huizen h on h.huishouden = v.huishouden
),

-- spells do not overlap, so the line that began last says everything of a day, and whether the person lives anywhere
regels as (
  select v.*, lead(v.van) over (partition by v.persoon order by v.van, v.levering, v.regel) as volgende
  from verblijven v
  join personen p on p.persoon = v.persoon
),

feiten as (
  select
    m.maand, m.bruikbaar, r.persoon, case when m.maand < r.tot then r.huishouden end as huishouden, r.gemeentecode, r.typhh, r.geboren,
    r.meerderjarig, r.meerderjarig > m.maand as minderjarig, m.maand >= r.tot and r.reden_einde in ('overleden', 'buitenland') as vertrokken
  from regels r
  join effect_moment m on r.van <= m.maand and coalesce(r.volgende, date '9999-12-31') > m.maand
),

ouder_regels as (
  select persoon, ouder1, ouder2, van, lead(van) over (partition by persoon order by van, levering, regel) as volgende
  from verblijven
  where ouder1 is not null or ouder2 is not null
),

kinderen as (
  select f.maand, f.persoon, f.huishouden, f.typhh, o.ouder1, o.ouder2
  from feiten f
  join ouder_regels o on o.persoon = f.persoon and o.van <= f.maand and coalesce(o.volgende, date '9999-12-31') > f.maand
  cross join parameter p
  where p.attach_minors and f.minderjarig and not f.vertrokken
),

ouders as (
  select maand, persoon, huishouden, typhh, 1 as volgorde, ouder1 as ouder from kinderen where ouder1 is not null
  union all
  select maand, persoon, huishouden, typhh, 2, ouder2 from kinderen where ouder2 is not null
),

ouder_feiten as (
  select
    o.maand, o.persoon, o.volgorde, f.huishouden, f.typhh, f.minderjarig,
    case when o.huishouden = f.huishouden and o.typhh <> '8' then 1 else 0 end as thuis
  from ouders o
  join feiten f on f.maand = o.maand and f.persoon = o.ouder
  where f.huishouden is not null
),

-- a window and not a table of its own: Trino computes what is read twice twice
ouder_thuis as (
  select *, max(thuis) over (partition by maand, persoon) as ergens_thuis from ouder_feiten
),

keuze as (
  select
    o.maand, o.persoon, o.huishouden,
    row_number() over (
      partition by o.maand, o.persoon order by case when o.typhh <> '8' then 0 else 1 end, o.volgorde) as nr
  from ouder_thuis o
  where o.ergens_thuis = 0 and not o.minderjarig
),

plan_maanden as (
  select distinct persoon, cast(date_trunc('month', datum_aanmelding) as date) as maand from stg_plan where nr = 1
),

geplaatst as (
  select
    f.maand, f.bruikbaar, f.persoon, coalesce(k.huishouden, f.huishouden) as huishouden, k.huishouden is not null as aangehecht, f.minderjarig,
    f.gemeentecode, f.typhh, f.geboren, f.meerderjarig, case when p.persoon is not null then 1 else 0 end as plan
  from feiten f
  left join keuze k on k.maand = f.maand and k.persoon = f.persoon and k.nr = 1
  left join plan_maanden p on p.persoon = f.persoon and p.maand = f.maand
),

met_plan as (
  select *, max(plan) over (partition by maand, huishouden) as plan_hier from geplaatst
),

leden as (
  select g.maand, g.persoon, g.huishouden, g.aangehecht, g.minderjarig, g.gemeentecode, g.typhh, g.geboren, g.meerderjarig
  from met_plan g
  join huizen h on h.huishouden = g.huishouden
  where g.bruikbaar or g.plan_hier = 1
)

select * from leden
