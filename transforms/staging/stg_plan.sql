/*
name: stg_plan
doc: Maatwerk plans, not replaced; nr 1 is the newest line of a casusnummer (rules 44).
grain: [levering, regel]
reads: [geldig_maatwerk_plan, levering_stand]
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - casusnummer tekst: case
  - persoon persoon: a member of the household
  - gemeentecode gemeente: whose plan
  - eindbaas persoon: who owns the plan
  - status tekst: state
  - datum_aanmelding datum: reported
  - datum_akkoord datum: approved
  - datum_start datum: started
  - huidig_ct ct: expected cost of the next horizon as things are
  - dreigend_ct ct: the same if nothing is done
  - maatwerk_ct ct: the same with the plan
  - horizon_mnd aantal: months of the three amounts
  - onveiligheid vlag: somebody in the household is not safe; empty when not said
  - huiselijk_geweld vlag: violence at home; empty when not said
  - hindernis tekst: what stands in the way, joined by |
  - nr aantal: 1 is the newest line of the case
*/
with

geldig_maatwerk_plan as (
  select * from geldig_maatwerk_plan
),

levering_stand as (
  select * from levering_stand where kind = 'maatwerk_plan'
),

regels as (
  select p.*, l.volgnr
  from geldig_maatwerk_plan p
  join levering_stand l on l.levering = p.levering and l.kind = 'maatwerk_plan'
),

plannen as (
  select
    levering, regel, casusnummer, persoon_ps as persoon, gemeentecode, eindbaas_ps as eindbaas, status, datum_aanmelding, datum_akkoord,
    datum_start, huidig_ct, dreigend_ct, maatwerk_ct, horizon_mnd, onveiligheid, huiselijk_geweld, hindernis,
    row_number() over (partition by casusnummer order by volgnr desc, levering desc, regel desc) as nr
  from regels
)

select * from plannen
