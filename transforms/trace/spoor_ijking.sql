/*
name: spoor_ijking
doc: >
  The households of the back-test behind mart ijking, and the lines of their cost.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [verwacht, huishouden_toen, lid_toen, kosten_deel]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

verwacht as (
  select * from verwacht
),

huishouden_toen as (
  select * from huishouden_toen
),

lid_toen as (
  select * from lid_toen
),

kosten_deel as (
  select * from kosten_deel
),

getoetst as (
  select h.band, h.huishouden
  from huishouden_toen h
  join verwacht v on v.peil = h.peil and v.huishouden = h.huishouden
  where h.peil = 2 and h.volgend_ct is not null
),

-- declared cost of the persons of each household then, wherever they lived
kosten as (
  select l.huishouden, k.kind, k.levering, k.regel, k.t1_ct, k.t2_ct
  from lid_toen l
  join kosten_deel k on k.persoon = l.persoon
  where l.peil = 2 and k.grondslag = 'gedeclareerd'
),

sporen as (
  select
    band as sleutel, 'n' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel,
    id_tekst('h', huishouden) as lid, cast(1 as bigint) as deel
  from getoetst
  union all
  select
    g.band, 'werkelijk_ct', k.kind, k.levering, k.regel, cast(null as varchar), k.t1_ct
  from getoetst g
  join kosten k on k.huishouden = g.huishouden
  union all
  select
    g.band, 'vorig_ct', k.kind, k.levering, k.regel, cast(null as varchar), k.t2_ct
  from getoetst g
  join kosten k on k.huishouden = g.huishouden
)

select * from sporen
