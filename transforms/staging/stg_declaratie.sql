/*
name: stg_declaratie
doc: >
  Wmo and Jeugd declarations that count: corrections are credit lines, of what overlapping deliveries hold alike the newest counts (rules
  61), and only the lines of a supplier that delivers periods anew are replaced.
grain: [kind, levering, regel]
reads: [geldig_wmo_declaratie, geldig_jeugd_declaratie, overlap_gelijk]
parts: kind
view: true
columns:
  - wet tekst: wmo or jeugd
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - gemeentecode gemeente: gemeente that pays
  - aanbieder_agb tekst: provider
  - referentie_nummer tekst: reference, unique per provider
  - vorig_referentie_nummer tekst: on a credit, the reference it takes back
  - toewijzing_nummer tekst: allocation
  - product_categorie tekst: WMO020 or JZ020
  - product_code tekst: product
  - debet_credit tekst: D or C
  - van datum: first day of care
  - tot datum: day after the last
  - geteld_ct ct: counted amount, credit negative (rules 12)
  - bedrag_ct ct: amount as submitted, never negative
  - geleverd_volume aantal: units delivered
  - eenheid tekst: unit, WJ756
  - tarief_ct ct: tariff per unit
  - dagtekening datum: date of the declaration
*/
with

geldig_wmo_declaratie as (
  select * from geldig_wmo_declaratie
),

geldig_jeugd_declaratie as (
  select * from geldig_jeugd_declaratie
),

overlap_gelijk as (
  select * from overlap_gelijk
),

alle as (
  select
    'wmo' as wet, 'wmo_declaratie' as kind, levering, regel, persoon_ps as persoon, gemeentecode, aanbieder_agb,
    referentie_nummer, vorig_referentie_nummer, toewijzing_nummer, product_categorie, product_code, debet_credit,
    tijd_van as van, tijd_tot as tot, geteld_ct, bedrag_ct, geleverd_volume, eenheid, tarief_ct, dagtekening
  from geldig_wmo_declaratie
  union all
  select
    'jeugd', 'jeugd_declaratie', levering, regel, persoon_ps, gemeentecode, aanbieder_agb,
    referentie_nummer, vorig_referentie_nummer, toewijzing_nummer, product_categorie, product_code, debet_credit,
    tijd_van, tijd_tot, geteld_ct, bedrag_ct, geleverd_volume, eenheid, tarief_ct, dagtekening
  from geldig_jeugd_declaratie
),

declaraties as (
  select a.*
  from alle a
  left join overlap_gelijk o on o.kind = a.kind and o.levering = a.levering and o.regel = a.regel
  where o.kind is null
)

select * from declaraties
