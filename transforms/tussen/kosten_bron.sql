/*
name: kosten_bron
doc: >
  Every cost line that a figure uses, with the person it follows (rules 12-15). A benefit is split over the persons on it in
  order of key with cumulative rounding; a debt relief traject likewise, at the price of its year, over a year from its
  start. volgnr 1 marks the first part of a line that is split.
grain: [kind, levering, regel]
reads: [stg_declaratie, stg_bijstand, stg_traject, stg_zvw, lake_pgb_uitputting, vervangen, uitgesloten_regel, prijs]
view: true
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - domein tekst: wmo, jeugd, participatie, schuldhulp or zvw
  - betaler tekst: who pays (rules 15)
  - grondslag tekst: gedeclareerd or geprijsd
  - aanbieder_agb tekst: provider, empty for benefits and trajects
  - van datum: first day
  - tot datum: day after the last
  - bedrag_ct ct: counted amount of this part
  - volgnr aantal: number of the part
  - bron_regels aantal: source lines that the amount of the whole is made of, in its first part; 0 in the others
  - productgroep tekst: product_categorie or zorgsoort; alle where the kind has none
  - gedateerd_op datum: when the line was declared; empty where that is not in it
*/
with

declaratie as (
  select
    d.kind, d.levering, d.regel, d.persoon, d.wet as domein, concat('gemeente_', d.wet) as betaler,
    'gedeclareerd' as grondslag, d.aanbieder_agb, d.van, d.tot, d.geteld_ct as bedrag_ct, cast(1 as bigint) as volgnr,
    cast(1 as bigint) as bron_regels, d.product_categorie as productgroep, d.dagtekening as gedateerd_op
  from stg_declaratie d
  where not exists (
    select 1 from uitgesloten_regel u where u.kind = d.kind and u.levering = d.levering and u.regel = d.regel)
),

zvw as (
  select
    'zvw_declaratie' as kind, levering, regel, persoon, 'zvw' as domein, 'zorgverzekeraar' as betaler,
    'gedeclareerd' as grondslag, aanbieder_agb, van, tot, geteld_ct as bedrag_ct, cast(1 as bigint) as volgnr,
    cast(1 as bigint) as bron_regels, zorgsoort as productgroep, declaratiedatum as gedateerd_op
  from stg_zvw
),

bijstand_persoon as (
  select
    *,
    row_number() over (
      partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand order by persoon) as k,
    count(*) over (
      partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand) as n
  from stg_bijstand
  where persoon_nr = 1 and not herhaald and not bedrag_ongelijk
),

bijstand as (
  select
    'participatie_uitkering' as kind, levering, regel, persoon, 'participatie' as domein, 'gemeente_participatie' as betaler,
    'gedeclareerd' as grondslag, cast(null as varchar) as aanbieder_agb, maand as van, tot,
    deel(persoon_ct, k, n) - deel(persoon_ct, k - 1, n) as bedrag_ct, k as volgnr,
    case when k = 1 then persoon_regels else cast(0 as bigint) end as bron_regels, 'alle' as productgroep,
    cast(null as date) as gedateerd_op
  from bijstand_persoon
),

traject_persoon as (
  select
    t.*,
    row_number() over (partition by t.gemeentecode, t.traject_id order by t.persoon) as k,
    count(*) over (partition by t.gemeentecode, t.traject_id) as n,
    first_value(t.van) over (
      partition by t.gemeentecode, t.traject_id order by t.volgnr desc, t.levering desc, t.regel desc) as start_van
  from stg_traject t
  where t.nr = 1
),

traject as (
  select
    'schuldhulp_traject' as kind, t.levering, t.regel, t.persoon, 'schuldhulp' as domein,
    'gemeente_schuldhulp' as betaler, 'geprijsd' as grondslag, cast(null as varchar) as aanbieder_agb,
    t.start_van as van, plus_dagen(t.start_van, p.dagen) as tot,
    deel(p.prijs_ct, t.k, t.n) - deel(p.prijs_ct, t.k - 1, t.n) as bedrag_ct, t.k as volgnr,
    case when t.k = 1 then cast(1 as bigint) else cast(0 as bigint) end as bron_regels, 'alle' as productgroep,
    cast(null as date) as gedateerd_op
  from traject_persoon t
  join prijs p on p.kind = 'schuldhulp_traject' and p.jaar = year(t.start_van)
),

-- spending from a personal budget, on its own day (rules 49)
pgb as (
  select
    'pgb_uitputting' as kind, levering, regel, persoon_ps as persoon, wet as domein, concat('gemeente_', wet) as betaler,
    'gedeclareerd' as grondslag, cast(null as varchar) as aanbieder_agb, tijd_van as van, tijd_tot as tot,
    geteld_ct as bedrag_ct, cast(1 as bigint) as volgnr, cast(1 as bigint) as bron_regels, 'alle' as productgroep, cast(null as date) as gedateerd_op
  from lake_pgb_uitputting p
  where not exists (
    select 1 from vervangen v where v.kind = 'pgb_uitputting' and v.levering = p.levering and v.regel = p.regel)
)

select * from declaratie
union all
select * from zvw
union all
select * from bijstand
union all
select * from pgb
union all
select * from traject
