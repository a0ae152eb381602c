/*
name: spoor_uitgave
doc: >
  The expenses behind mart uitgave.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [stg_uitgave, parameter]
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

stg_uitgave as (
  select * from stg_uitgave
),

parameter as (
  select * from parameter
),

uitgaven as (
  select cast(year(u.datum) as varchar) as jaar, u.soort, u.levering, u.regel, u.bedrag_ct, u.begroot_ct, u.casusnummer
  from stg_uitgave u
  cross join parameter p
  where u.datum <= p.peildatum
),

met_alle as (
  select concat(jaar, '/', soort) as sleutel, levering, regel, bedrag_ct, begroot_ct, casusnummer from uitgaven
  union all
  select concat(jaar, '/alle'), levering, regel, bedrag_ct, begroot_ct, casusnummer from uitgaven
),

plannen as (
  select distinct sleutel, casusnummer from met_alle where casusnummer is not null
),

sporen as (
  select
    sleutel, 'bedrag_ct' as kolom, 'maatwerk_uitgave' as kind, levering, regel, cast(null as varchar) as lid, bedrag_ct as deel
  from met_alle
  union all
  select
    sleutel, 'begroot_ct', 'maatwerk_uitgave', levering, regel, cast(null as varchar), begroot_ct
  from met_alle
  where begroot_ct is not null
  union all
  select
    sleutel, 'begroot_besteed_ct', 'maatwerk_uitgave', levering, regel, cast(null as varchar), bedrag_ct
  from met_alle
  where begroot_ct is not null
  union all
  select
    sleutel, 'voor_plannen_ct', 'maatwerk_uitgave', levering, regel, cast(null as varchar), bedrag_ct
  from met_alle
  where casusnummer is not null
  union all
  select
    sleutel, 'regels', 'maatwerk_uitgave', levering, regel, cast(null as varchar), cast(1 as bigint)
  from met_alle
  union all
  select
    sleutel, 'regels_begroot', 'maatwerk_uitgave', levering, regel, cast(null as varchar), cast(1 as bigint)
  from met_alle
  where begroot_ct is not null
  union all
  select
    sleutel, 'plannen', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as bigint)
  from plannen
)

select * from sporen
