/*
name: verzekerd_maand
doc: In which months of the windows a member is insured every day with an insurer that delivers (rules 46), as bits.
grain: [persoon]
reads: [lid, verzekerd_keten, kalender]
columns:
  - persoon persoon: key
  - maanden aantal: months as bits of kalender
*/
with

lid as (
  select * from lid
),

verzekerd_keten as (
  select * from verzekerd_keten
),

kalender as (
  select * from kalender
),

perioden as (
  select distinct van, tot from verzekerd_keten
),

maanden as (
  select p.van, p.tot, cast(sum(k.bit) as bigint) as maanden
  from perioden p
  join kalender k on k.maand >= p.van and k.tot <= p.tot
  group by p.van, p.tot
),

per_persoon as (
  select k.persoon, bitwise_or_agg(m.maanden) as maanden
  from verzekerd_keten k
  join lid l on l.persoon = k.persoon
  join maanden m on m.van = k.van and m.tot = k.tot
  group by k.persoon
)

select * from per_persoon
