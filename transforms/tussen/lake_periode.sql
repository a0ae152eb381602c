/*
name: lake_periode
doc: Per kind, gemeente and month the latest first day of a line that starts in it.
grain: [kind, gemeentecode, maand]
reads: [lake_regel]
parts: kind
columns:
  - kind tekst: kind of extract
  - gemeentecode gemeente: gemeente; empty for kinds without
  - maand maand: month
  - nieuwste datum: latest first day
*/
with

lake_regel as (
  select * from lake_regel
),

per_maand as (
  select kind, gemeentecode, cast(date_trunc('month', tijd_van) as date) as maand, max(tijd_van) as nieuwste
  from lake_regel
  where tijd_van is not null
  group by kind, gemeentecode, cast(date_trunc('month', tijd_van) as date)
)

select * from per_maand
