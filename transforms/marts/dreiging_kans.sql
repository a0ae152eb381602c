/*
name: dreiging_kans
doc: >
  How often a near miss became the whole cocktail within a year, with n and an exact 95% interval (methods 5): of the
  households that had it on the day a year before P. Who no longer is a household at P is not in it.
level: totaal
grain: [cocktail_id, ontbrekend]
reads: [dreiging]
columns:
  - from dreiging: cocktail_id, ontbrekend, huishoudens_toen, niet_te_zien, gevolgd, vol, aandeel?, ondergrens?, bovengrens?, huishoudens_nu
figures:
  huishoudens_toen: telling, huishoudens die dit een jaar geleden hadden
  niet_te_zien: telling, daarvan niet te volgen en niet vol gezien
  gevolgd: telling, daarvan te volgen
  vol: telling, daarvan bij wie de cocktail vol werd
  aandeel: schatting, vol gedeeld door gevolgd
  ondergrens bovengrens: schatting, 95%-grens van dat aandeel (Clopper en Pearson)
  huishoudens_nu: telling, huishoudens die dit op de peildatum hebben
*/
with

dreiging as (
  select * from dreiging
),

kansen as (
  select
    cocktail_id, ontbrekend, huishoudens_toen, niet_te_zien, gevolgd, vol, aandeel, ondergrens, bovengrens, huishoudens_nu
  from dreiging
)

select * from kansen
