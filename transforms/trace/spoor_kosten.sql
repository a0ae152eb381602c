/*
name: spoor_kosten
doc: >
  The lines behind mart kosten.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [kosten_regel]
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

kosten_regel as (
  select * from kosten_regel
),

delen as (
  select
    concat(id_tekst('h', huishouden), '/', venster, '/', domein, '/', betaler, '/', grondslag) as sleutel, kind, levering, regel, deel_ct
  from kosten_regel
),

sporen as (
  select
    sleutel, 'bedrag_ct' as kolom, kind, levering, regel, cast(null as varchar) as lid, deel_ct as deel
  from delen
  union all
  select
    sleutel, 'regels', kind, levering, regel, cast(null as varchar), cast(1 as bigint)
  from delen
)

select * from sporen
