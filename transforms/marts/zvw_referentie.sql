/*
name: zvw_referentie
doc: >
  Cost of health care per insured year in T0, by sex and age, beside what Vektis publishes (referentie_zvw.yaml). Everyone in
  the huishouden feed counts for the days insured with an insurer that delivers, those who have died since included; where the
  insurers speak for all, for the days with a spell. Cost counts as far as it falls on those days, by day as in a window. Age
  is that at P. No rows where insured days are not known, or where the insurer's persons are not found in huishouden (rules
  63); nobody of a gemeente that run.gemeenten leaves out. The row alle is indirectly standardised: verhouding is cost over
  what persons of these ages would cost in the Netherlands.
level: totaal
grain: [geslacht, leeftijdsklasse]
reads: [zvw_verzekerd_persoon, zvw_verzekerd_zorg, zvw_norm]
columns:
  - geslacht tekst: COD046, or alle
  - leeftijdsklasse tekst: five years, 90+, or alle
  - verzekerden aantal: persons with an insured day in T0
  - verzekerde_dagen aantal: their insured days; 365 are an insured year
  - kosten_ct ct: declared cost of health care on those days
  - kosten_per_jaar_ct ct: per insured year, rounded down
  - referentie_ct ct: what these insured days cost in the Netherlands, at the level of the published year
  - referentie_verhoogd_ct ct: the same, raised to the later year
  - verhouding aandeel?: kosten_ct over referentie_verhoogd_ct
figures:
  verzekerden: telling, personen met een verzekerde dag in de laatste 12 maanden
  verzekerde_dagen: telling, hun verzekerde dagen
  kosten_ct: som, som van de delen van zorgregels die op die dagen vallen
  kosten_per_jaar_ct: schatting, kosten_ct maal 365 gedeeld door verzekerde_dagen, naar beneden afgerond
  referentie_ct referentie_verhoogd_ct: schatting, verzekerde dagen maal wat Vektis per verzekerd jaar publiceert (referentie_zvw.yaml)
  verhouding: schatting, kosten_ct gedeeld door referentie_verhoogd_ct
*/
with

zvw_verzekerd_persoon as (
  select * from zvw_verzekerd_persoon
),

zvw_verzekerd_zorg as (
  select * from zvw_verzekerd_zorg
),

zvw_norm as (
  select * from zvw_norm
),

kosten as (
  select persoon, sum(deel_ct) as ct from zvw_verzekerd_zorg group by persoon
),

persoon as (
  select v.persoon, v.dagen, v.geslacht, v.leeftijd, coalesce(k.ct, 0) as ct
  from zvw_verzekerd_persoon v
  left join kosten k on k.persoon = v.persoon
),

klasse as (
  select
    n.geslacht, n.klasse as leeftijdsklasse, n.norm_ct, n.verhoogd_ct, count(*) as verzekerden,
    cast(sum(s.dagen) as bigint) as dagen, cast(sum(s.ct) as bigint) as ct
  from persoon s
  join zvw_norm n on n.geslacht = s.geslacht and s.leeftijd >= n.leeftijd_van and s.leeftijd < n.leeftijd_tot
  group by n.geslacht, n.klasse, n.norm_ct, n.verhoogd_ct
),

regels as (
  select
    geslacht, leeftijdsklasse, verzekerden, dagen, ct, deel(norm_ct, dagen, 365) as referentie_ct,
    deel(verhoogd_ct, dagen, 365) as verhoogd_ct
  from klasse
),

alles as (
  select * from regels
  union all
  select
    'alle', 'alle', cast(sum(verzekerden) as bigint), cast(sum(dagen) as bigint), cast(sum(ct) as bigint),
    cast(sum(referentie_ct) as bigint), cast(sum(verhoogd_ct) as bigint)
  from regels
  having count(*) > 0
),

verhoudingen as (
  select
    geslacht, leeftijdsklasse, verzekerden, dagen as verzekerde_dagen, ct as kosten_ct, deel(ct, 365, dagen) as kosten_per_jaar_ct,
    referentie_ct, verhoogd_ct as referentie_verhoogd_ct, cast(ct as double) / nullif(verhoogd_ct, 0) as verhouding
  from alles
)

select * from verhoudingen
