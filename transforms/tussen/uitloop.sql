/*
name: uitloop
doc: >
  Run-off triangles: declared cost by month of the care and month in which it came in, debits and credits apart (methods 4).
  A line over several months is spread by day with cumulative rounding, as in every figure of cost. It came in in the month
  of its own date (dagtekening, declaratiedatum), but not after its delivery was made; without a date, when the delivery
  it is first in was made. What a newer delivery replaced was known from its own delivery until that one: the amount
  comes in with the first, goes with the second, and what replaces it comes in. So the cells of a kind add up to the
  debits and credits that figures use, and up to any month they are what was known then.
grain: [kind, productgroep, productmaand, ontvangstmaand]
reads: [kosten_bron, stg_kosten_vervangen, gelijk, levering_stand, kalender, parameter]
parts: kind
columns:
  - kind tekst: kind of extract
  - productgroep tekst: product_categorie or zorgsoort; alle where the kind has none
  - productmaand maand: month of the care; empty before T2 and after P
  - ontvangstmaand maand: month in which it came in; empty where nothing says so
  - debet_ct ct: amounts of 0 and above
  - credit_ct ct: amounts below 0, as a number above it
  - debet_regels aantal: parts of debit lines
  - ongedateerd_ct ct: of debet_ct, without a date of its own
*/
with

kosten_bron as (
  select * from kosten_bron
),

stg_kosten_vervangen as (
  select * from stg_kosten_vervangen
),

gelijk as (
  select * from gelijk
),

levering_stand as (
  select * from levering_stand
),

kalender as (
  select * from kalender
),

parameter as (
  select * from parameter
),

telt as (
  select kind, productgroep, levering, regel, van, tot, bedrag_ct, gedateerd_op
  from kosten_bron
  where grondslag = 'gedeclareerd'
),

-- what overlapping deliveries hold alike came in with the first of them
eerder as (
  select
    g.kind, g.levering, g.regel,
    min(l.aangemaakt) over (partition by g.kind, g.persoon, g.inhoud, g.nr) as aangemaakt
  from gelijk g
  join levering_stand l on l.kind = g.kind and l.levering = g.levering
),

oud as (
  select o.kind, o.productgroep, o.van, o.tot, o.geteld_ct as bedrag_ct, l.aangemaakt, o.vervangen_op
  from stg_kosten_vervangen o
  join levering_stand l on l.kind = o.kind and l.levering = o.levering
  where l.aangemaakt is not null and o.vervangen_op is not null
),

-- what goes again counts against itself: a debit that goes is a negative amount among the debits
regel as (
  select
    t.kind, t.productgroep, t.van, t.tot, t.bedrag_ct, t.bedrag_ct >= 0 as debet, 1 as richting, t.gedateerd_op is null as ongedateerd,
    least(coalesce(t.gedateerd_op, e.aangemaakt, l.aangemaakt), coalesce(e.aangemaakt, l.aangemaakt, t.gedateerd_op)) as ontvangen
  from telt t
  join levering_stand l on l.kind = t.kind and l.levering = t.levering
  left join eerder e on e.kind = t.kind and e.levering = t.levering and e.regel = t.regel
  union all
  select kind, productgroep, van, tot, bedrag_ct, bedrag_ct >= 0, 1, true, aangemaakt from oud
  union all
  select kind, productgroep, van, tot, -bedrag_ct, bedrag_ct >= 0, -1, true, vervangen_op from oud
),

-- the months of the windows, and all days before and after them as one
maand as (
  select maand, maand as van, tot from kalender
  union all
  select cast(null as date), date '0001-01-01', t2_van from parameter
  union all
  select cast(null as date), tot, date '9999-12-31' from parameter
),

binnen_een as (
  select
    r.kind, r.productgroep,
    case when r.van >= p.t2_van and r.van < p.tot then cast(date_trunc('month', r.van) as date) end as productmaand,
    r.ontvangen, r.debet, r.richting, r.ongedateerd, r.bedrag_ct as deel_ct
  from regel r
  cross join parameter p
  where date_trunc('month', r.van) = date_trunc('month', plus_dagen(r.tot, -1))
),

over_meer as (
  select
    r.kind, r.productgroep, m.maand as productmaand, r.ontvangen, r.debet, r.richting, r.ongedateerd,
    deel(r.bedrag_ct, least(date_diff('day', r.van, m.tot), date_diff('day', r.van, r.tot)), date_diff('day', r.van, r.tot))
      - deel(r.bedrag_ct, greatest(date_diff('day', r.van, m.van), cast(0 as bigint)), date_diff('day', r.van, r.tot))
      as deel_ct
  from regel r
  join maand m on r.van < m.tot and r.tot > m.van
  where date_trunc('month', r.van) <> date_trunc('month', plus_dagen(r.tot, -1))
),

deel_regel as (
  select * from binnen_een
  union all
  select * from over_meer
),

cellen as (
  select
    kind, productgroep, productmaand, cast(date_trunc('month', ontvangen) as date) as ontvangstmaand,
    cast(sum(case when debet then deel_ct else 0 end) as bigint) as debet_ct,
    cast(sum(case when debet then 0 else -deel_ct end) as bigint) as credit_ct,
    cast(sum(case when debet then richting else 0 end) as bigint) as debet_regels,
    cast(sum(case when debet and ongedateerd then deel_ct else 0 end) as bigint) as ongedateerd_ct
  from deel_regel
  group by kind, productgroep, productmaand, cast(date_trunc('month', ontvangen) as date)
)

select * from cellen
