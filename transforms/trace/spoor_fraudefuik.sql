/*
name: spoor_fraudefuik
doc: >
  The households behind mart fraudefuik, and the lines of their claims.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [fraudefuik_stand, stg_vordering, code_ingredient, lid, levering_stand, parameter]
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

stg_vordering as (
  select * from stg_vordering
),

code_ingredient as (
  select * from code_ingredient
),

lid as (
  select * from lid
),

levering_stand as (
  select * from levering_stand
),

parameter as (
  select * from parameter
),

gronden as (
  select distinct code
  from code_ingredient
  where kind = 'participatie_vordering' and kolom = 'ontstaansgrond' and ingredient = 'terugvordering'
),

genummerd as (
  select
    v.*, row_number() over (
      partition by v.gemeentecode, v.vordering_nummer order by l.volgnr desc, v.levering desc, v.regel desc) as nr
  from stg_vordering v
  join levering_stand l on l.levering = v.levering and l.kind = 'participatie_vordering' 
),

vorderingen as (
  select l.huishouden, g.levering, g.regel, g.bedrag_ct - coalesce(g.afgelost_ct, 0) as open_ct
  from genummerd g
  join gronden c on c.code = g.ontstaansgrond
  join lid l on l.persoon = g.persoon
  cross join parameter p
  where g.nr = 1 and g.ontstaansdatum <= p.peildatum and (g.status is null or g.status not in ('53', '54'))
    and g.bedrag_ct > coalesce(g.afgelost_ct, 0)
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
