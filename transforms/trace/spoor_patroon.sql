/*
name: spoor_patroon
doc: >
  The households behind mart patroon, by what shows and what is known of each at P, and the lines of their cost.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [patroon, ingredient, huishouden_masker, huishouden_stand, kosten_regel]
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

patroon as (
  select * from patroon
),

ingredient as (
  select * from ingredient
),

huishouden_masker as (
  select * from huishouden_masker
),

huishouden_stand as (
  select * from huishouden_stand
),

kosten_regel as (
  select * from kosten_regel
),

alleen_sterk as (
  select coalesce(bitwise_or_agg(case when minimum = 'sterk' then bit end), cast(0 as bigint)) as bits from ingredient
),

stand as (
  select m.huishouden, bitwise_or(bitwise_and(m.nu_te_zien, bitwise_not(a.bits)), m.nu_sterk) as te_zien, m.nu_bekend as bekend
  from huishouden_masker m
  cross join alleen_sterk a
  join huishouden_stand h on h.huishouden = m.huishouden
  where m.getoond
),

combinaties as (
  select p.combinatie, bitwise_or_agg(i.bit) as bits
  from patroon p
  join ingredient i on concat('+', p.combinatie, '+') like concat('%+', i.ingredient, '+%')
  group by p.combinatie
),

paren as (
  select
    c.combinatie as sleutel, s.huishouden, bitwise_and(s.te_zien, c.bits) = c.bits as alle,
    bitwise_and(bitwise_and(c.bits, bitwise_not(s.te_zien)), s.bekend) <> 0 as afwezig, bitwise_and(s.bekend, c.bits) = c.bits as bekend
  from combinaties c
  cross join stand s
),

sporen as (
  select
    sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel,
    id_tekst('h', huishouden) as lid, cast(1 as bigint) as deel
  from paren
  where alle
  union all
  select
    sleutel, 'niet_te_beoordelen', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden),
    cast(1 as bigint)
  from paren
  where not alle and not afwezig
  union all
  select
    sleutel, 'beoordeeld', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden), cast(1 as
    bigint)
  from paren
  where bekend
  union all
  select
    sleutel, 'waargenomen', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden), cast(1 as
    bigint)
  from paren
  where bekend and alle
  union all
  select
    p.sleutel, 'kosten_t0_ct', k.kind, k.levering, k.regel, cast(null as varchar), k.deel_ct
  from paren p
  join kosten_regel k on k.huishouden = p.huishouden
  where p.alle and k.venster = 'T0' and k.grondslag = 'gedeclareerd'
)

select * from sporen
