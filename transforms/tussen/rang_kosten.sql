/*
name: rang_kosten
doc: Cost of each household at P as the ranking shows it, by window and domein, declared and priced apart (methods 4, rules 14, 26).
grain: [huishouden]
reads: [kosten_breed]
view: true
columns:
  - huishouden huishouden: household at P
  - t0_ct ct: declared cost in T0
  - t1_ct ct: in T1
  - t2_ct ct: in T2
  - wmo_ct ct: of which Wmo, in T0
  - jeugd_ct ct: of which Jeugd
  - participatie_ct ct: of which Participatie
  - zvw_ct ct: of which Zvw
  - geprijsd_schuldhulp_ct ct: priced debt relief in T0
  - geprijsd_ct ct: priced in T0
  - domeinen aantal: domeinen with cost above 0, of either grondslag
*/
with

kosten_breed as (
  select * from kosten_breed
),

-- by domein first: of one that several kinds are cost of, the net amount decides whether it counts
per_domein as (
  select
    huishouden, grondslag, domein, sum(t0_ct) as t0_ct, sum(t1_ct) as t1_ct, sum(t2_ct) as t2_ct
  from kosten_breed
  where huishouden <> -1
  group by huishouden, grondslag, domein
),

per_huishouden as (
  select
    huishouden,
    cast(sum(case when grondslag = 'gedeclareerd' then t0_ct else 0 end) as bigint) as t0_ct,
    cast(sum(case when grondslag = 'gedeclareerd' then t1_ct else 0 end) as bigint) as t1_ct,
    cast(sum(case when grondslag = 'gedeclareerd' then t2_ct else 0 end) as bigint) as t2_ct,
    cast(sum(case when grondslag = 'gedeclareerd' and domein = 'wmo' then t0_ct else 0 end) as bigint) as wmo_ct,
    cast(sum(case when grondslag = 'gedeclareerd' and domein = 'jeugd' then t0_ct else 0 end) as bigint) as jeugd_ct,
    cast(sum(case when grondslag = 'gedeclareerd' and domein = 'participatie' then t0_ct else 0 end) as bigint) as participatie_ct,
    cast(sum(case when grondslag = 'gedeclareerd' and domein = 'zvw' then t0_ct else 0 end) as bigint) as zvw_ct,
    cast(sum(case when grondslag = 'geprijsd' and domein = 'schuldhulp' then t0_ct else 0 end) as bigint) as geprijsd_schuldhulp_ct,
    cast(sum(case when grondslag = 'geprijsd' then t0_ct else 0 end) as bigint) as geprijsd_ct,
    count(distinct case when t0_ct > 0 then domein end) as domeinen
  from per_domein
  group by huishouden
)

select * from per_huishouden
