/*
name: stg_grootboek
doc: >
  Lines of the ledger: totals, and what explains a difference (reden is there). telt: of a feed, gemeente and year the totals of the newest
  delivery that has any, the last line of a taakveld in it; of the explanations all lines of the newest delivery that has any.
grain: [levering, regel]
reads: [geldig_grootboek_totaal, levering_stand]
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - feed tekst: kind that it is about
  - gemeentecode gemeente: gemeente
  - jaar aantal: year
  - bedrag_ct ct: total, or the part of ledger less extract that is explained
  - bron tekst: where it stands
  - reden tekst: why, of an explanation; empty of a total
  - toelichting tekst: more words; empty when not said
  - telt vlag: it counts
*/
with

geldig_grootboek_totaal as (
  select * from geldig_grootboek_totaal
),

levering_stand as (
  select * from levering_stand where kind = 'grootboek_totaal'
),

regels as (
  select
    g.levering, g.regel, g.feed, g.gemeentecode, g.jaar, g.bedrag_ct, g.bron, g.reden, g.toelichting,
    first_value(g.levering) over (
      partition by g.feed, g.gemeentecode, g.jaar, case when g.reden is null then 0 else 1 end
      order by l.volgnr desc, g.levering desc, g.regel desc) as nieuwste,
    row_number() over (
      partition by g.levering, g.feed, g.gemeentecode, g.jaar, g.taakveld, g.reden, case when g.reden is null then 0 else g.regel end
      order by g.regel desc) as nr
  from geldig_grootboek_totaal g
  join levering_stand l on l.levering = g.levering and l.kind = 'grootboek_totaal'
),

geteld as (
  select levering, regel, feed, gemeentecode, jaar, bedrag_ct, bron, reden, toelichting, levering = nieuwste and nr = 1 as telt from regels
)

select * from geteld
