/*
name: effect_kosten_deel
doc: >
  Declared cost by law and payer of the members of matched sets, by month from 24 before maand (methods 7). Only months with cost have a row; which are covered
  is in effect_kosten, of which this is a part.
grain: [maand, huishouden, kalendermaand, domein, betaler]
reads: [effect_set_lid, effect_persoon_kosten, effect_kalender]
columns:
  - maand maand: maand of effect_set
  - huishouden huishouden: member of a set
  - kalendermaand maand: month of the cost
  - domein tekst: law
  - betaler tekst: who pays
  - kosten_ct ct: declared cost
*/
with

effect_set_lid as (
  select * from effect_set_lid
),

effect_persoon_kosten as (
  select * from effect_persoon_kosten
),

effect_kalender as (
  select * from effect_kalender
),

delen as (
  select l.maand, l.huishouden, k.kalendermaand, k.domein, k.betaler, cast(sum(k.kosten_ct) as bigint) as kosten_ct
  from effect_set_lid l
  join effect_persoon_kosten k on k.persoon = l.persoon
  join effect_kalender m on m.maand = l.maand
  join effect_kalender c on c.maand = k.kalendermaand and c.volgnr >= m.volgnr - 24
  group by l.maand, l.huishouden, k.kalendermaand, k.domein, k.betaler
)

select * from delen
