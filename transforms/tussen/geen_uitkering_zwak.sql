/*
name: geen_uitkering_zwak
doc: Months without bijstand of a household that no stopped benefit explains, as bits.
grain: [huishouden]
reads: [geen_uitkering_stand, geen_uitkering_sterk]
columns:
  - huishouden huishouden: household at P
  - maanden aantal: months as bits of kalender
*/
with

geen_uitkering_stand as (
  select * from geen_uitkering_stand
),

geen_uitkering_sterk as (
  select * from geen_uitkering_sterk
),

sterk as (
  select huishouden, bitwise_or_agg(bit) as maanden from geen_uitkering_sterk group by huishouden
),

zwak as (
  select s.huishouden, bitwise_and(s.ja, bitwise_not(coalesce(t.maanden, cast(0 as bigint)))) as maanden
  from geen_uitkering_stand s
  left join sterk t on t.huishouden = s.huishouden
)

select * from zwak
