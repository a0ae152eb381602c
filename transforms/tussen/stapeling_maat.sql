/*
name: stapeling_maat
doc: >
  The measures of stapeling: from and to so many provisions, of at least so many laws.
grain: [maat]
reads: [parameter]
view: true
columns:
  - maat tekst: measure
  - van aantal: least provisions
  - tot aantal: most
  - wetten aantal: least laws
*/
with

parameter as (
  select * from parameter
),

grenzen as (
  select '0' as maat, 0 as van, 0 as tot, 0 as wetten
  union all
  select '1', 1, 1, 0
  union all
  select '2', 2, 2, 0
  union all
  select '3', 3, 3, 0
  union all
  select '4', 4, 4, 0
  union all
  select '5', 5, 5, 0
  union all
  select '6+', 6, 1000000000, 0
  union all
  select 'twee_of_meer', 2, 1000000000, 0
  union all
  select 'meer_wetten', 0, 1000000000, 2
),

maten as (
  select
    g.maat, cast(g.van as bigint) as van, cast(g.tot as bigint) as tot, cast(g.wetten as bigint) as wetten
  from grenzen g
  cross join parameter p
)

select * from maten
