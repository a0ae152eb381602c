/*
name: ranglijst_bereik
doc: >
  Numbers and shares of the ranking are within what they can be, and are those of the household's rows in the mart kosten: domeinen with
  cost above 0, windows at or above the threshold, aandeel_zvw, empty at or below 0; cum_aandeel is what the households after it leave,
  and of the last 1 (rules 26, 29).
grain: [rang]
reads: [ranglijst, kosten, parameter]
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

kosten as (
  select * from kosten
),

parameter as (
  select * from parameter
),

soorten as (
  select huishouden_id, venster, domein, grondslag, sum(bedrag_ct) as ct from kosten group by huishouden_id, venster, domein, grondslag
),

vensters as (
  select
    huishouden_id, venster, count(distinct case when ct > 0 then domein end) as domeinen,
    sum(case when grondslag = 'gedeclareerd' then ct else 0 end) as ct,
    sum(case when grondslag = 'gedeclareerd' and domein = 'zvw' then ct else 0 end) as zvw_ct
  from soorten
  group by huishouden_id, venster
),

-- a window without rows is below any threshold
bedragen as (
  select
    v.huishouden_id, sum(case when v.ct >= p.drempel_ct then 1 else 0 end) as jaren,
    max(case when v.venster = 'T0' then v.domeinen else 0 end) as domeinen, sum(case when v.venster = 'T0' then v.ct else 0 end) as ct,
    sum(case when v.venster = 'T0' then v.zvw_ct else 0 end) as zvw_ct
  from vensters v
  cross join parameter p
  group by v.huishouden_id
),

rest as (
  select
    *, sum(kosten_t0_ct) over (order by rang desc rows between unbounded preceding and current row) - kosten_t0_ct as na_ct,
    sum(kosten_t0_ct) over () as totaal_ct, rang = max(rang) over () as laatste
  from ranglijst
),

schending as (
  select r.rang
  from rest r
  left join bedragen b on b.huishouden_id = r.huishouden_id
  where r.domeinen <> coalesce(b.domeinen, 0) or r.jaren_boven_drempel <> coalesce(b.jaren, 0)
    or r.voorzieningen < 0 or r.aanbieders < 0
    or (r.aandeel_zvw is null) <> (coalesce(b.ct, 0) <= 0) or coalesce(abs(r.aandeel_zvw * cast(b.ct as double) - b.zvw_ct) > 0.01, false)
    or (r.cum_aandeel is null) <> (r.totaal_ct = 0) or coalesce(r.laatste and r.cum_aandeel <> cast(1 as double), false)
    or coalesce(abs(r.cum_aandeel * cast(r.totaal_ct as double) + r.na_ct - r.totaal_ct) > 0.01, false)
)

select * from schending
