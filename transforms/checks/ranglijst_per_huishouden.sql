/*
name: ranglijst_per_huishouden
doc: Every amount of a household in the ranking is the sum of its rows in the mart kosten.
grain: [huishouden_id]
reads: [ranglijst, kosten]
columns:
  - huishouden_id tekst: id
check:
  severity: fout
  denominator: ranglijst
  sentence: "bij {n} van {d} huishoudens is een bedrag op de ranglijst niet de som van de kosten"
  reason: totals that agree can hide that a cent went from one household to another
*/
with

ranglijst as (
  select * from ranglijst
),

kosten as (
  select * from kosten
),

som as (
  select
    huishouden_id,
    sum(case when grondslag = 'gedeclareerd' and venster = 'T0' then bedrag_ct else 0 end) as t0_ct,
    sum(case when grondslag = 'gedeclareerd' and venster = 'T1' then bedrag_ct else 0 end) as t1_ct,
    sum(case when grondslag = 'gedeclareerd' and venster = 'T2' then bedrag_ct else 0 end) as t2_ct,
    sum(case when grondslag = 'gedeclareerd' and venster = 'T0' and domein = 'wmo' then bedrag_ct else 0 end) as wmo_ct,
    sum(case when grondslag = 'gedeclareerd' and venster = 'T0' and domein = 'jeugd' then bedrag_ct else 0 end) as jeugd_ct,
    sum(case when grondslag = 'gedeclareerd' and venster = 'T0' and domein = 'participatie' then bedrag_ct else 0 end)
      as participatie_ct,
    sum(case when grondslag = 'gedeclareerd' and venster = 'T0' and domein = 'zvw' then bedrag_ct else 0 end) as zvw_ct,
    sum(case when grondslag = 'geprijsd' and venster = 'T0' then bedrag_ct else 0 end) as geprijsd_ct
  from kosten
  group by huishouden_id
),

schending as (
  select r.huishouden_id
  from ranglijst r
  left join som s on s.huishouden_id = r.huishouden_id
  where r.kosten_t0_ct <> coalesce(s.t0_ct, 0) or r.kosten_t1_ct <> coalesce(s.t1_ct, 0)
    or r.kosten_t2_ct <> coalesce(s.t2_ct, 0) or r.kosten_wmo_ct <> coalesce(s.wmo_ct, 0)
    or r.kosten_jeugd_ct <> coalesce(s.jeugd_ct, 0) or r.kosten_participatie_ct <> coalesce(s.participatie_ct, 0)
    or r.kosten_zvw_ct <> coalesce(s.zvw_ct, 0) or r.geprijsd_t0_ct <> coalesce(s.geprijsd_ct, 0)
)

select * from schending
