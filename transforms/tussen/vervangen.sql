/*
name: vervangen
doc: >
  Lines of an older delivery that a newer one of the same kind covers, by line (rules 8, 45), for every kind with replaces
  period. A kind without a gemeentecode is replaced only by the same supplier, which both notes name, or one insurer would
  replace another's lines.
grain: [kind, levering, regel]
reads: [lake_regel, levering_stand, levering_dekking]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery the line is in
  - regel aantal: physical line
  - vervangen_op datum: when the first delivery that covers it was made; empty when none says so
*/
with

-- an older delivery is one with a note; a line that is still running reaches to infinity, one without a date nowhere
bedekt as (
  select r.kind, r.levering, r.regel, nieuw.aangemaakt
  from lake_regel r
  join levering_stand oud on oud.kind = r.kind and oud.levering = r.levering and oud.heeft_note and oud.vervangbaar
  join levering_dekking nieuw
    on nieuw.kind = r.kind and nieuw.volgnr > oud.volgnr and nieuw.levering <> oud.levering
    and ((r.gemeentecode is not null and nieuw.gemeentecode = r.gemeentecode)
      or (r.gemeentecode is null and nieuw.gegevensleverancier = oud.gegevensleverancier and nieuw.gegevensleverancier <> ''))
    and r.tijd_van < nieuw.tot
    and (r.tijd_tot is null or r.tijd_tot > nieuw.van)
)

select kind, levering, regel, min(aangemaakt) as vervangen_op
from bedekt
group by kind, levering, regel
