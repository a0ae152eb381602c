/*
name: kosten_bron
doc: >
  Every cost line that a figure uses, with the person it follows (rules 12-15). Of which domein it is, who pays and on what ground is in
  the contract of its kind. Where a line has an amount of its own it counts as it is; a benefit is split over the persons on it in order
  of key with cumulative rounding; a debt relief traject likewise, at the price of its year, over a year from its start. volgnr 1 marks
  the first part of a line that is split.
grain: [kind, levering, regel]
reads: [geldig_kosten, stg_bijstand, stg_traject, uitgesloten_regel, prijs, kosten_kind]
parts: kind
view: true
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - domein tekst: law, one of domeinen.yaml
  - betaler tekst: who pays (rules 15)
  - grondslag tekst: gedeclareerd or geprijsd
  - aanbieder_agb tekst: provider; empty where the kind names none
  - van datum: first day
  - tot datum: day after the last
  - bedrag_ct ct: counted amount of this part
  - volgnr aantal: number of the part
  - bron_regels aantal: source lines that the amount of the whole is made of, in its first part; 0 in the others
  - productgroep tekst: product_categorie or zorgsoort; alle where the kind has none
  - gedateerd_op datum: when the line was declared; empty where that is not in it
  - voorziening tekst: number of the voorziening that the line is of; empty where the kind names none
  - telt_als_voorziening vlag: it is among the voorzieningen of a household
*/
with

geldig_kosten as (
  select * from geldig_kosten
),

stg_bijstand as (
  select * from stg_bijstand
),

stg_traject as (
  select * from stg_traject
),

uitgesloten_regel as (
  select * from uitgesloten_regel
),

prijs as (
  select * from prijs
),

kosten_kind as (
  select * from kosten_kind
),

regel as (
  select
    k.kind, k.levering, k.regel, k.persoon, k.domein, k.betaler, k.grondslag, k.aanbieder_agb, k.van, k.tot, k.geteld_ct as bedrag_ct,
    cast(1 as bigint) as volgnr, cast(1 as bigint) as bron_regels, k.productgroep, k.gedateerd_op, k.voorziening, k.telt_als_voorziening
  from geldig_kosten k
  left join uitgesloten_regel u on u.kind = k.kind and u.levering = k.levering and u.regel = k.regel
  where u.kind is null
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
    f.kind, b.levering, b.regel, b.persoon, f.domein, f.betaler, f.grondslag, cast(null as varchar) as aanbieder_agb, b.maand as van, b.tot,
    deel(b.persoon_ct, b.k, b.n) - deel(b.persoon_ct, b.k - 1, b.n) as bedrag_ct, b.k as volgnr,
    case when b.k = 1 then b.persoon_regels else cast(0 as bigint) end as bron_regels, 'alle' as productgroep,
    cast(null as date) as gedateerd_op, cast(null as varchar) as voorziening, false as telt_als_voorziening
  from bijstand_persoon b
  join kosten_kind f on f.per = 'uitkering'
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
    f.kind, t.levering, t.regel, t.persoon, f.domein, f.betaler, f.grondslag, cast(null as varchar) as aanbieder_agb,
    t.start_van as van, plus_dagen(t.start_van, p.dagen) as tot,
    deel(p.prijs_ct, t.k, t.n) - deel(p.prijs_ct, t.k - 1, t.n) as bedrag_ct, t.k as volgnr,
    case when t.k = 1 then cast(1 as bigint) else cast(0 as bigint) end as bron_regels, 'alle' as productgroep,
    cast(null as date) as gedateerd_op, cast(null as varchar) as voorziening, false as telt_als_voorziening
  from traject_persoon t
  join kosten_kind f on f.per = 'traject'
  join prijs p on p.kind = f.kind and p.jaar = year(t.start_van)
),

regels as (
  select * from regel
  union all
  select * from bijstand
  union all
  select * from traject
)

select * from regels
