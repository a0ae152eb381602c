/*
name: ranglijst_bereik
doc: >
  Numbers and shares of the ranking are within what they can be, and shares are those of the amounts beside them: aandeel_zvw
  empty at or below 0, the last cum_aandeel 1 (rules 26, 29).
grain: [rang]
reads: [ranglijst, parameter]
columns:
  - rang aantal: place
check:
  severity: fout
  denominator: ranglijst
  sentence: "bij {n} van {d} huishoudens ligt een aantal of aandeel van de ranglijst buiten wat kan"
  reason: a share that is not that of its amounts, or a number that cannot be, is a defect
*/
with

ranglijst as (
  select * from ranglijst
),

parameter as (
  select * from parameter
),

laatste as (
  select max(rang) as rang, sum(kosten_t0_ct) as ct from ranglijst
),

netto as (
  select
    r.*,
    case when r.kosten_wmo_ct > 0 then 1 else 0 end + case when r.kosten_jeugd_ct > 0 then 1 else 0 end
      + case when r.kosten_participatie_ct > 0 then 1 else 0 end + case when r.kosten_zvw_ct > 0 then 1 else 0 end
      + case when r.geprijsd_schuldhulp_ct > 0 then 1 else 0 end as domeinen_nu,
    case when r.kosten_t0_ct >= p.drempel_ct then 1 else 0 end + case when r.kosten_t1_ct >= p.drempel_ct then 1 else 0 end
      + case when r.kosten_t2_ct >= p.drempel_ct then 1 else 0 end as jaren_nu
  from ranglijst r
  cross join parameter p
),

schending as (
  select n.rang
  from netto n
  cross join laatste l
  where n.domeinen <> n.domeinen_nu or n.jaren_boven_drempel <> n.jaren_nu or n.voorzieningen < 0 or n.aanbieders < 0
    or (n.aandeel_zvw is null) <> (n.kosten_t0_ct <= 0)
    or coalesce(n.aandeel_zvw <> cast(n.kosten_zvw_ct as double) / nullif(n.kosten_t0_ct, 0), false)
    or (n.cum_aandeel is null) <> (l.ct = 0)
    or coalesce(n.rang = l.rang and n.cum_aandeel <> cast(1 as double), false)
)

select * from schending
