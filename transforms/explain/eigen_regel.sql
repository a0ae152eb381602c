/*
name: eigen_regel
doc: The lines of the lake about the persons of the household that is explained.
grain: [kind, levering, regel]
reads: [eigen_persoon, lake_regel]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
*/
with

eigen_persoon as (
  select * from eigen_persoon
),

lake_regel as (
  select * from lake_regel
),

regels as (
  select r.kind, r.levering, r.regel
  from lake_regel r
  join eigen_persoon e on e.persoon = r.persoon
)

select * from regels
