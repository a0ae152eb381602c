/*
name: regel_zonder_kolom
doc: Rules of signals.yaml about a column that code_regel does not offer.
grain: [kind, kolom, code, ingredient]
reads: [code_ingredient, code_kolom]
columns:
  - kind tekst: kind of extract
  - kolom tekst: column
  - code tekst: code
  - ingredient tekst: ingredient
check:
  severity: fout
  denominator: code_ingredient
  sentence: "{n} van {d} codes in signals.yaml gaan over een kolom waar geen signaal uit komt"
  reason: a rule that can never show anything would be taken for an absence
*/
with

code_ingredient as (
  select * from code_ingredient
),

code_kolom as (
  select * from code_kolom
),

schending as (
  select i.kind, i.kolom, i.code, i.ingredient
  from code_ingredient i
  where not exists (select 1 from code_kolom k where k.kind = i.kind and k.kolom = i.kolom)
)

select * from schending
