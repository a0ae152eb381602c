/*
name: spoor_eerlijkheid
doc: >
  The households of each group behind mart eerlijkheid, and the lines of what those of the back-test came to.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [rang, groep_toen, verwacht, parameter, huishouden_toen, lid_toen, kosten_deel]
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

rang as (
  select * from rang
),

groep_toen as (
  select * from groep_toen
),

verwacht as (
  select * from verwacht
),

parameter as (
  select * from parameter
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

volgorde as (
  select huishouden, in_aanmerking, row_number() over (partition by in_aanmerking order by rang) as volgnr from rang
),

nu as (
  select concat(g.kenmerk, '/', g.groep) as sleutel, r.huishouden, r.in_aanmerking, r.in_aanmerking and r.volgnr <= p.selectie_aantal as geselecteerd
  from volgorde r
  join groep_toen g on g.peil = 0 and g.huishouden = r.huishouden
  cross join parameter p
),

toen as (
  select concat(g.kenmerk, '/', g.groep) as sleutel, h.huishouden
  from huishouden_toen h
  join verwacht v on v.peil = h.peil and v.huishouden = h.huishouden
  join groep_toen g on g.peil = h.peil and g.huishouden = h.huishouden
  where h.peil = 2 and h.volgend_ct is not null
),

kosten as (
  select l.huishouden, k.kind, k.levering, k.regel, k.t1_ct
  from lid_toen l
  join kosten_deel k on k.persoon = l.persoon
  where l.peil = 2 and k.grondslag = 'gedeclareerd' and k.t1_dagen > 0
),

sporen as (
  select
    sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel,
    id_tekst('h', huishouden) as lid, cast(1 as bigint) as deel
  from nu
  union all
  select
    sleutel, 'in_aanmerking', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden), cast(1 as
    bigint)
  from nu
  where in_aanmerking
  union all
  select
    sleutel, 'geselecteerd', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden), cast(1 as
    bigint)
  from nu
  where geselecteerd
  union all
  select
    sleutel, 'getoetst', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden), cast(1 as
    bigint)
  from toen
  union all
  select
    t.sleutel, 'werkelijk_ct', k.kind, k.levering, k.regel, cast(null as varchar), k.t1_ct
  from toen t
  join kosten k on k.huishouden = t.huishouden
)

select * from sporen
