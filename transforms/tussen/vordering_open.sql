/*
name: vordering_open
doc: >
  Households that are shown with a claim of the gemeente for what was paid and should not have been, or a fine, of which something is left
  to pay on P (BDFS: the grounds of the ingredient terugvordering, and no status that says that it is paid or given up). Of a claim the newest
  line counts.
grain: [huishouden]
reads: [stg_vordering, code_ingredient, lid, huishouden_stand, levering_stand, parameter]
columns:
  - huishouden huishouden: household at P
  - vorderingen aantal: claims
  - open_ct ct: left to pay, the claim less what was paid off
*/
with

stg_vordering as (
  select * from stg_vordering
),

code_ingredient as (
  select * from code_ingredient
),

lid as (
  select * from lid
),

huishouden_stand as (
  select * from huishouden_stand
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
  select g.persoon, g.bedrag_ct - coalesce(g.afgelost_ct, 0) as open_ct
  from genummerd g
  join gronden c on c.code = g.ontstaansgrond
  cross join parameter p
  where g.nr = 1 and g.ontstaansdatum <= p.peildatum and (g.status is null or g.status not in ('53', '54'))
    and g.bedrag_ct > coalesce(g.afgelost_ct, 0)
),

huishoudens as (
  select l.huishouden, count(*) as vorderingen, cast(sum(v.open_ct) as bigint) as open_ct
  from vorderingen v
  join lid l on l.persoon = v.persoon
  join huishouden_stand h on h.huishouden = l.huishouden and h.getoond
  group by l.huishouden
)

select * from huishoudens
