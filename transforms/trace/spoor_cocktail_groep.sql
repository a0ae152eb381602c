/*
name: spoor_cocktail_groep
doc: >
  The households behind mart cocktail_groep, and the lines of their cost.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [oordeel_huishouden, kosten_regel, parameter]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

oordeel_huishouden as (
  select * from oordeel_huishouden
),

kosten_regel as (
  select * from kosten_regel
),

parameter as (
  select * from parameter
),

op_p as (
  select o.* from oordeel_huishouden o join parameter p on p.peildatum = o.dag
),

groepen as (
  select concat(cocktail_id, '/alle/alle') as sleutel, huishouden, oordeel from op_p
  union all
  select concat(cocktail_id, '/huishoudtype/', typhh), huishouden, oordeel from op_p
  union all
  select concat(cocktail_id, '/gemeente/', gemeentecode), huishouden, oordeel from op_p
  union all
  select concat(cocktail_id, '/wijk/', wijkcode), huishouden, oordeel from op_p
),

sporen as (
  select
    o.sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel,
    id_tekst('h', o.huishouden) as lid, cast(1 as bigint) as deel
  from groepen o
  union all
  select
    o.sleutel, o.oordeel, cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', o.huishouden), cast(1 as
    bigint)
  from groepen o
  union all
  select
    o.sleutel, case when o.oordeel = 'vol' then 'kosten_vol_ct' else 'kosten_overig_ct' end, k.kind, k.levering, k.regel, cast(null as
    varchar), k.deel_ct
  from groepen o
  join kosten_regel k on k.huishouden = o.huishouden
  where k.venster = 'T0' and k.grondslag = 'gedeclareerd'
)

select * from sporen
