/*
name: kosten_is_regels
doc: >
  Every amount and number of lines in the mart kosten is what its source lines add up to, by household, window, domein, payer and
  grondslag, onbekend included, and none is missing. Lines are added up per person before, and that sum per kind of extract is
  held to the lines themselves.
grain: [huishouden_id, venster, domein, betaler, grondslag]
reads: [kosten, kosten_persoon, kosten_deel, huishouden_stand]
columns:
  - huishouden_id tekst: id, onbekend, or alle for the lines of a kind
  - venster tekst: T0, T1 or T2, or alle
  - domein tekst: law
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

kosten_persoon as (
  select * from kosten_persoon
),

kosten_deel as (
  select * from kosten_deel
),

huishouden_stand as (
  select * from huishouden_stand
),

breed as (
  select
    k.huishouden, k.domein, k.betaler, k.grondslag, sum(k.t0_ct) as t0_ct, sum(k.t1_ct) as t1_ct, sum(k.t2_ct) as t2_ct,
    sum(k.t0_regels) as t0_regels, sum(k.t1_regels) as t1_regels, sum(k.t2_regels) as t2_regels
  from kosten_persoon k
  left join huishouden_stand h on h.huishouden = k.huishouden
  where coalesce(h.getoond, true)
  group by k.huishouden, k.domein, k.betaler, k.grondslag
),

bron as (
  select id_tekst('h', huishouden) as huishouden_id, 'T0' as venster, domein, betaler, grondslag, t0_ct as ct, t0_regels as regels
  from breed
  where t0_regels > 0
  union all
  select id_tekst('h', huishouden), 'T1', domein, betaler, grondslag, t1_ct, t1_regels from breed where t1_regels > 0
  union all
  select id_tekst('h', huishouden), 'T2', domein, betaler, grondslag, t2_ct, t2_regels from breed where t2_regels > 0
),

per_kind_regels as (
  select
    kind, domein, betaler, grondslag, sum(bedrag_ct) as ct, sum(t0_ct) as t0_ct, sum(t1_ct) as t1_ct, sum(t2_ct) as t2_ct,
    sum(buiten_ct) as buiten_ct
  from kosten_deel
  group by kind, domein, betaler, grondslag
),

per_kind_personen as (
  select
    kind, domein, betaler, grondslag, sum(bedrag_ct) as ct, sum(t0_ct) as t0_ct, sum(t1_ct) as t1_ct, sum(t2_ct) as t2_ct,
    sum(buiten_ct) as buiten_ct
  from kosten_persoon
  group by kind, domein, betaler, grondslag
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
    or r.buiten_ct <> p.buiten_ct
)

select * from schending
