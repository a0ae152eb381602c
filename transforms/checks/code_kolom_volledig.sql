/*
name: code_kolom_volledig
doc: What code_regel gives is about columns that code_kolom names.
grain: [kind, kolom]
reads: [code_regel, code_kolom]
columns:
  - kind tekst: kind of extract
  - kolom tekst: column
check:
  severity: fout
  denominator: code_kolom
  sentence: "{n} kolommen van code_regel staan niet bij de {d} van code_kolom"
  reason: the two lists are written by hand and have to stay one
*/
select distinct r.kind, r.kolom
from code_regel r
where not exists (select 1 from code_kolom k where k.kind = r.kind and k.kolom = r.kolom)
