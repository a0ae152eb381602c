/*
name: dreiging_kans
doc: >
  How often a near miss became the whole cocktail within a year, with n and an exact 95% interval (methods 5). About households as
  they are at P: who no longer is one is not in it.
level: totaal
grain: [cocktail_id, ontbrekend]
reads: [dreiging]
columns:
  - cocktail_id tekst: cocktail
  - ontbrekend tekst: what is missing, joined by |
  - huishoudens_toen aantal: households with it on the last day of T1
  - niet_te_zien aantal: of which not seen vol, and onbekend on some day of T0
  - gevolgd aantal: the rest, n
  - vol aantal: of which the cocktail was vol on some day of T0, k
  - aandeel aandeel: vol over gevolgd; empty when nobody was followed
  - ondergrens aandeel: lower 95% bound, Clopper-Pearson; empty idem
  - bovengrens aandeel: upper 95% bound; empty idem
  - huishoudens_nu aantal: households with it at P
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
