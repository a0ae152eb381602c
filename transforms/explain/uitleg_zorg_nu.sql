/*
name: uitleg_zorg_nu
doc: Running voorzieningen and providers of the household that is explained, for comparison with the ranking; no row when it has none.
grain: [voorzieningen, aanbieders]
reads: [eigen_huishouden, zorg_nu]
columns:
  - voorzieningen aantal: running at P
  - aanbieders aantal: distinct AGB codes in T0
*/
with

eigen_huishouden as (
  select * from eigen_huishouden
),

zorg_nu as (
  select * from zorg_nu
),

nu as (
  select z.voorzieningen, z.aanbieders
  from zorg_nu z
  join eigen_huishouden e on e.huishouden = z.huishouden
)

select * from nu
