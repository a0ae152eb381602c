/*
name: effect_reeks
doc: Declared cost by month of those who take part in the estimates of effect (methods 7), once for each clock of a household.
grain: [maand, huishouden, kalendermaand]
reads: [effect_deelnemer, effect_kosten]
columns:
  - maand maand: maand of effect_deelnemer
  - from effect_kosten: huishouden, kalendermaand, kosten_ct, wmo_ct, jeugd_ct, participatie_ct, zvw_ct, gedekt
*/
with

effect_deelnemer as (
  select * from effect_deelnemer
),

effect_kosten as (
  select * from effect_kosten
),

deelnemers as (
  select distinct maand, huishouden, vorm
  from effect_deelnemer
  where vorm is not null
),

reeksen as (
  select d.maand, k.huishouden, k.kalendermaand, k.kosten_ct, k.wmo_ct, k.jeugd_ct, k.participatie_ct, k.zvw_ct, k.gedekt
  from deelnemers d
  join effect_kosten k on k.maand = d.vorm and k.huishouden = d.huishouden
)

select * from reeksen
