/*
name: overlap_gelijk
doc: >
  Lines that a newer delivery which overlaps theirs holds again, word for word (rules 61): they count in the newest delivery only. The
  second of two equal lines of a delivery is held again by the second of the other.
grain: [kind, levering, regel]
reads: [gelijk, overlap_paar]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - nieuw sleutel: newest delivery that holds it again
  - geteld_ct ct: counted amount of the line
*/
with

gelijk as (
  select * from gelijk
),

overlap_paar as (
  select * from overlap_paar
),

paren as (
  select distinct kind, oud, nieuw, nieuw_volgnr from overlap_paar
),

opnieuw as (
  select
    a.kind, a.levering, a.regel, p.nieuw, a.geteld_ct,
    row_number() over (partition by a.kind, a.levering, a.regel order by p.nieuw_volgnr desc, p.nieuw) as nr
  from gelijk a
  join paren p on p.kind = a.kind and p.oud = a.levering
  join gelijk b
    on b.kind = a.kind and b.levering = p.nieuw and b.persoon = a.persoon and b.inhoud = a.inhoud and b.nr = a.nr
),

in_nieuwste as (
  select kind, levering, regel, nieuw, geteld_ct from opnieuw where nr = 1
)

select * from in_nieuwste
