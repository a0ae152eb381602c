/*
name: stapeling_telt_op
doc: Per moment and gemeente the households by number of provisions are all households, and those with two or more are those with 2 to 6+.
grain: [moment, gemeentecode]
reads: [stapeling]
columns:
  - moment tekst: peildatum or halfjaar
  - gemeentecode tekst: gemeente, or alle
check:
  severity: fout
  denominator: stapeling
  sentence: "op {n} plaatsen tellen de huishoudens naar aantal voorzieningen niet op ({d} rijen)"
  reason: a household has one number of provisions
*/
with

stapeling as (
  select * from stapeling
),

som as (
  select
    moment, gemeentecode, max(van_huishoudens) as alle,
    sum(case when maat in ('0', '1', '2', '3', '4', '5', '6+') then huishoudens else 0 end) as geteld,
    sum(case when maat in ('2', '3', '4', '5', '6+') then huishoudens else 0 end) as meer,
    sum(case when maat = 'twee_of_meer' then huishoudens else 0 end) as twee
  from stapeling
  group by moment, gemeentecode
),

schending as (
  select moment, gemeentecode from som where geteld <> alle or meer <> twee
)

select * from schending
