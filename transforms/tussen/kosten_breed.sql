/*
name: kosten_breed
doc: Cost per household and kind of cost, windows as columns; does the work that kosten only turns on its side.
grain: [huishouden, kind, domein]
reads: [kosten_persoon]
columns:
  - huishouden huishouden: household at P, -1 is onbekend
  - kind tekst: kind of extract
  - domein tekst: law
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
  - bedrag_ct ct: whole amounts
  - t0_ct ct: part in T0
  - t1_ct ct: part in T1
  - t2_ct ct: part in T2
  - buiten_ct ct: part outside the windows
  - voor_ct ct: of buiten_ct, the part before T2
  - na_ct ct: of buiten_ct, the part after T0
  - t0_regels aantal: lines with days in T0
  - t1_regels aantal: lines with days in T1
  - t2_regels aantal: lines with days in T2
  - bron_regels aantal: source lines, a split one counted once
*/
with

kosten_persoon as (
  select * from kosten_persoon
),

per_huishouden as (
  select
    huishouden, kind, domein, betaler, grondslag,
    cast(sum(bedrag_ct) as bigint) as bedrag_ct,
    cast(sum(t0_ct) as bigint) as t0_ct,
    cast(sum(t1_ct) as bigint) as t1_ct,
    cast(sum(t2_ct) as bigint) as t2_ct,
    cast(sum(buiten_ct) as bigint) as buiten_ct,
    cast(sum(voor_ct) as bigint) as voor_ct,
    cast(sum(na_ct) as bigint) as na_ct,
    cast(sum(t0_regels) as bigint) as t0_regels,
    cast(sum(t1_regels) as bigint) as t1_regels,
    cast(sum(t2_regels) as bigint) as t2_regels,
    cast(sum(bron_regels) as bigint) as bron_regels
  from kosten_persoon
  group by huishouden, kind, domein, betaler, grondslag
)

select * from per_huishouden
