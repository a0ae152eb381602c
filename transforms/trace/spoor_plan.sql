/*
name: spoor_plan
doc: >
  The lines behind mart plan: its own, and those of its approvals.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [stg_plan, plan_besluit]
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

stg_plan as (
  select * from stg_plan
),

plan_besluit as (
  select * from plan_besluit
),

plannen as (
  select casusnummer, levering, regel, huidig_ct, dreigend_ct, maatwerk_ct from stg_plan where nr = 1
),

sporen as (
  select
    casusnummer as sleutel, 'akkoorden' as kolom, 'maatwerk_akkoord' as kind, levering, regel, cast(null as varchar) as lid, cast(1 as
    bigint) as deel
  from plan_besluit
  where besluit = 'akkoord'
  union all
  select
    casusnummer, 'huidig_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), huidig_ct
  from plannen
  where huidig_ct is not null
  union all
  select
    casusnummer, 'dreigend_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), dreigend_ct
  from plannen
  where dreigend_ct is not null
  union all
  select
    casusnummer, 'maatwerk_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), maatwerk_ct
  from plannen
  where maatwerk_ct is not null
  union all
  select
    casusnummer, 'besparing_verwacht_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), dreigend_ct - maatwerk_ct
  from plannen
  where dreigend_ct is not null and maatwerk_ct is not null
  union all
  select
    casusnummer, 'meerkosten_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), maatwerk_ct - huidig_ct
  from plannen
  where huidig_ct is not null and maatwerk_ct is not null
)

select * from sporen
