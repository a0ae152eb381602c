/*
name: grootboek_verschil
doc: Years of a feed and gemeente of which ledger and extract differ by more or less than somebody explains.
grain: [feed, gemeentecode, jaar]
reads: [aansluiting]
columns:
  - feed tekst: kind of extract
  - gemeentecode tekst: gemeente, or alle
  - jaar aantal: year
check:
  severity: waarschuwing
  denominator: aansluiting
  sentence: "{n} van {d} vergelijkingen met het grootboek hebben een verschil dat niet is verklaard"
  reason: who signs has to know what is not explained; a difference alone does not make the other figures wrong
*/
with

aansluiting as (
  select * from aansluiting
),

schending as (
  select feed, gemeentecode, jaar from aansluiting where oordeel = 'verschil'
)

select * from schending
