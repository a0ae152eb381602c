/*
name: stg_kosten_vervangen
doc: >
  Declared cost of which a newer delivery took the place, in kinds whose lines have no day of their own on which they were declared: what
  was known from its own delivery until that one. Lines of one person on a benefit add up, and a benefit counts once in a delivery
  (rules 13, 70); one of which the persons have unequal amounts counted in no figure.
grain: [kind, levering, regel]
reads: [lake_kosten, lake_participatie_uitkering, vervangen, kosten_kind]
parts: kind
view: true
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line, of a benefit the first
  - productgroep tekst: product group; alle where the kind has none
  - van datum: first day
  - tot datum: day after the last
  - geteld_ct ct: counted amount
  - vervangen_op datum: when the delivery that took its place was made; empty when it does not say so
*/
with

lake_kosten as (
  select * from lake_kosten
),

lake_participatie_uitkering as (
  select * from lake_participatie_uitkering
),

vervangen as (
  select * from vervangen
),

kosten_kind as (
  select * from kosten_kind
),

regel as (
  select k.kind, k.levering, k.regel, k.productgroep, k.van, k.tot, k.geteld_ct, v.vervangen_op
  from lake_kosten k
  join vervangen v on v.kind = k.kind and v.levering = k.levering and v.regel = k.regel
  where not k.gedateerd
),

bijstand_persoon as (
  select
    p.levering, p.gemeentecode, p.tijd_van, p.tijd_tot, p.registratienummer, p.statistiekcode,
    coalesce(p.cluster_bijz_bijstand, '') as cluster_bijz_bijstand, p.persoon_ps, min(p.regel) as regel, sum(p.geteld_ct) as ct,
    max(v.vervangen_op) as vervangen_op
  from lake_participatie_uitkering p
  join vervangen v on v.kind = 'participatie_uitkering' and v.levering = p.levering and v.regel = p.regel
  group by p.levering, p.gemeentecode, p.tijd_van, p.tijd_tot, p.registratienummer, p.statistiekcode,
    coalesce(p.cluster_bijz_bijstand, ''), p.persoon_ps
),

bijstand as (
  select
    levering, min(regel) as regel, tijd_van, tijd_tot, cast(min(ct) as bigint) as geteld_ct, max(vervangen_op) as vervangen_op
  from bijstand_persoon
  group by levering, gemeentecode, tijd_van, tijd_tot, registratienummer, statistiekcode, cluster_bijz_bijstand
  having min(ct) = max(ct)
),

oud as (
  select kind, levering, regel, productgroep, van, tot, geteld_ct, vervangen_op from regel
  union all
  select f.kind, b.levering, b.regel, 'alle', b.tijd_van, b.tijd_tot, b.geteld_ct, b.vervangen_op
  from bijstand b
  join kosten_kind f on f.per = 'uitkering'
)

select * from oud
