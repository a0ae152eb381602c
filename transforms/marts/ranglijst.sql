/*
name: ranglijst
doc: >
  Households at P by declared cost in T0: kosten van wie hier nu wonen. Eurocents; T1 and T2 are the years before, of the
  same persons. Priced cost stands beside it, never in it.
level: rij
grain: [rang]
reads: [rang]
columns:
  - rang aantal: place, by cost in T0 and then by id
  - huishouden_id huishouden: id
  - kosten_t0_ct ct: declared cost in T0
  - kosten_t1_ct ct: in T1
  - kosten_t2_ct ct: in T2
  - kosten_wmo_ct ct: of which Wmo, in T0
  - kosten_jeugd_ct ct: of which Jeugd
  - kosten_participatie_ct ct: of which Participatie
  - kosten_zvw_ct ct: of which Zvw
  - geprijsd_schuldhulp_ct ct: priced debt relief in T0
  - geprijsd_t0_ct ct: priced in T0
  - domeinen aantal: domeinen with cost above 0
  - voorzieningen aantal: running at P
  - aanbieders aantal: providers in T0
  - jaren_boven_drempel aantal: windows at or above the threshold
  - verwacht_volgend_jaar_ct ct: expected declared cost next year if nothing is done; empty when it cannot be fitted
  - aandeel_zvw aandeel: share of Zvw in T0; empty at or below 0
  - zvw_gedekt tekst: ja, deels, nee or onbekend
  - cum_aandeel aandeel: cumulative share of the ranking's total
  - cocktails tekst: cocktails vol and actief, joined by |
  - veldmelding vlag: brought forward by a professional
  - in_maatwerk vlag: has a plan that is not afgewezen or ingetrokken
  - in_aanmerking vlag: meets every rule
  - reden_niet tekst: rules it does not meet, joined by |
*/
with

rang as (
  select * from rang
),

lijst as (
  select
    rang, huishouden as huishouden_id, kosten_t0_ct, kosten_t1_ct, kosten_t2_ct, kosten_wmo_ct, kosten_jeugd_ct,
    kosten_participatie_ct, kosten_zvw_ct, geprijsd_schuldhulp_ct, geprijsd_t0_ct, domeinen, voorzieningen, aanbieders,
    jaren_boven_drempel, verwacht_volgend_jaar_ct, aandeel_zvw, zvw_gedekt, cum_aandeel, cocktails, veldmelding, in_maatwerk,
    in_aanmerking, reden_niet
  from rang
)

select * from lijst
