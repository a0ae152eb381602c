/*
name: effect_gezien
doc: >
  What shows in the members of matched sets on the first of a month, from 12 months before maand to P (methods 7), as bits of ingredients: of the persons who formed
  the household, whoever left. That nobody gets a benefit is told for the 24 months to P only.
grain: [maand, huishouden, kalendermaand]
reads: [signaal_bron, effect_set_lid, ingredient, effect_kalender]
columns:
  - maand maand: maand of effect_set
  - huishouden huishouden: member of a set
  - kalendermaand maand: month
  - te_zien aantal: shows
  - sterk aantal: shows strongly
  - ingredienten aantal: how many show from the strength at which patterns count them, children and benefits left out
*/
with

signaal_bron as (
  select * from signaal_bron
),

effect_set_lid as (
  select * from effect_set_lid
),

ingredient as (
  select * from ingredient
),

effect_kalender as (
  select * from effect_kalender
),

huishoudens as (
  select distinct maand, huishouden from effect_set_lid
),

maanden as (
  select h.maand, h.huishouden, k.maand as kalendermaand
  from huishoudens h
  join effect_kalender m on m.maand = h.maand
  join effect_kalender k on k.volgnr >= m.volgnr - 12
),

signalen as (
  select l.maand, l.huishouden, s.ingredient, s.sterkte, s.van, s.tot
  from effect_set_lid l
  join signaal_bron s on s.persoon = l.persoon and s.huishouden is null
  where s.ingredient <> 'kinderen'
  union all
  select h.maand, h.huishouden, s.ingredient, s.sterkte, s.van, s.tot
  from huishoudens h
  join signaal_bron s on s.huishouden = h.huishouden
  where s.ingredient <> 'kinderen'
  union all
  select maand, huishouden, 'kinderen', 'sterk', geboren, meerderjarig
  from effect_set_lid
),

op_de_dag as (
  select distinct m.maand, m.huishouden, m.kalendermaand, s.ingredient, s.sterkte
  from maanden m
  join signalen s on s.maand = m.maand and s.huishouden = m.huishouden and s.van <= m.kalendermaand and s.tot > m.kalendermaand
),

bits as (
  select
    d.maand, d.huishouden, d.kalendermaand, i.bit, max(case when d.sterkte = 'sterk' then 1 else 0 end) as sterk,
    max(case
      when d.ingredient <> 'kinderen' and i.bekend <> 'query' and (d.sterkte = 'sterk' or i.minimum <> 'sterk') then 1 else 0 end) as telt
  from op_de_dag d
  join ingredient i on i.ingredient = d.ingredient
  group by d.maand, d.huishouden, d.kalendermaand, i.bit
),

gezien as (
  select
    m.maand, m.huishouden, m.kalendermaand, coalesce(bitwise_or_agg(b.bit), cast(0 as bigint)) as te_zien,
    coalesce(bitwise_or_agg(case when b.sterk = 1 then b.bit end), cast(0 as bigint)) as sterk, coalesce(cast(sum(b.telt) as bigint), 0) as ingredienten
  from maanden m
  left join bits b on b.maand = m.maand and b.huishouden = m.huishouden and b.kalendermaand = m.kalendermaand
  group by m.maand, m.huishouden, m.kalendermaand
)

select * from gezien
