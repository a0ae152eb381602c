/*
name: uitgave
doc: >
  What the maatwerk programme spent until P, by calendar year and what it was for, beside what was set aside (methods 7). These costs stand outside
  the amounts of the plans, but for the maatwerkbudget, which may be in both.
level: totaal
grain: [jaar, soort]
reads: [stg_uitgave, parameter]
columns:
  - jaar aantal: calendar year
  - soort tekst: organisatie, training, coaching, hulpmiddel, maatwerkbudget or overig; alle for the year
  - bedrag_ct ct: spent
  - begroot_ct ct?: set aside, of the expenses that say so; empty when none does
  - begroot_besteed_ct ct?: spent of those expenses
  - voor_plannen_ct ct: spent on a plan; the rest is for the programme as a whole
  - regels aantal: expenses
  - regels_begroot aantal: of which say what was set aside
  - plannen aantal: cases they were for
needs:
  "*": maatwerk_uitgave
figures:
  bedrag_ct: som, som van de uitgaven
  begroot_ct: som, som van wat begroot was
  begroot_besteed_ct: som, som van uitgaven waarvan gezegd is wat begroot was
  voor_plannen_ct: som, som van uitgaven voor een plan
  regels: telling, uitgaven
  regels_begroot: telling, uitgaven waarvan gezegd is wat begroot was
  plannen: telling, plannen waar zij voor waren
*/
with

stg_uitgave as (
  select * from stg_uitgave
),

parameter as (
  select * from parameter
),

uitgaven as (
  select year(u.datum) as jaar, u.soort, u.bedrag_ct, u.begroot_ct, u.casusnummer
  from stg_uitgave u
  cross join parameter p
  where u.datum <= p.peildatum
),

met_alle as (
  select jaar, soort, bedrag_ct, begroot_ct, casusnummer from uitgaven
  union all
  select jaar, 'alle', bedrag_ct, begroot_ct, casusnummer from uitgaven
),

sommen as (
  select
    cast(jaar as bigint) as jaar, soort, cast(sum(bedrag_ct) as bigint) as bedrag_ct, cast(sum(begroot_ct) as bigint) as begroot_ct,
    cast(sum(case when begroot_ct is not null then bedrag_ct end) as bigint) as begroot_besteed_ct,
    cast(sum(case when casusnummer is not null then bedrag_ct else 0 end) as bigint) as voor_plannen_ct, count(*) as regels,
    count(begroot_ct) as regels_begroot, count(distinct casusnummer) as plannen
  from met_alle
  group by jaar, soort
)

select * from sommen
