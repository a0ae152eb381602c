/*
name: aansluiting_stand
doc: >
  Ledger beside extract per feed, gemeente and year. Where lines name no gemeente, totals of all gemeenten are added up. What nobody
  delivered is empty, never zero; a feed whose cost is priced has no amounts to compare.
grain: [feed, gemeentecode, jaar]
reads: [stg_grootboek, aansluiting_extract, kind_feit, kosten_kind, levering_totaal]
columns:
  - feed tekst: kind of extract
  - gemeentecode tekst: gemeente, or alle where lines name none
  - jaar aantal: calendar year
  - bron tekst: where the total stands; of more than one the first in order
  - grootboek_ct ct: what the ledger says; empty when it says nothing
  - extract_ct ct: what the accepted lines add up to; empty when the feed was not delivered, or has no amounts
  - regels aantal: lines with days in the year
  - verschil_ct ct: grootboek less extract; empty when one is
  - verklaringen aantal: lines that explain a part
  - verklaard_ct ct: what these explain
  - onverklaard_ct ct: verschil less verklaard; empty when verschil is
  - oordeel tekst: sluit, verklaard, verschil, geen_grootboek, niet_geleverd or geen_bedrag
*/
with

stg_grootboek as (
  select * from stg_grootboek
),

aansluiting_extract as (
  select * from aansluiting_extract
),

kind_feit as (
  select * from kind_feit
),

kosten_kind as (
  select * from kosten_kind
),

levering_totaal as (
  select * from levering_totaal
),

regels as (
  select g.feed, case when f.gemeente then g.gemeentecode else 'alle' end as gemeentecode, g.jaar, g.bedrag_ct, g.bron, g.reden
  from stg_grootboek g
  join kind_feit f on f.kind = g.feed
  where g.telt
),

grootboek as (
  select
    feed, gemeentecode, jaar, min(case when reden is null then bron end) as bron,
    cast(sum(case when reden is null then bedrag_ct end) as bigint) as grootboek_ct, count(reden) as verklaringen,
    cast(sum(case when reden is not null then bedrag_ct else 0 end) as bigint) as verklaard_ct
  from regels
  group by feed, gemeentecode, jaar
),

gedeclareerd as (
  select distinct kind from kosten_kind where grondslag = 'gedeclareerd'
),

gelezen as (
  select distinct kind from levering_totaal where status = 'geaccepteerd'
),

naast_elkaar as (
  select
    coalesce(g.feed, e.kind) as feed, coalesce(g.gemeentecode, e.gemeentecode) as gemeentecode, coalesce(g.jaar, e.jaar) as jaar, g.bron,
    g.grootboek_ct, e.bedrag_ct, coalesce(e.regels, 0) as regels, coalesce(g.verklaringen, 0) as verklaringen,
    coalesce(g.verklaard_ct, 0) as verklaard_ct
  from grootboek g
  full outer join aansluiting_extract e on e.kind = g.feed and e.gemeentecode = g.gemeentecode and e.jaar = g.jaar
),

met_extract as (
  select
    n.feed, n.gemeentecode, n.jaar, n.bron, n.grootboek_ct, n.regels, n.verklaringen, n.verklaard_ct, d.kind is not null as met_bedrag,
    l.kind is not null as geleverd,
    case when d.kind is not null and l.kind is not null then coalesce(n.bedrag_ct, 0) end as extract_ct
  from naast_elkaar n
  left join gedeclareerd d on d.kind = n.feed
  left join gelezen l on l.kind = n.feed
),

stand as (
  select
    feed, gemeentecode, jaar, bron, grootboek_ct, extract_ct, regels, grootboek_ct - extract_ct as verschil_ct, verklaringen, verklaard_ct,
    grootboek_ct - extract_ct - verklaard_ct as onverklaard_ct,
    case
      when not met_bedrag then 'geen_bedrag'
      when not geleverd then 'niet_geleverd'
      when grootboek_ct is null then 'geen_grootboek'
      when grootboek_ct - extract_ct - verklaard_ct <> 0 then 'verschil'
      when verklaringen > 0 then 'verklaard'
      else 'sluit'
    end as oordeel
  from met_extract
)

select * from stand
