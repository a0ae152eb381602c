/*
name: dreiging_telling
doc: >
  Per near miss (cocktail and what is missing): the households that had it on the day a year before P, whether the cocktail was vol on
  some day of the year since, and, of those in which it was not, where a day of that year could not be seen; and the households that
  have it at P. Households with an excluded member are left out.
grain: [cocktail_id, ontbrekend]
reads: [dreiging_huishouden]
columns:
  - cocktail_id tekst: cocktail
  - ontbrekend tekst: what is missing
  - toen aantal: households on the last day of T1
  - vol aantal: of which the cocktail was vol in T0
  - niet_te_zien aantal: of which it was not, as far as could be seen, and a day of T0 was onbekend
  - nu aantal: households at P
  - vol_leden aantal: "sum of the keys of vol, the rest of it by 2^62, which tells one set of households from another"
  - niet_te_zien_leden aantal: of niet_te_zien
  - anders_leden aantal: of the rest of toen
  - nu_leden aantal: of nu
*/
with

dreiging_huishouden as (
  select * from dreiging_huishouden
),

tellingen as (
  select
    cocktail_id, ontbrekend, cast(sum(toen) as bigint) as toen, cast(sum(vol) as bigint) as vol,
    cast(sum(niet_te_zien) as bigint) as niet_te_zien, cast(sum(nu) as bigint) as nu,
    cast(sum(cast(vol as decimal(38, 0)) * huishouden) % 4611686018427387904 as bigint) as vol_leden,
    cast(sum(cast(niet_te_zien as decimal(38, 0)) * huishouden) % 4611686018427387904 as bigint) as niet_te_zien_leden,
    cast(sum(cast(toen - vol - niet_te_zien as decimal(38, 0)) * huishouden) % 4611686018427387904 as bigint) as anders_leden,
    cast(sum(cast(nu as decimal(38, 0)) * huishouden) % 4611686018427387904 as bigint) as nu_leden
  from dreiging_huishouden
  group by cocktail_id, ontbrekend
)

select * from tellingen
