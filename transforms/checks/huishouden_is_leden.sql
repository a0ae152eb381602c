/*
name: huishouden_is_leden
doc: A household counts as many persons as it has members, of whom so many attached; gemeentecodes have their form.
grain: [huishouden_id]
reads: [huishouden, huishouden_lid]
columns:
  - huishouden_id tekst: id
check:
  severity: fout
  denominator: huishouden
  sentence: "bij {n} van {d} huishoudens kloppen de leden niet met de telling"
  reason: adults and children decide who is in aanmerking
*/
with

leden as (
  select huishouden_id, count(*) as n, sum(case when aangehecht then 1 else 0 end) as aangehecht
  from huishouden_lid
  group by huishouden_id
)

select h.huishouden_id
from huishouden h
left join leden l on l.huishouden_id = h.huishouden_id
where h.personen <> coalesce(l.n, 0) or h.aangehechte_kinderen <> coalesce(l.aangehecht, 0)
  or h.personen <> h.volwassenen + h.kinderen
  or h.gemeentecode not like 'GM____'
