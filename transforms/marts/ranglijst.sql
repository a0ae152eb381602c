/*
name: ranglijst
doc: >
  Households at P by declared cost in T0: kosten van wie hier nu wonen (methods 4). T1 and T2 are the years before, of the
  same persons. Priced cost stands beside it, never in it.
level: rij
grain: [rang]
reads: [rang]
columns:
  - from rang: rang, huishouden as huishouden_id, kosten_t0_ct, kosten_t1_ct, kosten_t2_ct, kosten_wmo_ct, kosten_jeugd_ct,
      kosten_participatie_ct, kosten_zvw_ct, geprijsd_schuldhulp_ct, geprijsd_t0_ct, domeinen, voorzieningen, aanbieders,
      jaren_boven_drempel, verwacht_volgend_jaar_ct?, aandeel_zvw?, zvw_gedekt, cum_aandeel?, cocktails, veldmelding, in_maatwerk,
      in_aanmerking, reden_niet
figures:
  kosten_t0_ct kosten_wmo_ct kosten_jeugd_ct kosten_participatie_ct kosten_zvw_ct: som, som van de delen van declaraties en uitkeringen die in de laatste 12 maanden vallen, van wie nu in dit huishouden wonen
  kosten_t1_ct: som, som van de delen van declaraties en uitkeringen die in de 12 maanden daarvoor vallen, van wie nu in dit huishouden wonen
  kosten_t2_ct: som, som van de delen van declaraties en uitkeringen die in de 12 maanden daar weer voor vallen, van wie nu in dit huishouden wonen
  geprijsd_schuldhulp_ct geprijsd_t0_ct: som, som van de delen van trajecten in de laatste 12 maanden, tegen de vaste prijs uit prices.yaml
  domeinen: telling, domeinen met kosten boven nul in de laatste 12 maanden
  voorzieningen: telling, voorzieningen die op de peildatum lopen
  aanbieders: telling, verschillende aanbieders op kostenregels van de laatste 12 maanden
  jaren_boven_drempel: telling, jaren van de drie met kosten op of boven de drempel
  verwacht_volgend_jaar_ct: schatting, verwachte kosten van de groep (verwacht_cel) waar het huishouden in valt
  aandeel_zvw: schatting, kosten_zvw_ct gedeeld door kosten_t0_ct
  cum_aandeel: schatting, kosten van dit huishouden en alle duurdere, gedeeld door de kosten van allemaal
  in_aanmerking reden_niet: oordeel, elke regel van selection.yaml; reden_niet noemt de regels waaraan het huishouden niet voldoet
  zvw_gedekt: oordeel, of de verzekeraar alle leden dekt in alle maanden van de laatste 12
  in_maatwerk: oordeel, er is een plan dat niet is afgewezen of ingetrokken
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
