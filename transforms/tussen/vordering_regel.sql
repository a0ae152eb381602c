/*
name: vordering_regel
doc: >
  Claims of the gemeente for what was paid and should not have been, and fines, of which something is left to pay on P (BDFS: the grounds of the ingredient
  terugvordering, and no status that says that it is paid or given up). Of a claim the newest line counts.
grain: [levering, regel]
reads: [stg_vordering, code_ingredient, levering_stand, parameter]
view: true
columns:
  - persoon persoon: who owes it
  - levering sleutel: delivery
  - regel aantal: physical line
  - open_ct ct: what is left to pay
*/
with

stg_vordering as (
  select * from stg_vordering
),

code_ingredient as (
  select * from code_ingredient
),

levering_stand as (
  select * from levering_stand where kind = 'participatie_vordering'
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
  select g.persoon, g.levering, g.regel, g.bedrag_ct - coalesce(g.afgelost_ct, 0) as open_ct
  from genummerd g
  join gronden c on c.code = g.ontstaansgrond
  cross join parameter p
  where g.nr = 1 and g.ontstaansdatum <= p.peildatum and (g.status is null or g.status not in ('53', '54'))
    and g.bedrag_ct > coalesce(g.afgelost_ct, 0)
)

select * from vorderingen
