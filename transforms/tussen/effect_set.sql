/*
name: effect_set
doc: >
  Members of matched sets (methods 7), with keys as numbers, for what is asked of them further on (cost by payer, other outcomes). Mart koppeling shows them.
grain: [set_id, huishouden]
reads: [effect_deelnemer]
columns:
  - from effect_deelnemer: set_id, huishouden, maand, vorm, start, tot, eigen_tot
  - behandeld vlag: it is the treated household of the set
  - from effect_deelnemer: gewicht, herkomst, casusnummer
*/
with

effect_deelnemer as (
  select * from effect_deelnemer
),

leden as (
  select
    set_id, huishouden, maand, vorm, start, tot, eigen_tot, rol = 'behandeld' as behandeld, gewicht, herkomst, casusnummer
  from effect_deelnemer
  where rol in ('behandeld', 'vergelijking')
)

select * from leden
