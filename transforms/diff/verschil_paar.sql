/*
name: verschil_paar
doc: >
  Every household of two runs, with what is compared of it. A household is in the top of a run when it is in aanmerking or among the first of
  the ranking. gelijk: it is in both, and nothing about the household itself changed; its rank is also about others.
grain: [huishouden_id]
reads: [eerst_ranglijst, nu_ranglijst, eerst_lid, nu_lid, verschil_grens]
columns:
  - huishouden_id tekst: id
  - eerst_rang aantal: place in the first run; empty when it is not in it
  - nu_rang aantal: in the second
  - eerst_t0_ct ct: declared cost in T0
  - nu_t0_ct ct: idem
  - verschil_ct ct: the second less the first; what is not there is 0
  - verschil_wmo_ct ct: of which Wmo
  - verschil_jeugd_ct ct: of which Jeugd
  - verschil_participatie_ct ct: of which Participatie
  - verschil_zvw_ct ct: of which Zvw
  - eerst_in_aanmerking vlag: met every rule; empty when it is not in the first run
  - nu_in_aanmerking vlag: idem
  - eerst_reden_niet tekst: rules it did not meet, joined by |
  - nu_reden_niet tekst: idem
  - andere_leden vlag: other persons form it, or it is in one run only
  - ander_plan vlag: it is in both runs, and in maatwerk in one of them
  - erbij vlag: came into the top
  - eraf vlag: went from it
  - gelijk vlag: in both, and the same
*/
with

eerst_ranglijst as (
  select * from eerst_ranglijst
),

nu_ranglijst as (
  select * from nu_ranglijst
),

eerst_lid as (
  select * from eerst_lid
),

nu_lid as (
  select * from nu_lid
),

verschil_grens as (
  select * from verschil_grens
),

eerst_leden as (
  select huishouden_id, array_join(array_agg(persoon_id order by persoon_id), ' ') as leden from eerst_lid group by huishouden_id
),

nu_leden as (
  select huishouden_id, array_join(array_agg(persoon_id order by persoon_id), ' ') as leden from nu_lid group by huishouden_id
),

eerst as (
  select
    r.*, coalesce(l.leden, '') as leden, r.in_aanmerking or r.rang <= g.top as in_top
  from eerst_ranglijst r
  cross join verschil_grens g
  left join eerst_leden l on l.huishouden_id = r.huishouden_id
),

nu as (
  select
    r.*, coalesce(l.leden, '') as leden, r.in_aanmerking or r.rang <= g.top as in_top
  from nu_ranglijst r
  cross join verschil_grens g
  left join nu_leden l on l.huishouden_id = r.huishouden_id
),

paren as (
  select
    coalesce(a.huishouden_id, b.huishouden_id) as huishouden_id, a.rang as eerst_rang, b.rang as nu_rang,
    a.kosten_t0_ct as eerst_t0_ct, b.kosten_t0_ct as nu_t0_ct,
    coalesce(b.kosten_t0_ct, 0) - coalesce(a.kosten_t0_ct, 0) as verschil_ct,
    coalesce(b.kosten_wmo_ct, 0) - coalesce(a.kosten_wmo_ct, 0) as verschil_wmo_ct,
    coalesce(b.kosten_jeugd_ct, 0) - coalesce(a.kosten_jeugd_ct, 0) as verschil_jeugd_ct,
    coalesce(b.kosten_participatie_ct, 0) - coalesce(a.kosten_participatie_ct, 0) as verschil_participatie_ct,
    coalesce(b.kosten_zvw_ct, 0) - coalesce(a.kosten_zvw_ct, 0) as verschil_zvw_ct,
    a.in_aanmerking as eerst_in_aanmerking, b.in_aanmerking as nu_in_aanmerking,
    a.reden_niet as eerst_reden_niet, b.reden_niet as nu_reden_niet,
    a.huishouden_id is null or b.huishouden_id is null or a.leden <> b.leden as andere_leden,
    coalesce(a.in_maatwerk <> b.in_maatwerk, false) as ander_plan,
    coalesce(b.in_top, false) and not coalesce(a.in_top, false) as erbij,
    coalesce(a.in_top, false) and not coalesce(b.in_top, false) as eraf
  from eerst a
  full outer join nu b on b.huishouden_id = a.huishouden_id
),

vergeleken as (
  select
    *,
    not andere_leden and not ander_plan and eerst_in_aanmerking = nu_in_aanmerking and eerst_reden_niet = nu_reden_niet
      and verschil_ct = 0 and verschil_wmo_ct = 0 and verschil_jeugd_ct = 0 and verschil_participatie_ct = 0
      and verschil_zvw_ct = 0 as gelijk
  from paren
)

select * from vergeleken
