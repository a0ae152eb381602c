/*
name: effect_persoon_kosten
doc: >
  Declared cost by month of the persons of effect_vorm_lid (methods 3, 7), by day with cumulative rounding; of the kinds that count in effects, in the months
  of effect_kalender. Only months with cost have a row.
grain: [persoon, kalendermaand, domein, betaler]
reads: [kosten_bron, effect_vorm_lid, effect_kind, effect_kalender]
columns:
  - persoon persoon: whom the cost follows
  - kalendermaand maand: month of the cost
  - domein tekst: law
  - betaler tekst: who pays
  - kosten_ct ct: declared cost
*/
with

kosten_bron as (
  select * from kosten_bron
),

effect_vorm_lid as (
  select * from effect_vorm_lid
),

effect_kind as (
  select * from effect_kind
),

effect_kalender as (
  select * from effect_kalender
),

personen as (
  select distinct persoon from effect_vorm_lid
),

regels as (
  select k.persoon, k.domein, k.betaler, k.van, k.tot, k.bedrag_ct
  from kosten_bron k
  join effect_kind e on e.kind = k.kind and e.meegeteld
  join personen p on p.persoon = k.persoon
  where k.grondslag = 'gedeclareerd'
),

-- lines have few different periods: how many days of each lie before a month begins and before it ends is worked out once
perioden as (
  select distinct van, tot from regels
),

dagen as (
  select
    p.van, p.tot, k.maand, date_diff('day', p.van, p.tot) as dagen,
    greatest(cast(0 as bigint), date_diff('day', p.van, k.maand)) as voor_maand,
    least(date_diff('day', p.van, p.tot), date_diff('day', p.van, k.tot)) as tot_maand
  from perioden p
  join effect_kalender k on k.maand < p.tot and k.tot > p.van
),

delen as (
  select
    r.persoon, d.maand as kalendermaand, r.domein, r.betaler,
    deel(r.bedrag_ct, d.tot_maand, d.dagen) - deel(r.bedrag_ct, d.voor_maand, d.dagen) as deel_ct
  from regels r
  join dagen d on d.van = r.van and d.tot = r.tot
),

sommen as (
  select persoon, kalendermaand, domein, betaler, cast(sum(deel_ct) as bigint) as kosten_ct
  from delen
  group by persoon, kalendermaand, domein, betaler
)

select * from sommen
