/*
name: verwijzing_persoon
doc: Every person that a signal names is a member of that household; a signal of the household itself names onbekend.
grain: [huishouden_id, persoon_id]
reads: [signaal, huishouden_lid]
columns:
  - huishouden_id tekst: id
  - persoon_id tekst: id
check:
  severity: fout
  denominator: huishouden_lid
  sentence: "{n} personen met een signaal horen niet bij dat huishouden ({d} leden)"
  reason: a signal of someone else's is evidence against the wrong family
*/
with

signaal as (
  select * from signaal
),

huishouden_lid as (
  select * from huishouden_lid
),

schending as (
  select distinct s.huishouden_id, s.persoon_id
  from signaal s
  where s.persoon_id <> 'onbekend' and not exists (
    select 1 from huishouden_lid l where l.huishouden_id = s.huishouden_id and l.persoon_id = s.persoon_id)
)

select * from schending
