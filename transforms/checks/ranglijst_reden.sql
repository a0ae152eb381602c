/*
name: ranglijst_reden
doc: >
  A household is in aanmerking just when no rule keeps it out, and reden_niet names the rules that do, in their order: they are
  applied anew to what the rows of the ranking and of huishouden hold (rules 27).
grain: [rang]
reads: [ranglijst, huishouden, parameter]
columns:
  - rang aantal: place
check:
  severity: fout
  denominator: ranglijst
  sentence: "{n} van {d} rijen van de ranglijst spreken zichzelf tegen"
  reason: the reason is what an analyst reads to a colleague; it has to be the one that was applied
*/
with

ranglijst as (
  select * from ranglijst
),

huishouden as (
  select * from huishouden
),

parameter as (
  select * from parameter
),

feiten as (
  select
    r.rang, r.in_aanmerking, r.reden_niet,
    concat(
      case when h.volwassenen < p.min_volwassenen then '|volwassenen' else '' end,
      case when h.kinderen < p.min_kinderen then '|kinderen' else '' end,
      case when r.domeinen < p.min_domeinen then '|domeinen' else '' end,
      case when p.eis_drempel and r.kosten_t0_ct < p.drempel_ct then '|drempel' else '' end,
      case
        when p.max_zvw_procent > 0 and r.kosten_t0_ct > 0
          and r.kosten_zvw_ct * 100 > r.kosten_t0_ct * p.max_zvw_procent then '|zvw_aandeel'
        else ''
      end,
      case when p.eis_geen_plan and r.in_maatwerk then '|heeft_plan' else '' end,
      case when p.eis_geen_instelling and h.typhh = '8' then '|instelling' else '' end) as redenen
  from ranglijst r
  join huishouden h on h.huishouden_id = r.huishouden_id
  cross join parameter p
),

schending as (
  select rang from feiten where in_aanmerking <> (redenen = '') or reden_niet <> substr(redenen, 2)
)

select * from schending
