/*
name: kind_bedrag
doc: >
  Counted eurocents of the accepted lines of each kind, debits and credits both as positive numbers: what a share of lines that are
  doubtful is a share of.
grain: [kind]
reads: [geldig_regel, kind_feit]
parts: kind
columns:
  - kind tekst: kind of extract
  - omvang_ct ct: sum of the absolute amounts
*/
with

geldig_regel as (
  select * from geldig_regel
),

kind_feit as (
  select * from kind_feit
),

bedragen as (
  select r.kind, cast(sum(abs(r.geteld_ct)) as bigint) as omvang_ct
  from geldig_regel r
  join kind_feit f on f.kind = r.kind and f.geld
  where r.geteld_ct is not null
  group by r.kind
)

select * from bedragen
