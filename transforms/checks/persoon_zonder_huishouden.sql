/*
name: persoon_zonder_huishouden
doc: Cost lines of persons without a household at P; counted under onbekend.
grain: [kind, levering, regel, volgnr]
reads: [kosten_deel]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - volgnr aantal: number of the part
check:
  severity: waarschuwing
  denominator: kosten_deel
  sentence: "{n} van {d} kostenregels horen bij iemand zonder huishouden op de peildatum"
  reason: people move, die and emigrate; many more than a few percent means that feeds do not belong together
*/
with

kosten_deel as (
  select * from kosten_deel
),

schending as (
  select kind, levering, regel, volgnr from kosten_deel where huishouden = -1
)

select * from schending
