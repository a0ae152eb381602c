/*
name: patroon_is_cocktail
doc: >
  Who shows all ingredients of a cocktail at P has it vol: the one is counted of what shows on P, the other cut out of 24 months. Of
  cocktails that ask less of an ingredient than another does it need not be so, and they are left out.
grain: [cocktail_id]
reads: [patroon, cocktail, cocktail_ingredient, ingredient]
columns:
  - cocktail_id tekst: cocktail
check:
  severity: fout
  denominator: cocktail_naam
  sentence: "bij {n} van {d} cocktails zijn de huishoudens met die combinatie niet die met de cocktail"
  reason: a pattern that is not the cocktail it is called after says something of nobody
*/
with

patroon as (
  select * from patroon
),

cocktail as (
  select * from cocktail
),

cocktail_ingredient as (
  select * from cocktail_ingredient
),

ingredient as (
  select * from ingredient
),

vol as (
  select cocktail_id, count(*) as huishoudens, sum(kosten_t0_ct) as kosten_ct
  from cocktail
  where actief and status = 'vol'
  group by cocktail_id
),

gevraagd as (
  select
    c.cocktail_id, array_join(array_agg(c.ingredient order by c.ingredient), '+') as combinatie, count(*) as n,
    max(case when c.minimum <> i.minimum then 1 else 0 end) as anders
  from cocktail_ingredient c
  join ingredient i on i.ingredient = c.ingredient
  group by c.cocktail_id
),

schending as (
  select g.cocktail_id
  from gevraagd g
  left join patroon p on p.combinatie = g.combinatie
  left join vol v on v.cocktail_id = g.cocktail_id
  where g.anders = 0 and g.n <= 5
    and (coalesce(p.huishoudens, -1) <> coalesce(v.huishoudens, 0) or coalesce(p.kosten_t0_ct, -1) <> coalesce(v.kosten_ct, 0)
      or p.waargenomen > p.huishoudens or p.waargenomen > p.beoordeeld)
)

select * from schending
