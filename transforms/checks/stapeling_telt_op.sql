/*
name: stapeling_telt_op
doc: >
  Per moment and gemeente the households by number of provisions are all households, and those with two or more are those with 2 to 6+; a
  share is that of its numbers; and on the peildatum as many households have so many provisions as on the ranking, which counts them
  household by household.
grain: [moment, gemeentecode]
reads: [stapeling, ranglijst]
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

ranglijst as (
  select * from ranglijst
),

som as (
  select
    moment, gemeentecode, max(van_huishoudens) as alle,
    sum(case when maat in ('0', '1', '2', '3', '4', '5', '6+') then huishoudens else 0 end) as geteld,
    sum(case when maat in ('2', '3', '4', '5', '6+') then huishoudens else 0 end) as meer,
    sum(case when maat = 'twee_of_meer' then huishoudens else 0 end) as twee,
    max(case
      when abs(per_100_huishoudens * van_huishoudens - 100 * huishoudens) > 0.000001 * van_huishoudens
        or abs(per_1000_inwoners * inwoners - 1000 * personen) > 0.000001 * inwoners then 1
      else 0
    end) as ander_aandeel
  from stapeling
  group by moment, gemeentecode
),

aantallen as (
  select case when voorzieningen < 6 then cast(voorzieningen as varchar) else '6+' end as maat, count(*) as huishoudens
  from ranglijst
  group by case when voorzieningen < 6 then cast(voorzieningen as varchar) else '6+' end
),

schending as (
  select moment, gemeentecode from som where geteld <> alle or meer <> twee or ander_aandeel = 1
  union
  select s.moment, s.gemeentecode
  from stapeling s
  left join aantallen a on a.maat = s.maat
  where s.moment = 'peildatum' and s.gemeentecode = 'alle' and s.maat in ('0', '1', '2', '3', '4', '5', '6+')
    and s.huishoudens <> coalesce(a.huishoudens, 0)
)

select * from schending
