/*
name: vervangen
doc: >
  Lines of an older delivery that a newer one of the same kind covers, by line (rules 8, 45), for every delivery of
  a kind or supplier with replaces period. Of a kind with several suppliers each replaces its own lines only, which both notes name
  (rules 71), or one insurer would replace another's lines.
grain: [kind, levering, regel]
reads: [lake_regel, kind_feit, levering_stand, levering_dekking]
parts: kind
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery the line is in
  - regel aantal: physical line
  - vervangen_op datum: when the first delivery that covers it was made; empty when none says so
*/
with

lake_regel as (
  select * from lake_regel
),

kind_feit as (
  select * from kind_feit
),

levering_stand as (
  select * from levering_stand
),

levering_dekking as (
  select * from levering_dekking
),

-- an older delivery is one with a note; a line that is still running reaches to infinity, one without a date nowhere
bedekt as (
  select r.kind, r.levering, r.regel, nieuw.aangemaakt
  from lake_regel r
  join kind_feit f on f.kind = r.kind
  join levering_stand oud on oud.kind = r.kind and oud.levering = r.levering and oud.heeft_note
  join levering_dekking nieuw
    on nieuw.kind = r.kind and nieuw.vervangt and nieuw.volgnr > oud.volgnr and nieuw.levering <> oud.levering
    and (r.gemeentecode is null or nieuw.gemeentecode = r.gemeentecode)
    and (not f.veel_leveranciers
      or (nieuw.gegevensleverancier = oud.gegevensleverancier and nieuw.gegevensleverancier <> ''))
    and r.tijd_van < nieuw.tot
    and (r.tijd_tot is null or r.tijd_tot > nieuw.van)
),

regels as (
  select kind, levering, regel, min(aangemaakt) as vervangen_op
  from bedekt
  group by kind, levering, regel
)

select * from regels
