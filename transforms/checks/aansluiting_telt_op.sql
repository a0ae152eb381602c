/*
name: aansluiting_telt_op
doc: A difference with the ledger is ledger less extract, and what of it is explained are the lines that explain it.
grain: [feed, gemeentecode, jaar]
reads: [aansluiting, aansluiting_verklaring]
columns:
  - feed tekst: kind of extract
  - gemeentecode tekst: gemeente, or alle
  - jaar aantal: year
check:
  severity: fout
  denominator: aansluiting
  sentence: "{n} van {d} vergelijkingen met het grootboek tellen niet op"
  reason: an explanation that is counted twice hides a difference
*/
with

aansluiting as (
  select * from aansluiting
),

aansluiting_verklaring as (
  select * from aansluiting_verklaring
),

verklaard as (
  select a.feed, a.gemeentecode, a.jaar, sum(v.bedrag_ct) as ct, count(*) as n
  from aansluiting a
  join aansluiting_verklaring v on v.feed = a.feed and v.jaar = a.jaar and (v.gemeentecode = a.gemeentecode or a.gemeentecode = 'alle')
  group by a.feed, a.gemeentecode, a.jaar
),

schending as (
  select a.feed, a.gemeentecode, a.jaar
  from aansluiting a
  left join verklaard v on v.feed = a.feed and v.gemeentecode = a.gemeentecode and v.jaar = a.jaar
  where a.verschil_ct is distinct from a.grootboek_ct - a.extract_ct or a.verklaard_ct <> coalesce(v.ct, 0)
    or a.verklaringen <> coalesce(v.n, 0) or a.onverklaard_ct is distinct from a.grootboek_ct - a.extract_ct - coalesce(v.ct, 0)
)

select * from schending
