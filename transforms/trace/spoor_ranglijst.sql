/*
name: spoor_ranglijst
doc: >
  The lines and members behind mart ranglijst: parts of cost lines, and what is counted of a household.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [rang, kosten_regel, kosten_breed, kosten_deel, voorziening, parameter]
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

kosten_regel as (
  select * from kosten_regel
),

kosten_breed as (
  select * from kosten_breed
),

kosten_deel as (
  select * from kosten_deel
),

voorziening as (
  select * from voorziening
),

parameter as (
  select * from parameter
),

delen as (
  select cast(r.rang as varchar) as sleutel, k.kind, k.levering, k.regel, k.venster, k.domein, k.grondslag, k.deel_ct
  from kosten_regel k
  join rang r on r.huishouden = k.huishouden
),

met_kosten as (
  select r.rang, k.domein
  from kosten_breed k
  join rang r on r.huishouden = k.huishouden
  group by r.rang, k.grondslag, k.domein
  having sum(k.t0_ct) > 0
),

domeinen as (
  select distinct rang, domein from met_kosten
),

lopend as (
  select distinct r.rang, v.sleutel
  from voorziening v
  join rang r on r.huishouden = v.huishouden
  cross join parameter p
  where v.van <= p.peildatum and p.peildatum < v.tot
),

aanbieders as (
  select distinct r.rang, d.aanbieder_agb
  from kosten_deel d
  join rang r on r.huishouden = d.huishouden
  where d.t0_dagen > 0 and d.aanbieder_agb is not null
),

jaren as (
  select r.rang, 'T0' as venster
  from rang r
  join parameter p on r.kosten_t0_ct >= p.drempel_ct
  union all
  select r.rang, 'T1'
  from rang r
  join parameter p on r.kosten_t1_ct >= p.drempel_ct
  union all
  select r.rang, 'T2'
  from rang r
  join parameter p on r.kosten_t2_ct >= p.drempel_ct
),

sporen as (
  select
    sleutel, concat('kosten_', case venster when 'T0' then 't0' when 'T1' then 't1' else 't2' end, '_ct') as kolom, kind, levering,
    regel, cast(null as varchar) as lid, deel_ct as deel
  from delen
  where grondslag = 'gedeclareerd'
  union all
  select
    sleutel, concat('kosten_', domein, '_ct'), kind, levering, regel, cast(null as varchar), deel_ct
  from delen
  where grondslag = 'gedeclareerd' and venster = 'T0'
  union all
  select
    sleutel, 'geprijsd_t0_ct', kind, levering, regel, cast(null as varchar), deel_ct
  from delen
  where grondslag = 'geprijsd' and venster = 'T0'
  union all
  select
    sleutel, concat('geprijsd_', domein, '_ct'), kind, levering, regel, cast(null as varchar), deel_ct
  from delen
  where grondslag = 'geprijsd' and venster = 'T0'
  union all
  select
    cast(rang as varchar), 'domeinen', cast(null as varchar), cast(null as bigint), cast(null as bigint), domein, cast(1 as bigint)
  from domeinen
  union all
  select
    cast(rang as varchar), 'voorzieningen', cast(null as varchar), cast(null as bigint), cast(null as bigint), sleutel, cast(1 as
    bigint)
  from lopend
  union all
  select
    cast(rang as varchar), 'aanbieders', cast(null as varchar), cast(null as bigint), cast(null as bigint), aanbieder_agb, cast(1 as
    bigint)
  from aanbieders
  union all
  select
    cast(rang as varchar), 'jaren_boven_drempel', cast(null as varchar), cast(null as bigint), cast(null as bigint), venster, cast(1
    as bigint)
  from jaren
)

select * from sporen
