/*
name: koppel_persoon
doc: >
  The persons of lines that count with a day in the windows, and where lines have a gemeente, of one of the run; and whether they are found in huishouden at
  any time (rules 63), of huishouden itself with a spell at P.
grain: [kind, gemeentecode, levering, persoon]
reads: [geldig_regel, kind_feit, stg_huishouden, gemeente_run, parameter]
parts: kind
columns:
  - kind tekst: kind of extract
  - gemeentecode tekst?: gemeente of the lines; empty where they have none
  - levering sleutel: delivery
  - persoon persoon: person
  - gevonden vlag: found; of a person the same in all lines of a kind
*/
with

geldig_regel as (
  select * from geldig_regel
),

kind_feit as (
  select * from kind_feit
),

stg_huishouden as (
  select * from stg_huishouden
),

gemeente_run as (
  select * from gemeente_run
),

parameter as (
  select * from parameter
),

woont as (
  select
    h.persoon, max(case when not h.dubbel and h.van <= p.peildatum and p.peildatum < h.tot then 1 else 0 end) as op_p
  from stg_huishouden h
  cross join parameter p
  group by h.persoon
),

-- numbers stand for kind and gemeente while persons are told apart: an engine whose memory is small puts groups of numbers on disk, and of text hardly
soorten as (
  select kind, row_number() over (order by kind) as soort from kind_feit where persoon
),

gemeenten as (
  select gemeentecode, row_number() over (order by gemeentecode) as gemeente from gemeente_run
),

regels as (
  select distinct f.soort, g.gemeente, r.levering, r.persoon
  from geldig_regel r
  join soorten f on f.kind = r.kind
  left join gemeenten g on g.gemeentecode = r.gemeentecode
  cross join parameter p
  where r.tijd_van < p.tot and (r.tijd_tot is null or r.tijd_tot > p.t2_van)
    and (r.gemeentecode is null or g.gemeentecode is not null)
),

personen as (
  select
    f.kind, g.gemeentecode, r.levering, r.persoon, w.persoon is not null and (f.kind <> 'huishouden' or w.op_p = 1) as gevonden
  from regels r
  join soorten f on f.soort = r.soort
  left join gemeenten g on g.gemeente = r.gemeente
  left join woont w on w.persoon = r.persoon
)

select * from personen
