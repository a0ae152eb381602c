/*
name: begeleiding
doc: >
  Weak signs that support does not fit (rules 36, 53, 56): the same category allocated again to another provider within 90
  days of an early end; three providers at once, over both laws; not started after 13 weeks, in a feed that fills
  begin_levering for at least half its lines.
grain: [persoon, van, tot, kind, levering, regel]
reads: [stg_toewijzing, parameter]
columns:
  - persoon persoon: key
  - huishouden huishouden: empty, the person's
  - ingredient tekst: niet_passende_begeleiding
  - van datum: first day
  - tot datum: day after the last
  - sterkte tekst: zwak
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

stg_toewijzing as (
  select * from stg_toewijzing
),

parameter as (
  select * from parameter
),

geldig as (
  select * from stg_toewijzing where nr = 1 and not ingetrokken
),

opnieuw as (
  select a.persoon, a.einde_levering as van, plus_dagen(a.einde_levering, 180) as tot, a.kind, a.levering, a.regel
  from geldig a
  join geldig b
    on b.persoon = a.persoon and b.wet = a.wet and b.product_categorie = a.product_categorie
    and b.aanbieder_agb <> a.aanbieder_agb
    and b.ingangsdatum >= a.einde_levering and b.ingangsdatum <= plus_dagen(a.einde_levering, 90)
  where a.einde_levering is not null and (a.einddatum is null or a.einde_levering < a.einddatum)
),

drie as (
  select
    a.persoon, greatest(a.zorg_van, b.zorg_van, c.zorg_van) as van, least(a.zorg_tot, b.zorg_tot, c.zorg_tot) as tot,
    c.kind, c.levering, c.regel
  from geldig a
  join geldig b on b.persoon = a.persoon and a.aanbieder_agb < b.aanbieder_agb
    and b.zorg_van < a.zorg_tot and a.zorg_van < b.zorg_tot
  join geldig c on c.persoon = a.persoon and b.aanbieder_agb < c.aanbieder_agb
    and c.zorg_van < a.zorg_tot and a.zorg_van < c.zorg_tot
    and c.zorg_van < b.zorg_tot and b.zorg_van < c.zorg_tot
),

vult_begin as (
  select kind from stg_toewijzing group by kind having 2 * count(begin_levering) >= count(*)
),

niet_gestart as (
  select
    t.persoon, plus_dagen(t.ingangsdatum, 91) as van, plus_dagen(t.ingangsdatum, 271) as tot, t.kind, t.levering, t.regel
  from geldig t
  join vult_begin v on v.kind = t.kind
  cross join parameter p
  where (t.begin_levering is null or t.begin_levering > plus_dagen(t.ingangsdatum, 91))
    and (t.einddatum is null or t.einddatum >= plus_dagen(t.ingangsdatum, 91))
    and (t.einde_levering is null or t.einde_levering >= plus_dagen(t.ingangsdatum, 91))
    and plus_dagen(t.ingangsdatum, 91) <= p.peildatum
),

alles as (
  select * from opnieuw
  union all
  select * from drie
  union all
  select * from niet_gestart
),

signalen as (
  select distinct
    persoon, cast(null as bigint) as huishouden, 'niet_passende_begeleiding' as ingredient, van, tot, 'zwak' as sterkte, kind,
    levering, regel
  from alles
  where van < tot
)

select * from signalen
