/*
name: niet_gebruikt_regel
doc: >
  Lines that are in the lake and are not used, with the step of controle that says why (methods 8): what is excluded, repeated lines of a benefit, and
  older lines of an allocation, traject, plan or ledger.
grain: [kind, stap, levering, regel]
reads: [uitgesloten_regel, stg_bijstand, stg_toewijzing, stg_traject, stg_plan, stg_grootboek]
view: true
columns:
  - kind tekst: kind of extract
  - stap tekst: "uitgesloten, herhaald or ouder"
  - levering sleutel: delivery
  - regel aantal: physical line
  - geteld_ct ct: counted eurocents of the line; 0 where it has none
*/
with

uitgesloten_regel as (
  select * from uitgesloten_regel
),

stg_bijstand as (
  select * from stg_bijstand
),

stg_toewijzing as (
  select * from stg_toewijzing
),

stg_traject as (
  select * from stg_traject
),

stg_plan as (
  select * from stg_plan
),

stg_grootboek as (
  select * from stg_grootboek
),

regels as (
  select kind, 'uitgesloten' as stap, levering, regel, coalesce(geteld_ct, 0) as geteld_ct from uitgesloten_regel
  union all
  select 'participatie_uitkering', 'herhaald', levering, regel, coalesce(geteld_ct, 0)
  from stg_bijstand
  where (herhaald or not drager) and not bedrag_ongelijk
  union all
  select kind, 'ouder', levering, regel, 0 from stg_toewijzing where nr > 1 and not ingetrokken
  union all
  select 'schuldhulp_traject', 'ouder', levering, regel, 0 from stg_traject where nr > 1
  union all
  select 'maatwerk_plan', 'ouder', levering, regel, 0 from stg_plan where nr > 1
  union all
  select 'grootboek_totaal', 'ouder', levering, regel, 0 from stg_grootboek where not telt
)

select * from regels
