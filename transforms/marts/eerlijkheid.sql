/*
name: eerlijkheid
doc: >
  Whom the selection rules and the expected cost concern, by group (methods 4): households of the ranking, those in
  aanmerking, and those among the first N in aanmerking by rank (aantal in selection.yaml); and from the back-test what was
  expected for T1 and what it came to, by the group at the end of T2.
level: totaal
grain: [kenmerk, groep]
reads: [groep_toen, rang, huishouden_toen, verwacht, parameter]
columns:
  - kenmerk tekst: huishoudtype, kinderen, leeftijd, geslacht, gemeente or wijk
  - groep tekst: the group
  - huishoudens aantal: in the ranking
  - in_aanmerking aantal: that meet every rule
  - geselecteerd aantal: among the first N in aanmerking
  - getoetst aantal: households of the back-test
  - verwacht_ct ct: their expected cost in T1
  - werkelijk_ct ct: what T1 came to
needs:
  in_aanmerking geselecteerd: +gedeclareerd +domein:schuldhulp +maatwerk_plan
  verwacht_ct werkelijk_ct: +gedeclareerd
figures:
  huishoudens: telling, huishoudens van de ranglijst in deze groep
  in_aanmerking: telling, daarvan die aan alle regels voldoen
  geselecteerd: telling, daarvan bij de eerste N van wie voldoen
  getoetst: telling, huishoudens van de terugtoets in deze groep
  verwacht_ct: schatting, som van wat voor hen verwacht was
  werkelijk_ct: som, som van wat zij kostten
*/
with

groep_toen as (
  select * from groep_toen
),

rang as (
  select * from rang
),

huishouden_toen as (
  select * from huishouden_toen
),

verwacht as (
  select * from verwacht
),

parameter as (
  select * from parameter
),

volgorde as (
  select
    huishouden, in_aanmerking,
    row_number() over (partition by in_aanmerking order by rang) as volgnr
  from rang
),

nu as (
  select
    g.kenmerk, g.groep, count(*) as huishoudens,
    sum(case when r.in_aanmerking then 1 else 0 end) as in_aanmerking,
    sum(case when r.in_aanmerking and r.volgnr <= p.selectie_aantal then 1 else 0 end) as geselecteerd
  from volgorde r
  join groep_toen g on g.peil = 0 and g.huishouden = r.huishouden
  cross join parameter p
  group by g.kenmerk, g.groep
),

toen as (
  select
    g.kenmerk, g.groep, count(*) as getoetst, sum(v.verwacht_ct) as verwacht_ct, sum(h.volgend_ct) as werkelijk_ct
  from huishouden_toen h
  join verwacht v on v.peil = h.peil and v.huishouden = h.huishouden
  join groep_toen g on g.peil = h.peil and g.huishouden = h.huishouden
  where h.peil = 2 and h.volgend_ct is not null
  group by g.kenmerk, g.groep
),

groepen as (
  select
    coalesce(n.kenmerk, t.kenmerk) as kenmerk, coalesce(n.groep, t.groep) as groep,
    coalesce(n.huishoudens, 0) as huishoudens, cast(coalesce(n.in_aanmerking, 0) as bigint) as in_aanmerking,
    cast(coalesce(n.geselecteerd, 0) as bigint) as geselecteerd, coalesce(t.getoetst, 0) as getoetst,
    cast(coalesce(t.verwacht_ct, 0) as bigint) as verwacht_ct, cast(coalesce(t.werkelijk_ct, 0) as bigint) as werkelijk_ct
  from nu n
  full outer join toen t on t.kenmerk = n.kenmerk and t.groep = n.groep
)

select * from groepen
