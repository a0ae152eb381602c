/*
name: stapeling
doc: >
  Provisions as the municipal monitor counts them (waarstaatjegemeente, stapeling van voorzieningen). halfjaar is its indicator:
  provisions of Wmo, Jeugdwet and Participatiewet that ran on some day of the half year to P. peildatum is the ranking's count:
  what ran on P, debt relief included. Households by the number of provisions of all members together, inhabitants by the number
  of their own; those with two or more, and those with more than one law. Every measure has a row, also when nobody has it.
level: totaal
grain: [moment, gemeentecode, maat]
reads: [stapeling_eenheid, stapeling_maat]
columns:
  - moment tekst: peildatum or halfjaar
  - gemeentecode gemeente: gemeente, or alle
  - maat tekst: 0, 1, 2, 3, 4, 5, 6+, twee_of_meer or meer_wetten
  - huishoudens aantal: households
  - van_huishoudens aantal: households in all
  - personen aantal: inhabitants, each by own provisions
  - inwoners aantal: inhabitants in all
  - per_100_huishoudens getal?: huishoudens over van_huishoudens, times 100
  - per_1000_inwoners getal?: personen over inwoners, times 1000
needs:
  huishoudens personen per_100_huishoudens per_1000_inwoners: wmo_toewijzing jeugd_toewijzing participatie_uitkering +schuldhulp_traject
figures:
  huishoudens: telling, huishoudens met zoveel voorzieningen
  van_huishoudens: telling, alle huishoudens
  personen: telling, inwoners met zoveel eigen voorzieningen
  inwoners: telling, alle inwoners
  per_100_huishoudens: schatting, 100 maal huishoudens gedeeld door van_huishoudens
  per_1000_inwoners: schatting, 1000 maal personen gedeeld door inwoners
*/
with

stapeling_eenheid as (
  select * from stapeling_eenheid
),

stapeling_maat as (
  select * from stapeling_maat
),

-- what is alike is counted once: from here on the tables are small
verdeling as (
  select
    moment, gemeentecode, voorzieningen as n, wetten,
    sum(case when soort = 'huishouden' then 1 else 0 end) as huishoudens, sum(case when soort = 'persoon' then 1 else 0 end) as personen
  from stapeling_eenheid
  group by moment, gemeentecode, voorzieningen, wetten
),

overal as (
  select moment, gemeentecode, n, wetten, huishoudens, personen from verdeling
  union all
  select moment, 'alle', n, wetten, huishoudens, personen from verdeling
),

per_maat as (
  select
    o.moment, o.gemeentecode, m.maat,
    cast(sum(case when o.n >= m.van and o.n <= m.tot and o.wetten >= m.wetten then o.huishoudens else 0 end) as bigint) as huishoudens,
    cast(sum(o.huishoudens) as bigint) as van_huishoudens,
    cast(sum(case when o.n >= m.van and o.n <= m.tot and o.wetten >= m.wetten then o.personen else 0 end) as bigint) as personen,
    cast(sum(o.personen) as bigint) as inwoners
  from overal o
  cross join stapeling_maat m
  group by o.moment, o.gemeentecode, m.maat
),

aandelen as (
  select
    moment, gemeentecode, maat, huishoudens, van_huishoudens, personen, inwoners,
    cast(100 * huishoudens as double) / nullif(van_huishoudens, 0) as per_100_huishoudens,
    cast(1000 * personen as double) / nullif(inwoners, 0) as per_1000_inwoners
  from per_maat
)

select * from aandelen
