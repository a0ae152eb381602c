/*
name: plan_groep
doc: >
  The plans that are added up (rules 44, 75): alle are those with dreigend and maatwerk filled, uitgevoerd those of them in uitvoering or gereed; none of a household that
  run.gemeenten leaves out.
grain: [groep, casusnummer]
reads: [plan_stand, huishouden_stand]
view: true
columns:
  - groep tekst: alle or uitgevoerd
  - casusnummer tekst: plan
*/
with

plan_stand as (
  select * from plan_stand
),

huishouden_stand as (
  select * from huishouden_stand
),

kba as (
  select p.casusnummer, p.status in ('uitvoering', 'gereed') as uitgevoerd
  from plan_stand p
  left join huishouden_stand h on h.huishouden = p.huishouden
  where not coalesce(h.andere_gemeente, false) and p.dreigend_ct is not null and p.maatwerk_ct is not null
),

groepen as (
  select 'alle' as groep, casusnummer from kba
  union all
  select 'uitgevoerd', casusnummer from kba where uitgevoerd
)

select * from groepen
