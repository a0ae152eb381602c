/*
name: stg_bijstand
doc: >
  Benefit lines per month, not replaced. The amount belongs to the benefit and is repeated for each person on it (rules
  13): nr numbers the lines of a benefit, persoon_nr those of one person on it; bedrag_ongelijk when they do not agree.
grain: [levering, regel]
reads: [lake_participatie_uitkering, vervangen, levering_stand]
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - gemeentecode gemeente: gemeente that pays
  - maand maand: month of the benefit
  - tot datum: first day of the next month
  - registratienummer tekst: number of the benefit
  - statistiekcode tekst: BUS 8
  - cluster_bijz_bijstand tekst: BUS 17, empty when there is none
  - huisvesting tekst: BUS 21
  - einde_uitkering datum: last day of the benefit
  - reden_beeindiging tekst: BUS 34
  - geteld_ct ct: amount of the benefit
  - volgnr aantal: order of the delivery
  - nr aantal: line within the benefit
  - persoon_nr aantal: line within the benefit and person
  - bedrag_ongelijk vlag: lines of this benefit name unequal amounts
*/
with

regels as (
  select
    p.levering, p.regel, p.persoon_ps as persoon, p.gemeentecode, p.tijd_van as maand, p.tijd_tot as tot,
    p.registratienummer, p.statistiekcode, coalesce(p.cluster_bijz_bijstand, '') as cluster_bijz_bijstand, p.huisvesting,
    p.einde_uitkering, p.reden_beeindiging, p.geteld_ct, l.volgnr
  from lake_participatie_uitkering p
  join levering_stand l on l.levering = p.levering and l.kind = 'participatie_uitkering'
  where not exists (
    select 1 from vervangen v where v.kind = 'participatie_uitkering' and v.levering = p.levering and v.regel = p.regel)
)

select
  *,
  row_number() over (
    partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand
    order by volgnr, levering, regel) as nr,
  row_number() over (
    partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand, persoon
    order by volgnr, levering, regel) as persoon_nr,
  min(geteld_ct) over (partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand)
    <> max(geteld_ct) over (partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand)
    as bedrag_ongelijk
from regels
