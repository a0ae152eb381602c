/*
name: spoor_fraudefuik
doc: >
  The households behind mart fraudefuik, and the lines of their claims.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [fraudefuik_stand, vordering_regel, lid]
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

fraudefuik_stand as (
  select * from fraudefuik_stand
),

vordering_regel as (
  select * from vordering_regel
),

lid as (
  select * from lid
),

vorderingen as (
  select l.huishouden, v.levering, v.regel, v.open_ct
  from vordering_regel v
  join lid l on l.persoon = v.persoon
),

sporen as (
  select
    groep as sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as
    regel, id_tekst('h', huishouden) as lid, cast(1 as bigint) as deel
  from fraudefuik_stand
  union all
  select
    groep, case stand when 'met' then 'met_vordering' when 'zonder' then 'zonder_vordering' else stand end, cast(null as varchar),
    cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden), cast(1 as bigint)
  from fraudefuik_stand
  union all
  select
    f.groep, 'vorderingen', 'participatie_vordering', v.levering, v.regel, cast(null as varchar), cast(1 as bigint)
  from fraudefuik_stand f
  join vorderingen v on v.huishouden = f.huishouden
  union all
  select
    f.groep, 'open_ct', 'participatie_vordering', v.levering, v.regel, cast(null as varchar), v.open_ct
  from fraudefuik_stand f
  join vorderingen v on v.huishouden = f.huishouden
)

select * from sporen
