/*
name: referentie_herhaald
doc: Declarations whose reference was there before, per gemeente and provider (8021, rules 9); every line after the first.
grain: [kind, levering, regel]
reads: [stg_declaratie, levering_stand]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
*/
with

genummerd as (
  select
    d.kind, d.levering, d.regel,
    row_number() over (
      partition by d.kind, d.gemeentecode, coalesce(d.aanbieder_agb, ''), d.referentie_nummer
      order by l.volgnr, d.levering, d.regel) as nr
  from stg_declaratie d
  join levering_stand l on l.levering = d.levering and l.kind = d.kind
)

select kind, levering, regel from genummerd where nr > 1
