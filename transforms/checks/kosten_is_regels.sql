/*
name: kosten_is_regels
doc: >
  Every amount and number of lines in the mart kosten is what its source lines add up to, by household, window, domein, payer and
  grondslag, onbekend included, and none is missing: added up from the lines at once, where the mart has them from sums per person.
  Those sums are held to the lines per kind of extract; and the windows to the months of uitloop, which cuts every line again.
grain: [huishouden_id, venster, domein, betaler, grondslag]
reads: [kosten, huishouden, kosten_deel, kosten_persoon, uitloop, parameter]
columns:
  - huishouden_id tekst: id, onbekend, or alle for the lines of a kind
  - venster tekst: T0, T1 or T2, or alle
  - domein tekst: law; kind of extract where its months differ
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
check:
  severity: fout
  denominator: kosten
  sentence: "{n} sommen van kosten zijn niet die van de bronregels ({d} kostenrijen)"
  reason: a figure has to be traceable to its source lines, to the cent
*/
with

kosten as (
  select * from kosten
),

huishouden as (
  select * from huishouden
),

kosten_deel as (
  select * from kosten_deel
),

kosten_persoon as (
  select * from kosten_persoon
),

uitloop as (
  select * from uitloop
),

parameter as (
  select * from parameter
),

per_huishouden as (
  select
    huishouden, kind, domein, betaler, grondslag, sum(bedrag_ct) as ct, sum(t0_ct) as t0_ct, sum(t1_ct) as t1_ct, sum(t2_ct) as t2_ct,
    sum(t3_ct) as t3_ct, sum(buiten_ct) as buiten_ct, sum(case when t0_dagen > 0 then 1 else 0 end) as t0_regels,
    sum(case when t1_dagen > 0 then 1 else 0 end) as t1_regels, sum(case when t2_dagen > 0 then 1 else 0 end) as t2_regels
  from kosten_deel
  group by huishouden, kind, domein, betaler, grondslag
),

gekanteld as (
  select id_tekst('h', huishouden) as huishouden_id, 'T0' as venster, domein, betaler, grondslag, t0_ct as ct, t0_regels as regels
  from per_huishouden
  where t0_regels > 0
  union all
  select id_tekst('h', huishouden), 'T1', domein, betaler, grondslag, t1_ct, t1_regels from per_huishouden where t1_regels > 0
  union all
  select id_tekst('h', huishouden), 'T2', domein, betaler, grondslag, t2_ct, t2_regels from per_huishouden where t2_regels > 0
),

bron as (
  select g.huishouden_id, g.venster, g.domein, g.betaler, g.grondslag, sum(g.ct) as ct, sum(g.regels) as regels
  from gekanteld g
  left join huishouden h on h.huishouden_id = g.huishouden_id
  where h.huishouden_id is not null or g.huishouden_id = 'onbekend'
  group by g.huishouden_id, g.venster, g.domein, g.betaler, g.grondslag
),

per_kind_regels as (
  select
    kind, domein, betaler, grondslag, sum(ct) as ct, sum(t0_ct) as t0_ct, sum(t1_ct) as t1_ct, sum(t2_ct) as t2_ct,
    sum(t3_ct) as t3_ct, sum(buiten_ct) as buiten_ct
  from per_huishouden
  group by kind, domein, betaler, grondslag
),

per_kind_personen as (
  select
    kind, domein, betaler, grondslag, sum(bedrag_ct) as ct, sum(t0_ct) as t0_ct, sum(t1_ct) as t1_ct, sum(t2_ct) as t2_ct,
    sum(t3_ct) as t3_ct, sum(buiten_ct) as buiten_ct
  from kosten_persoon
  group by kind, domein, betaler, grondslag
),

per_kind_vensters as (
  select kind, sum(t0_ct) as t0_ct, sum(t1_ct) as t1_ct, sum(t2_ct) as t2_ct
  from per_kind_regels
  where grondslag = 'gedeclareerd'
  group by kind
),

per_kind_maanden as (
  select
    u.kind, sum(case when u.productmaand >= p.t0_van then u.debet_ct - u.credit_ct else 0 end) as t0_ct,
    sum(case when u.productmaand >= p.t1_van and u.productmaand < p.t0_van then u.debet_ct - u.credit_ct else 0 end) as t1_ct,
    sum(case when u.productmaand >= p.t2_van and u.productmaand < p.t1_van then u.debet_ct - u.credit_ct else 0 end) as t2_ct
  from uitloop u
  cross join parameter p
  group by u.kind
),

schending as (
  select
    coalesce(k.huishouden_id, b.huishouden_id) as huishouden_id, coalesce(k.venster, b.venster) as venster,
    coalesce(k.domein, b.domein) as domein, coalesce(k.betaler, b.betaler) as betaler,
    coalesce(k.grondslag, b.grondslag) as grondslag
  from kosten k
  full outer join bron b
    on b.huishouden_id = k.huishouden_id and b.venster = k.venster and b.domein = k.domein and b.betaler = k.betaler
    and b.grondslag = k.grondslag
  where k.huishouden_id is null or b.huishouden_id is null or k.bedrag_ct <> b.ct or k.regels <> b.regels
  union all
  select 'alle', 'alle', coalesce(r.domein, p.domein), coalesce(r.betaler, p.betaler), coalesce(r.grondslag, p.grondslag)
  from per_kind_regels r
  full outer join per_kind_personen p
    on p.kind = r.kind and p.domein = r.domein and p.betaler = r.betaler and p.grondslag = r.grondslag
  where r.kind is null or p.kind is null or r.ct <> p.ct or r.t0_ct <> p.t0_ct or r.t1_ct <> p.t1_ct or r.t2_ct <> p.t2_ct
    or r.t3_ct <> p.t3_ct or r.buiten_ct <> p.buiten_ct
  union all
  select 'alle', 'alle', coalesce(v.kind, m.kind), cast(null as varchar), 'gedeclareerd'
  from per_kind_vensters v
  full outer join per_kind_maanden m on m.kind = v.kind
  where coalesce(v.t0_ct, 0) <> coalesce(m.t0_ct, 0) or coalesce(v.t1_ct, 0) <> coalesce(m.t1_ct, 0)
    or coalesce(v.t2_ct, 0) <> coalesce(m.t2_ct, 0)
)

select * from schending
