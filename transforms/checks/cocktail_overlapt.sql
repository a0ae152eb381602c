/*
name: cocktail_overlapt
doc: Episodes of one cocktail in one household do not overlap and are not empty.
grain: [huishouden_id, cocktail_id, van]
reads: [cocktail]
columns:
  - huishouden_id tekst: id
  - cocktail_id tekst: cocktail
  - van datum: first day
check:
  severity: fout
  denominator: cocktail
  sentence: "{n} van {d} cocktails overlappen zichzelf of zijn leeg"
  reason: a household is in one state at a time
*/
with

cocktail as (
  select * from cocktail
),

volgende as (
  select *, lead(van) over (partition by huishouden_id, cocktail_id order by van) as volgende_van from cocktail
),

schending as (
  select huishouden_id, cocktail_id, van from volgende where tot <= van or volgende_van < tot
)

select * from schending
