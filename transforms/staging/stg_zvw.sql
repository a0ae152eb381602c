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
    z.levering, z.regel, z.persoon_ps as persoon, z.prestatie_code, z.zorgsoort, z.begindatum, z.einddatum, z.tijd_van as van,
    z.tijd_tot as tot, z.declaratiedatum, z.aanbieder_agb, z.debet_credit, z.geteld_ct, z.wvggz_machtiging
  from geldig_zvw_declaratie z
  left join overlap_gelijk o on o.kind = 'zvw_declaratie' and o.levering = z.levering and o.regel = z.regel
  where o.kind is null
)

select * from declaraties
