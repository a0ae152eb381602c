/*
name: plan_totaal
doc: >
  Sums and counts over all plans, each with its denominator (methods 7, rules 44): _alle over the plans with dreigend and
  maatwerk filled, _uitgevoerd over those of them in uitvoering or gereed. A mean is in whole eurocents, half away from zero.
  Plans of households that run.gemeenten leaves out are not among them (rules 75). The time to approval is that of doorlooptijd, in days
  and as the share approved within two months (61 days).
level: totaal
grain: [meting]
reads: [plan_stand, plan_groep, doorlooptijd_maat, huishouden_stand]
columns:
  - meting tekst: "`<huidig, dreigend, maatwerk, besparing, gemiddelde_besparing, meerkosten>_<alle, uitgevoerd>`, or a count; meerkosten is maatwerk less huidig"
  - waarde_ct ct?: amount; empty for a count, and for a mean of nothing
  - waarde getal?: count, days or share; empty for an amount, and where plans were not followed long enough
  - noemer aantal: number of plans behind it
  - eenheid tekst: eurocent, plannen, dagen or aandeel
  - ci_laag getal?: lower bound of the 95% interval of days or a share; empty where it is not reached, and for what is counted
  - ci_hoog getal?: upper bound
needs:
  "*": maatwerk_plan
figures:
  waarde_ct: som, som over plannen met dreigend en maatwerk
  "waarde_ct@gemiddelde_*": schatting, besparing gedeeld door het aantal plannen
  waarde: telling, plannen waarvoor dit geldt
  "waarde@mediaan_dagen_tot_akkoord": schatting, mediaan van de dagen tot akkoord (Kaplan en Meier)
  "waarde@akkoord_binnen_twee_maanden": schatting, aandeel met akkoord binnen 61 dagen (Kaplan en Meier)
  noemer: telling, plannen waar het getal over gaat
  ci_laag ci_hoog: schatting, 95%-grens
*/
with

plan_stand as (
  select * from plan_stand
),

plan_groep as (
  select * from plan_groep
),

doorlooptijd_maat as (
  select * from doorlooptijd_maat
),

huishouden_stand as (
  select * from huishouden_stand
),

eigen as (
  select p.*
  from plan_stand p
  left join huishouden_stand h on h.huishouden = p.huishouden
  where not coalesce(h.andere_gemeente, false)
),

groepen as (
  select g.groep, p.huidig_ct, p.dreigend_ct, p.maatwerk_ct, p.besparing_verwacht_ct, p.meerkosten_ct
  from plan_groep g
  join plan_stand p on p.casusnummer = g.casusnummer
),

groep_naam as (
  select 'alle' as groep
  union all
  select 'uitgevoerd'
),

sommen as (
  select
    n.groep, count(g.groep) as plannen, count(g.huidig_ct) as plannen_huidig,
    coalesce(cast(sum(g.huidig_ct) as bigint), 0) as huidig_ct,
    coalesce(cast(sum(g.dreigend_ct) as bigint), 0) as dreigend_ct,
    coalesce(cast(sum(g.maatwerk_ct) as bigint), 0) as maatwerk_ct,
    coalesce(cast(sum(g.besparing_verwacht_ct) as bigint), 0) as besparing_ct,
    coalesce(cast(sum(g.meerkosten_ct) as bigint), 0) as meerkosten_ct
  from groep_naam n
  left join groepen g on g.groep = n.groep
  group by n.groep
),

statussen as (
  select status, count(*) as plannen from eigen group by status
),

telling as (
  select
    count(*) as plannen,
    coalesce(sum(case when dreigend_ct is not null and maatwerk_ct is not null then 1 else 0 end), 0) as met_kba,
    coalesce(sum(case when dreigend_ct is not null and maatwerk_ct is not null and horizon_mnd <> 12 then 1 else 0 end), 0)
      as horizon_anders,
    coalesce(sum(case when akkoord_ontbreekt then 1 else 0 end), 0) as akkoord_ontbreekt,
    coalesce(sum(case when akkoord_na_datum then 1 else 0 end), 0) as akkoord_na_datum,
    coalesce(sum(case when akkoord_stand = 'onbekend' then 1 else 0 end), 0) as akkoord_onbekend,
    coalesce(sum(case when akkoord_stand <> 'niet_gestart' then 1 else 0 end), 0) as gestart,
    coalesce(sum(case when negatieve_doorlooptijd then 1 else 0 end), 0) as negatieve_doorlooptijd, count(datum_akkoord) as met_akkoord,
    coalesce(sum(case when regels_tellen_niet_op then 1 else 0 end), 0) as regels_tellen_niet_op,
    coalesce(sum(case when onveiligheid then 1 else 0 end), 0) as onveiligheid, count(onveiligheid) as van_onveiligheid,
    coalesce(sum(case when huiselijk_geweld then 1 else 0 end), 0) as huiselijk_geweld, count(huiselijk_geweld) as van_huiselijk_geweld
  from eigen
),

-- half away from zero: twice the sum plus or minus the number, over twice the number
gemiddeld as (
  select
    groep, plannen,
    sign(besparing_ct) * deel(2 * abs(besparing_ct) + plannen, cast(1 as bigint), 2 * nullif(plannen, 0)) as besparing_ct
  from sommen
),

bedragen as (
  select concat('huidig_', groep) as meting, huidig_ct as waarde_ct, plannen_huidig as noemer from sommen
  union all
  select concat('dreigend_', groep), dreigend_ct, plannen from sommen
  union all
  select concat('maatwerk_', groep), maatwerk_ct, plannen from sommen
  union all
  select concat('besparing_', groep), besparing_ct, plannen from sommen
  union all
  select concat('gemiddelde_besparing_', groep), besparing_ct, plannen from gemiddeld
  union all
  select concat('meerkosten_', groep), meerkosten_ct, plannen_huidig from sommen
),

tellingen as (
  select 'plannen' as meting, plannen as waarde, plannen as noemer from telling
  union all
  select 'plannen_met_kba', met_kba, plannen from telling
  union all
  select 'horizon_anders', horizon_anders, met_kba from telling
  union all
  select 'akkoord_ontbreekt', akkoord_ontbreekt, plannen from telling
  union all
  select 'akkoord_na_datum', akkoord_na_datum, plannen from telling
  union all
  select 'akkoord_onbekend', akkoord_onbekend, plannen from telling
  union all
  select 'plannen_gestart', gestart, plannen from telling
  union all
  select 'negatieve_doorlooptijd', negatieve_doorlooptijd, met_akkoord from telling
  union all
  select 'regels_tellen_niet_op', regels_tellen_niet_op, plannen from telling
  union all
  select 'onveiligheid', onveiligheid, van_onveiligheid from telling
  union all
  select 'huiselijk_geweld', huiselijk_geweld, van_huiselijk_geweld from telling
  union all
  select concat('plannen_status_', s.status), s.plannen, t.plannen from statussen s cross join telling t
),

metingen as (
  select
    meting, waarde_ct, cast(null as double) as waarde, cast(noemer as bigint) as noemer, 'eurocent' as eenheid,
    cast(null as double) as ci_laag, cast(null as double) as ci_hoog
  from bedragen
  union all
  select meting, cast(null as bigint), cast(waarde as double), cast(noemer as bigint), 'plannen', cast(null as double), cast(null as double)
  from tellingen
  union all
  select meting, cast(null as bigint), waarde, noemer, eenheid, ci_laag, ci_hoog from doorlooptijd_maat
)

select * from metingen
