/*
name: kandidaat
doc: The households of the ranking with what a selection looks at of each, in the order of rank.
grain: [rang]
reads: [ranglijst, huishouden]
columns:
  - rang aantal: place
  - huishouden_id tekst: id
  - kosten_t0_ct ct: declared cost in T0
  - kosten_t1_ct ct: in T1
  - kosten_wmo_ct ct: in T0, of which Wmo
  - kosten_jeugd_ct ct: of which Jeugd
  - kosten_participatie_ct ct: of which Participatie
  - kosten_zvw_ct ct: of which Zvw
  - verwacht_volgend_jaar_ct ct: expected cost of next year; empty when it could not be fitted
  - domeinen aantal: domeinen with cost
  - cocktails tekst: active cocktails, joined by |
  - veldmelding vlag: brought forward by a professional
  - in_maatwerk vlag: has a plan
  - in_aanmerking vlag: meets every rule
  - typhh tekst: kind of household
  - gemeentecode tekst: gemeente
  - met_kinderen vlag: has children
*/
with

ranglijst as (
  select * from ranglijst
),

huishouden as (
  select * from huishouden
),

samen as (
  select
    r.rang, r.huishouden_id, r.kosten_t0_ct, r.kosten_t1_ct, r.kosten_wmo_ct, r.kosten_jeugd_ct, r.kosten_participatie_ct, r.kosten_zvw_ct,
    r.verwacht_volgend_jaar_ct, r.domeinen, r.cocktails, r.veldmelding, r.in_maatwerk, r.in_aanmerking, h.typhh, h.gemeentecode,
    h.kinderen > 0 as met_kinderen
  from ranglijst r
  join huishouden h on h.huishouden_id = r.huishouden_id
)

select * from samen
