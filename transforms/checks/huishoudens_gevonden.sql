/*
name: huishoudens_gevonden
doc: There are households at P. Without them every other figure closes on nothing.
grain: [peildatum]
reads: [parameter, huishouden_stand]
columns:
  - peildatum datum: P
check:
  severity: fout
  denominator: huishouden_stand
  sentence: "op de peildatum zijn er {d} huishoudens"
  reason: a peildatum outside what huishouden covers gives an empty ranking, which looks like a result
*/
with

parameter as (
  select * from parameter
),

huishouden_stand as (
  select * from huishouden_stand
),

schending as (
  select p.peildatum
  from parameter p
  where not exists (select 1 from huishouden_stand)
)

select * from schending
