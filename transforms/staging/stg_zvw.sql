/*
name: stg_zvw
doc: >
  Claims of the health insurer that count: not replaced (a supplier may deliver a period anew), and of what overlapping deliveries hold
  alike the newest (rules 61).
grain: [levering, regel]
reads: [geldig_zvw_declaratie, overlap_gelijk]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - prestatie_code tekst: code of the treatment
  - zorgsoort tekst: Vektis column
  - begindatum datum: first day
  - einddatum datum: last day
  - van datum: first day
  - tot datum: day after the last
  - declaratiedatum datum: when it was declared
  - aanbieder_agb tekst: provider
  - debet_credit tekst: D or C
  - geteld_ct ct: counted amount, credit negative
  - wvggz_machtiging vlag: under a court order
*/
with

geldig_zvw_declaratie as (
  select * from geldig_zvw_declaratie
),

overlap_gelijk as (
  select * from overlap_gelijk
),

declaraties as (
  select
    levering, regel, persoon_ps as persoon, prestatie_code, zorgsoort, begindatum, einddatum, tijd_van as van, tijd_tot as tot,
    declaratiedatum, aanbieder_agb, debet_credit, geteld_ct, wvggz_machtiging
  from geldig_zvw_declaratie z
  where not exists (
    select 1 from overlap_gelijk o where o.kind = 'zvw_declaratie' and o.levering = z.levering and o.regel = z.regel)
)

select * from declaraties
