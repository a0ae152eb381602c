/*
name: spoor_verwacht_cel
doc: >
  The households at the end of T1 behind mart verwacht_cel, and the lines of their cost in T0. A band that is too small for itself is taken
  together with the next, and then has the rows of both.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [verwachting, huishouden_toen, lid_toen, kosten_deel]
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

verwachting as (
  select * from verwachting
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

cellen as (
  select v.band, v.jaren, v.kinderen, h.huishouden
  from verwachting v
  join huishouden_toen h on h.peil = 1 and h.band = v.band
    and (v.jaren = 'alle' or v.jaren = cast(h.jaren as varchar))
    and (v.kinderen = 'alle' or v.kinderen = case when h.kinderen then 'ja' else 'nee' end)
  where h.volgend_ct is not null
),

-- declared cost of the persons of each household then, wherever they lived
kosten as (
  select l.huishouden, k.kind, k.levering, k.regel, k.t0_ct
  from lid_toen l
  join kosten_deel k on k.persoon = l.persoon
  where l.peil = 1 and k.grondslag = 'gedeclareerd' and k.t0_dagen > 0
),

sporen as (
  select
    concat(c.band, '/', c.jaren, '/', c.kinderen) as sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as
    bigint) as levering, cast(null as bigint) as regel, id_tekst('h', c.huishouden) as lid, cast(1 as bigint) as deel
  from cellen c
  union all
  select
    concat(c.band, '/', c.jaren, '/', c.kinderen), 'som_ct', k.kind, k.levering, k.regel, cast(null as varchar), k.t0_ct
  from cellen c
  join kosten k on k.huishouden = c.huishouden
)

select * from sporen
