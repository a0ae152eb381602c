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
reads: [feit_toen, stg_huishouden, verzekerd_keten, kosten_bron, zvw_norm, gemeente_run, koppelt_niet, parameter]
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

feit_toen as (
  select * from feit_toen
),

stg_huishouden as (
  select * from stg_huishouden
),

verzekerd_keten as (
  select * from verzekerd_keten
),

kosten_bron as (
  select * from kosten_bron
),

zvw_norm as (
  select * from zvw_norm
),

gemeente_run as (
  select * from gemeente_run
),

koppelt_niet as (
  select * from koppelt_niet
),

parameter as (
  select * from parameter
),

verblijf as (
  select persoon, van, tot from stg_huishouden where not dubbel
),

dekkend as (
  select k.persoon, k.van, k.tot from verzekerd_keten k cross join parameter p where p.zvw_dekking = 'verzekerde'
  union all
  select v.persoon, v.van, v.tot from verblijf v cross join parameter p where p.zvw_dekking = 'alle'
),

perioden as (
  select d.persoon, greatest(d.van, p.t0_van) as van, least(d.tot, p.tot) as tot
  from dekkend d
  cross join parameter p
  where d.van < p.tot and d.tot > p.t0_van
),

dagen as (
  select persoon, sum(date_diff('day', van, tot)) as dagen from perioden group by persoon
),

zorg as (
  select
    d.persoon, k.bedrag_ct, date_diff('day', k.van, k.tot) as lengte,
    date_diff('day', k.van, greatest(k.van, d.van)) as begin_dag, date_diff('day', k.van, least(k.tot, d.tot)) as eind_dag
  from kosten_bron k
  join perioden d on d.persoon = k.persoon and k.van < d.tot and k.tot > d.van
  where k.domein = 'zvw'
),

kosten as (
  select persoon, sum(deel(bedrag_ct, eind_dag, lengte) - deel(bedrag_ct, begin_dag, lengte)) as ct from zorg group by persoon
),

persoon as (
  select
    d.persoon, d.dagen, coalesce(k.ct, 0) as ct, f.geslacht,
    year(p.peildatum) - year(f.geboren)
      - case when substr(cast(f.geboren as varchar), 6, 5) > substr(cast(p.peildatum as varchar), 6, 5) then 1 else 0 end
      as leeftijd
  from dagen d
  join feit_toen f on f.peil = 0 and f.persoon = d.persoon
  left join gemeente_run g on g.gemeentecode = f.gemeentecode
  left join kosten k on k.persoon = d.persoon
  cross join parameter p
  where (not p.alleen_gekozen_gemeenten or g.gemeentecode is not null)
    and not exists (select 1 from koppelt_niet n where n.kind = 'zvw_declaratie' and n.gemeentecode = 'alle')
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
