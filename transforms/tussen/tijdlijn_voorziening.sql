/*
name: tijdlijn_voorziening
doc: >
  What the persons of a household get, one row a source line with its period: allocations, months of benefits, debt relief
  trajects, and every line that costs something. Lines of one voorziening share a sleutel within a person: a declaration has
  that of its allocation, care from the health insurer that of its zorgsoort. No figure of a run reads it; stapel explain
  does, for one household.
grain: [kind, levering, regel]
reads: [stg_toewijzing, stg_declaratie, stg_bijstand, stg_traject, stg_zvw, lake_pgb_uitputting, kosten_bron, lid]
view: true
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - huishouden huishouden: household at P
  - persoon persoon: who gets it
  - domein tekst: law
  - soort tekst: toewijzing, declaratie, uitkering, traject, zorg or pgb
  - sleutel tekst: joins the lines of one voorziening of a person
  - code tekst: category, kind of benefit or zorgsoort
  - aanbieder_agb tekst: provider
  - van datum: first day
  - tot datum: day after the last
  - open vlag: no last day was delivered
  - bedrag_ct ct: counted amount of the line; empty for an allocation
*/
with

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

regels as (
  select kind, levering, regel, 'declaratie' as soort, sleutel, code, cast(null as boolean) as open from declaratie
  union all
  select
    'participatie_uitkering', levering, regel, 'uitkering',
    concat(gemeentecode, ' ', registratienummer, ' ', statistiekcode, ' ', cluster_bijz_bijstand), statistiekcode,
    cast(null as boolean)
  from stg_bijstand
  union all
  select
    'schuldhulp_traject', levering, regel, 'traject', concat(gemeentecode, ' ', traject_id), cast(null as varchar),
    not beeindigd
  from stg_traject
  union all
  select 'zvw_declaratie', levering, regel, 'zorg', zorgsoort, zorgsoort, cast(null as boolean) from stg_zvw
  union all
  select
    'pgb_uitputting', levering, regel, 'pgb', concat(wet, ' pgb ', toekenning_id), cast(null as varchar),
    cast(null as boolean)
  from lake_pgb_uitputting
)

select
  t.kind, t.levering, t.regel, l.huishouden, t.persoon, t.wet as domein, 'toewijzing' as soort, t.sleutel,
  t.product_categorie as code, t.aanbieder_agb, t.zorg_van as van, t.zorg_tot as tot, t.open,
  cast(null as bigint) as bedrag_ct
from toewijzing t
join lid l on l.persoon = t.persoon
union all
select
  k.kind, k.levering, k.regel, l.huishouden, k.persoon, k.domein, r.soort, r.sleutel, r.code, k.aanbieder_agb,
  -- a traject is priced over a year; it lasts as long as it lasts
  coalesce(t.van, k.van), coalesce(t.tot, k.tot), coalesce(r.open, false), k.bedrag_ct
from kosten_bron k
join regels r on r.kind = k.kind and r.levering = k.levering and r.regel = k.regel
left join stg_traject t on k.kind = 'schuldhulp_traject' and t.levering = k.levering and t.regel = k.regel
join lid l on l.persoon = k.persoon
