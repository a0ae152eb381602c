/*
name: huishouden_is_leden
doc: >
  A household counts as many persons as it has members, of whom so many attached, and its youngest is one of them; every
  household has a place in the ranking, and nobody is a member of two.
grain: [huishouden_id]
reads: [huishouden, huishouden_lid, ranglijst]
columns:
  - huishouden_id tekst: id
check:
  severity: fout
  denominator: huishouden
  sentence: "bij {n} van {d} huishoudens kloppen de leden niet met de telling"
  reason: adults and children decide who is in aanmerking
*/
with

huishouden as (
  select * from huishouden
),

huishouden_lid as (
  select * from huishouden_lid
),

ranglijst as (
  select * from ranglijst
),

leden as (
  select
    huishouden_id, count(*) as personen, sum(case when aangehecht then 1 else 0 end) as aangehecht,
    max(geboortejaar) as jongste
  from huishouden_lid
  group by huishouden_id
),

dubbel as (
  select persoon_id from huishouden_lid group by persoon_id having count(*) > 1
),

schending as (
  select h.huishouden_id
  from huishouden h
  left join leden l on l.huishouden_id = h.huishouden_id
  left join ranglijst r on r.huishouden_id = h.huishouden_id
  where l.huishouden_id is null or r.huishouden_id is null or h.personen <> l.personen
    or h.personen <> h.volwassenen + h.kinderen or h.volwassenen < 0 or h.kinderen < h.aangehechte_kinderen
    or h.aangehechte_kinderen <> l.aangehecht or h.jongste_geboortejaar <> l.jongste
  union
  select m.huishouden_id
  from huishouden_lid m
  join dubbel d on d.persoon_id = m.persoon_id
)

select * from schending
