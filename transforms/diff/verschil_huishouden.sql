/*
name: verschil_huishouden
doc: >
  The households that are not the same in two runs, by how much it matters: those that came into the top or went from it first, then by size of
  the difference, then by id.
grain: [volgnr]
reads: [verschil_paar]
columns:
  - volgnr aantal: place in that order
  - huishouden_id tekst: id
  - eerst_rang aantal: place in the first run; empty when it is not in it
  - nu_rang aantal: in the second
  - eerst_t0_ct ct: declared cost in T0
  - nu_t0_ct ct: idem
  - verschil_ct ct: the second less the first
  - verschil_wmo_ct ct: of which Wmo
  - verschil_jeugd_ct ct: of which Jeugd
  - verschil_participatie_ct ct: of which Participatie
  - verschil_zvw_ct ct: of which Zvw
  - eerst_in_aanmerking vlag: met every rule
  - nu_in_aanmerking vlag: idem
  - eerst_reden_niet tekst: rules it did not meet, joined by |
  - nu_reden_niet tekst: idem
  - andere_leden vlag: other persons form it
  - ander_plan vlag: it came into maatwerk, or left it
  - erbij vlag: came into the top
  - eraf vlag: went from it
*/
with

verschil_paar as (
  select * from verschil_paar
),

geordend as (
  select
    row_number() over (order by case when erbij or eraf then 0 else 1 end, abs(verschil_ct) desc, huishouden_id) as volgnr,
    huishouden_id, eerst_rang, nu_rang, eerst_t0_ct, nu_t0_ct, verschil_ct, verschil_wmo_ct, verschil_jeugd_ct,
    verschil_participatie_ct, verschil_zvw_ct, eerst_in_aanmerking, nu_in_aanmerking, eerst_reden_niet, nu_reden_niet,
    andere_leden, ander_plan, erbij, eraf
  from verschil_paar
  where not gelijk
)

select * from geordend
