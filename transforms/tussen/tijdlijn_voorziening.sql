/*
name: tijdlijn_voorziening
doc: >
  What the persons of a household get, one row a source line with its period: allocations, months of benefits, debt relief
  trajects, and every line that costs something. Lines of one voorziening share a sleutel within a person: a declaration has
  that of its allocation, any other line that of the voorziening its contract names, else of its productgroep (care from the health
  insurer: its zorgsoort). No figure of a run reads it; stapel explain does, for one household.
grain: [kind, levering, regel]
reads: [stg_toewijzing, stg_declaratie, stg_bijstand, stg_traject, kosten_bron, lid]
view: true
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - huishouden huishouden: household at P
  - persoon persoon: who gets it
  - domein tekst: law
  - soort tekst: toewijzing, declaratie, uitkering, traject, zorg (of the health insurer) or kosten (of any other kind)
  - sleutel tekst: joins the lines of one voorziening of a person
  - code tekst: category, kind of benefit, zorgsoort or another productgroep
  - aanbieder_agb tekst: provider
  - van datum: first day
  - tot datum: day after the last
  - open vlag: no last day was delivered
  - bedrag_ct ct: counted amount of the line; empty for an allocation
*/
with

stg_toewijzing as (
  select * from stg_toewijzing
),

stg_declaratie as (
  select * from stg_declaratie
),

stg_bijstand as (
  select * from stg_bijstand
),

stg_traject as (
  select * from stg_traject
),

kosten_bron as (
  select * from kosten_bron
),

lid as (
  select * from lid
),

toewijzing as (
  select
    *, concat(wet, ' ', gemeentecode, ' ', toewijzing_nummer) as sleutel,
    einde_levering is null and einddatum is null as open
  from stg_toewijzing
  where nr = 1 and not ingetrokken
),

nummer as (
  select distinct sleutel, persoon from toewijzing
),

-- a declaration that names no allocation of this person stands with those of its category
declaratie as (
  select
    d.kind, d.levering, d.regel, d.product_categorie as code,
    coalesce(n.sleutel, concat(d.wet, ' zonder toewijzing ', coalesce(d.product_categorie, ''))) as sleutel
  from stg_declaratie d
  left join nummer n
    on n.persoon = d.persoon and n.sleutel = concat(d.wet, ' ', d.gemeentecode, ' ', d.toewijzing_nummer)
),

-- lines whose voorziening is told by more than the facts of their kind; a traject is priced over a year and lasts as long as it lasts
bijzonder as (
  select
    kind, levering, regel, 'declaratie' as soort, sleutel, code, cast(null as date) as van, cast(null as date) as tot, false as open
  from declaratie
  union all
  select
    'participatie_uitkering', levering, regel, 'uitkering',
    concat(gemeentecode, ' ', registratienummer, ' ', statistiekcode, ' ', cluster_bijz_bijstand), statistiekcode,
    cast(null as date), cast(null as date), false
  from stg_bijstand
  union all
  select
    'schuldhulp_traject', levering, regel, 'traject', concat(gemeentecode, ' ', traject_id), cast(null as varchar), van, tot,
    not beeindigd
  from stg_traject
),

kosten as (
  select
    k.kind, k.levering, k.regel, k.persoon, k.domein,
    coalesce(b.soort, case when k.domein = 'zvw' then 'zorg' else 'kosten' end) as soort,
    coalesce(b.sleutel, concat(k.kind, ' ', k.domein, ' ', coalesce(k.voorziening, k.productgroep))) as sleutel,
    case when b.kind is not null then b.code else nullif(k.productgroep, 'alle') end as code,
    k.aanbieder_agb, coalesce(b.van, k.van) as van, coalesce(b.tot, k.tot) as tot, coalesce(b.open, false) as open, k.bedrag_ct
  from kosten_bron k
  left join bijzonder b on b.kind = k.kind and b.levering = k.levering and b.regel = k.regel
),

regels as (
  select
    kind, levering, regel, persoon, wet as domein, 'toewijzing' as soort, sleutel, product_categorie as code, aanbieder_agb,
    zorg_van as van, zorg_tot as tot, open, cast(null as bigint) as bedrag_ct
  from toewijzing
  union all
  select kind, levering, regel, persoon, domein, soort, sleutel, code, aanbieder_agb, van, tot, open, bedrag_ct from kosten
),

tijdlijn as (
  select
    r.kind, r.levering, r.regel, l.huishouden, r.persoon, r.domein, r.soort, r.sleutel, r.code, r.aanbieder_agb, r.van, r.tot, r.open,
    r.bedrag_ct
  from regels r
  join lid l on l.persoon = r.persoon
)

select * from tijdlijn
