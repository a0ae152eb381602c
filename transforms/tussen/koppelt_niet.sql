/*
name: koppelt_niet
doc: >
  Kinds, over all or in a gemeente, of which too few persons are found in huishouden to conclude anything from absence (rules 63). Where
  lines have no gemeente nothing says whom a file that does not link is about, and the kind covers nobody.
grain: [kind, gemeentecode]
reads: [koppel_oordeel, kind_feit]
columns:
  - kind tekst: kind of extract
  - gemeentecode tekst: gemeente, or alle
*/
with

koppel_oordeel as (
  select * from koppel_oordeel
),

kind_feit as (
  select * from kind_feit
),

kinds as (
  select kind, gemeentecode from koppel_oordeel where bestand = 'alle' and oordeel in ('te_laag', 'geen')
  union
  select k.kind, 'alle'
  from koppel_oordeel k
  join kind_feit f on f.kind = k.kind and not f.gemeente
  where k.bestand <> 'alle' and k.oordeel in ('te_laag', 'geen')
)

select * from kinds
