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
