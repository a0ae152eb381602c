/*
name: stg_bijstand
doc: >
  Benefit lines per month, not replaced. Lines of one person on a benefit add up (rules 70), but for a line that a newer delivery holds
  again word for word (herhaald). The amount belongs to the benefit and is repeated for each person on it (rules 13): persoon_nr numbers
  the lines of one person that add up; bedrag_ongelijk when the amounts of its persons do not agree; drager marks the first person by
  key, whose lines are the ones used.
grain: [levering, regel]
reads: [geldig_participatie_uitkering, levering_stand]
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
  - geteld_ct ct: amount of the line
  - volgnr aantal: order of the delivery
  - herhaald vlag: a newer delivery holds the same line
  - persoon_nr aantal: line of the person on the benefit, among those that are herhaald or not
  - persoon_regels aantal: lines of the person on the benefit that add up
  - persoon_ct ct: what they add up to
  - verspreid vlag: they are in more than one delivery
  - bedrag_ongelijk vlag: the persons of this benefit have unequal amounts
  - drager vlag: line of the first person by key
*/
with

geldig_participatie_uitkering as (
  select * from geldig_participatie_uitkering
),

levering_stand as (
  select * from levering_stand where kind = 'participatie_uitkering'
),

regels as (
  select
    p.levering, p.regel, p.persoon_ps as persoon, p.gemeentecode, p.tijd_van as maand, p.tijd_tot as tot,
    p.registratienummer, p.statistiekcode, coalesce(p.cluster_bijz_bijstand, '') as cluster_bijz_bijstand, p.huisvesting,
    p.einde_uitkering, p.reden_beeindiging, p.geteld_ct, p.inhoud, l.volgnr
  from geldig_participatie_uitkering p
  join levering_stand l on l.levering = p.levering and l.kind = 'participatie_uitkering'
),

-- the second of two equal lines of a delivery is held again by the second of another
in_levering as (
  select *, row_number() over (partition by levering, persoon, inhoud order by regel) as gelijke_nr from regels
),

gemerkt as (
  select
    *, row_number() over (partition by persoon, inhoud, gelijke_nr order by volgnr desc, levering desc) > 1 as herhaald
  from in_levering
),

per_persoon as (
  select
    *,
    row_number() over (
      partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand, persoon, herhaald
      order by volgnr, levering, regel) as persoon_nr,
    sum(case when herhaald then 0 else 1 end) over (
      partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand, persoon) as persoon_regels,
    sum(case when herhaald then 0 else geteld_ct end) over (
      partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand, persoon) as persoon_ct,
    min(case when herhaald then null else levering end) over (
      partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand, persoon)
      <> max(case when herhaald then null else levering end) over (
      partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand, persoon) as verspreid
  from gemerkt
),

uitkeringen as (
  select
    levering, regel, persoon, gemeentecode, maand, tot, registratienummer, statistiekcode, cluster_bijz_bijstand, huisvesting,
    einde_uitkering, reden_beeindiging, geteld_ct, volgnr, herhaald, persoon_nr, cast(persoon_regels as bigint) as persoon_regels,
    cast(persoon_ct as bigint) as persoon_ct, verspreid,
    min(persoon_ct) over (partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand)
      <> max(persoon_ct) over (partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand)
      as bedrag_ongelijk,
    persoon = min(persoon) over (partition by gemeentecode, maand, registratienummer, statistiekcode, cluster_bijz_bijstand) as drager
  from per_persoon
)

select * from uitkeringen
