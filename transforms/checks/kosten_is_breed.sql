/*
name: kosten_is_breed
doc: Per household and window the mart kosten holds what the source lines of its persons add up to, onbekend included.
grain: [huishouden_id, venster]
reads: [kosten, kosten_persoon, huishouden_stand]
columns:
  - huishouden_id tekst: id, or onbekend
  - venster tekst: T0, T1 or T2
check:
  severity: fout
  denominator: kosten
  sentence: "{n} sommen van kosten zijn niet die van de bronregels ({d} kostenrijen)"
  reason: the mart is summed up twice, once per person and once per household, and both have to agree to the cent
*/
with

getoond as (
  select k.huishouden, k.t0_ct, k.t1_ct, k.t2_ct
  from kosten_persoon k
  left join huishouden_stand h on h.huishouden = k.huishouden
  where coalesce(h.getoond, true)
),

bron as (
  select id_tekst('h', huishouden) as huishouden_id, 'T0' as venster, t0_ct as ct from getoond
  union all
  select id_tekst('h', huishouden), 'T1', t1_ct from getoond
  union all
  select id_tekst('h', huishouden), 'T2', t2_ct from getoond
),

bron_som as (
  select huishouden_id, venster, sum(ct) as ct from bron group by huishouden_id, venster
),

mart_som as (
  select huishouden_id, venster, sum(bedrag_ct) as ct from kosten group by huishouden_id, venster
)

select coalesce(b.huishouden_id, m.huishouden_id) as huishouden_id, coalesce(b.venster, m.venster) as venster
from bron_som b
full outer join mart_som m on m.huishouden_id = b.huishouden_id and m.venster = b.venster
where coalesce(b.ct, 0) <> coalesce(m.ct, 0)
