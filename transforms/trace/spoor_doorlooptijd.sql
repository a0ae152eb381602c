/*
name: spoor_doorlooptijd
doc: >
  The plans behind mart doorlooptijd.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [hindernis_plan]
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

hindernis_plan as (
  select * from hindernis_plan
),

plannen as (
  select
    casusnummer, coalesce(dagen_tot_akkoord, dagen_gevolgd) as dagen,
    case when dagen_tot_akkoord is not null then 'akkoord' when afgewezen then 'afgewezen' else 'gecensureerd' end as einde
  from hindernis_plan
  where coalesce(dagen_tot_akkoord, dagen_gevolgd) >= 0
),

dagen as (
  select distinct dagen from plannen
),

sporen as (
  select
    cast(d.dagen as varchar) as sleutel, 'at_risk' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering,
    cast(null as bigint) as regel, p.casusnummer as lid, cast(1 as bigint) as deel
  from dagen d
  join plannen p on p.dagen >= d.dagen
  union all
  select
    cast(dagen as varchar), einde, cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as bigint)
  from plannen
)

select * from sporen
