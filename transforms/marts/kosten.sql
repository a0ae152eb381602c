/*
name: kosten
doc: >
  Cost per household at P, window, domein and payer (methods 3); declared and priced never in one row. Persons without a
  household at P stand under onbekend. Rows without lines in a window are left out.
level: rij
grain: [huishouden_id, venster, domein, betaler, grondslag]
reads: [kosten_breed, huishouden_stand]
columns:
  - huishouden_id huishouden: household at P, or onbekend
  - venster tekst: T0, T1 or T2
  - domein tekst: wmo, jeugd, participatie, schuldhulp or zvw
  - betaler tekst: gemeente_wmo, gemeente_jeugd, gemeente_participatie, gemeente_schuldhulp or zorgverzekeraar
  - grondslag tekst: gedeclareerd or geprijsd
  - bedrag_ct ct: part of the lines that falls in the window
  - regels aantal: parts of lines with days in the window
figures:
  bedrag_ct: som, som van de delen van de regels die in het venster vallen
  regels: telling, delen van regels met dagen in het venster
*/
with

kosten_breed as (
  select * from kosten_breed
),

huishouden_stand as (
  select * from huishouden_stand
),

getoond as (
  select k.*
  from kosten_breed k
  left join huishouden_stand h on h.huishouden = k.huishouden
  where coalesce(h.getoond, true)
),

gekanteld as (
  select huishouden, 'T0' as venster, domein, betaler, grondslag, t0_ct as bedrag_ct, t0_regels as regels from getoond
  union all
  select huishouden, 'T1', domein, betaler, grondslag, t1_ct, t1_regels from getoond
  union all
  select huishouden, 'T2', domein, betaler, grondslag, t2_ct, t2_regels from getoond
),

sommen as (
  select
    huishouden as huishouden_id, venster, domein, betaler, grondslag, cast(sum(bedrag_ct) as bigint) as bedrag_ct,
    cast(sum(regels) as bigint) as regels
  from gekanteld
  where regels > 0
  group by huishouden, venster, domein, betaler, grondslag
)

select * from sommen
