/*
name: kosten_persoon
doc: >
  Cost per person and kind of cost, windows as columns, by day with cumulative rounding (methods 3); the source lines are read
  here once, for the household at P and for the households of the years before. t3_ct is part of buiten_ct: T3 is no window of a
  run, and serves the expected cost only.
grain: [persoon, kind, domein]
reads: [kosten_deel]
columns:
  - persoon persoon: key
  - huishouden huishouden: household at P, -1 when the person is in none
  - kind tekst: kind of extract
  - domein tekst: law
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
  - bedrag_ct ct: whole amounts
  - t0_ct ct: part in T0
  - t1_ct ct: part in T1
  - t2_ct ct: part in T2
  - t3_ct ct: part in the year before T2
  - buiten_ct ct: part outside the windows
  - voor_ct ct: of buiten_ct, the part before T2
  - na_ct ct: of buiten_ct, the part after T0
  - t0_regels aantal: lines with days in T0
  - t1_regels aantal: lines with days in T1
  - t2_regels aantal: lines with days in T2
  - bron_regels aantal: source lines, a split one counted once
*/
with

kosten_deel as (
  select * from kosten_deel
),

per_persoon as (
  select
    persoon, huishouden, kind, domein, betaler, grondslag,
    cast(sum(bedrag_ct) as bigint) as bedrag_ct,
    cast(sum(t0_ct) as bigint) as t0_ct,
    cast(sum(t1_ct) as bigint) as t1_ct,
    cast(sum(t2_ct) as bigint) as t2_ct,
    cast(sum(t3_ct) as bigint) as t3_ct,
    cast(sum(buiten_ct) as bigint) as buiten_ct,
    cast(sum(voor_ct) as bigint) as voor_ct,
    cast(sum(na_ct) as bigint) as na_ct,
    cast(sum(case when t0_dagen > 0 then 1 else 0 end) as bigint) as t0_regels,
    cast(sum(case when t1_dagen > 0 then 1 else 0 end) as bigint) as t1_regels,
    cast(sum(case when t2_dagen > 0 then 1 else 0 end) as bigint) as t2_regels,
    cast(sum(bron_regels) as bigint) as bron_regels
  from kosten_deel
  group by persoon, huishouden, kind, domein, betaler, grondslag
)

select * from per_persoon
