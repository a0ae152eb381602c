/*
name: koppel_persoon
doc: >
  The persons of lines that count with a day in the windows, and where lines have a gemeente, of one of the run; and whether they are found in huishouden at
  any time (rules 63), of huishouden itself with a spell at P.
grain: [kind, gemeentecode, levering, persoon]
reads: [geldig_regel, kind_feit, stg_huishouden, gemeente_run, parameter]
parts: kind
view: true
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

regels as (
  select distinct r.kind, r.gemeentecode, r.levering, r.persoon
  from geldig_regel r
  join kind_feit f on f.kind = r.kind and f.persoon
  cross join parameter p
  where r.tijd_van < p.tot and (r.tijd_tot is null or r.tijd_tot > p.t2_van)
),

personen as (
  select
    r.kind, r.gemeentecode, r.levering, r.persoon, w.persoon is not null and (r.kind <> 'huishouden' or w.op_p = 1) as gevonden
  from regels r
  left join woont w on w.persoon = r.persoon
  left join gemeente_run g on g.gemeentecode = r.gemeentecode
  where r.gemeentecode is null or g.gemeentecode is not null
)

select * from personen
