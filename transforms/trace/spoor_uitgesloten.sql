/*
name: spoor_uitgesloten
doc: >
  The lines of mart uitgesloten, which are its rows.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [uitgesloten_regel, levering_stand]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

uitgesloten_regel as (
  select * from uitgesloten_regel
),

levering_stand as (
  select * from levering_stand
),

sporen as (
  select
    concat(u.kind, '/', l.bestand, '/', cast(u.regel as varchar)) as sleutel, 'bedrag_ct' as kolom, u.kind, u.levering, u.regel,
    cast(null as varchar) as lid, u.geteld_ct as deel
  from uitgesloten_regel u
  join levering_stand l on l.levering = u.levering and l.kind = u.kind
)

select * from sporen
