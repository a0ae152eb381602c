/*
name: spoor_levering
doc: >
  The lines in the lake behind mart levering; what did not come into it, quarantined lines and refused files, stands by file.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [lake_regel, levering_stand, levering_totaal]
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

lake_regel as (
  select * from lake_regel
),

levering_stand as (
  select * from levering_stand
),

levering_totaal as (
  select * from levering_totaal
),

regels as (
  select concat(r.kind, '/', l.bestand) as sleutel, r.kind, r.levering, r.regel, coalesce(r.geteld_ct, 0) as geteld_ct
  from lake_regel r
  join levering_stand l on l.levering = r.levering and l.kind = r.kind
),

buiten as (
  select concat(kind, '/', bestand) as sleutel, concat('quarantaine van ', bestand) as lid, quarantaine as regels, quarantaine_ct as bedrag_ct, quarantaine
  from levering_totaal
  where status = 'geaccepteerd' and quarantaine > 0
  union all
  select concat(kind, '/', bestand), bestand, regels, coalesce(bedrag_ct, 0), quarantaine from levering_totaal where status <> 'geaccepteerd'
),

sporen as (
  select
    sleutel, 'regels' as kolom, kind, levering, regel, cast(null as varchar) as lid, cast(1 as bigint) as deel
  from regels
  union all
  select
    sleutel, 'geaccepteerd', kind, levering, regel, cast(null as varchar), cast(1 as bigint)
  from regels
  union all
  select
    sleutel, 'bedrag_ct', kind, levering, regel, cast(null as varchar), geteld_ct
  from regels
  union all
  select
    sleutel, 'regels', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, regels
  from buiten
  union all
  select
    sleutel, 'quarantaine', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, quarantaine
  from buiten
  union all
  select
    sleutel, 'bedrag_ct', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, bedrag_ct
  from buiten
)

select * from sporen
