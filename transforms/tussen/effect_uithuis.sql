/*
name: effect_uithuis
doc: >
  Days that minors of matched sets were allocated care away from home, by month of effect_kalender (methods 7): foster care, family homes, closed and other
  residential care of the Jeugdwet (JZ020 35 to 38, 43, 44), by the newest line of the allocation; a day with two of them counts once.
grain: [persoon, kalendermaand]
reads: [effect_set_lid, stg_toewijzing, effect_kalender]
columns:
  - persoon persoon: key
  - kalendermaand maand: month
  - dagen aantal: days, 1 or more
*/
with

effect_set_lid as (
  select * from effect_set_lid
),

stg_toewijzing as (
  select * from stg_toewijzing
),

effect_kalender as (
  select * from effect_kalender
),

personen as (
  select persoon, max(meerderjarig) as meerderjarig from effect_set_lid group by persoon
),

plaatsingen as (
  select distinct t.persoon, t.zorg_van as van, least(t.zorg_tot, p.meerderjarig) as tot
  from stg_toewijzing t
  join personen p on p.persoon = t.persoon
  where t.wet = 'jeugd' and t.nr = 1 and not t.ingetrokken and t.product_categorie in ('35', '36', '37', '38', '43', '44')
    and t.zorg_van < t.zorg_tot and t.zorg_van < p.meerderjarig
),

gemerkt as (
  select
    *, max(tot) over (
      partition by persoon order by van, tot rows between unbounded preceding and 1 preceding) as bereik
  from plaatsingen
),

genummerd as (
  select
    *, sum(case when bereik is null or van > bereik then 1 else 0 end) over (
      partition by persoon order by van, tot rows between unbounded preceding and current row) as keten
  from gemerkt
),

ketens as (
  select persoon, min(van) as van, max(tot) as tot from genummerd group by persoon, keten
),

dagen as (
  select
    c.persoon, k.maand as kalendermaand, cast(sum(date_diff('day', greatest(c.van, k.maand), least(c.tot, k.tot))) as bigint) as dagen
  from ketens c
  join effect_kalender k on k.maand < c.tot and k.tot > c.van
  group by c.persoon, k.maand
)

select * from dagen
