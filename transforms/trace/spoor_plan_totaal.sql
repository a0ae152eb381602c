/*
name: spoor_plan_totaal
doc: >
  The plans behind the counts of mart plan_totaal, and the lines behind its amounts.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [stg_plan, plan_stand, plan_groep, huishouden_stand, hindernis_plan]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

stg_plan as (
  select * from stg_plan
),

plan_stand as (
  select * from plan_stand
),

plan_groep as (
  select * from plan_groep
),

huishouden_stand as (
  select * from huishouden_stand
),

hindernis_plan as (
  select * from hindernis_plan
),

eigen as (
  select p.*
  from plan_stand p
  left join huishouden_stand h on h.huishouden = p.huishouden
  where not coalesce(h.andere_gemeente, false)
),

bedragen as (
  select
    g.groep, g.casusnummer, s.levering, s.regel, p.huidig_ct, p.dreigend_ct, p.maatwerk_ct, p.besparing_verwacht_ct, p.meerkosten_ct
  from plan_groep g
  join plan_stand p on p.casusnummer = g.casusnummer
  join stg_plan s on s.casusnummer = g.casusnummer and s.nr = 1
),

geteld as (
  select 'plannen' as meting, casusnummer from eigen
  union all
  select 'plannen_met_kba', casusnummer from eigen where dreigend_ct is not null and maatwerk_ct is not null
  union all
  select 'horizon_anders', casusnummer from eigen where dreigend_ct is not null and maatwerk_ct is not null and horizon_mnd <> 12
  union all
  select 'akkoord_ontbreekt', casusnummer from eigen where akkoord_ontbreekt
  union all
  select 'akkoord_na_datum', casusnummer from eigen where akkoord_na_datum
  union all
  select 'akkoord_onbekend', casusnummer from eigen where akkoord_stand = 'onbekend'
  union all
  select 'plannen_gestart', casusnummer from eigen where akkoord_stand <> 'niet_gestart'
  union all
  select 'negatieve_doorlooptijd', casusnummer from eigen where negatieve_doorlooptijd
  union all
  select 'regels_tellen_niet_op', casusnummer from eigen where regels_tellen_niet_op
  union all
  select 'onveiligheid', casusnummer from eigen where onveiligheid
  union all
  select 'huiselijk_geweld', casusnummer from eigen where huiselijk_geweld
),

van as (
  select 'plannen' as meting, casusnummer from eigen
  union all
  select 'plannen_met_kba', casusnummer from eigen
  union all
  select 'horizon_anders', casusnummer from eigen where dreigend_ct is not null and maatwerk_ct is not null
  union all
  select 'akkoord_ontbreekt', casusnummer from eigen
  union all
  select 'akkoord_na_datum', casusnummer from eigen
  union all
  select 'akkoord_onbekend', casusnummer from eigen
  union all
  select 'plannen_gestart', casusnummer from eigen
  union all
  select 'negatieve_doorlooptijd', casusnummer from eigen where datum_akkoord is not null
  union all
  select 'regels_tellen_niet_op', casusnummer from eigen
  union all
  select 'onveiligheid', casusnummer from eigen where onveiligheid is not null
  union all
  select 'huiselijk_geweld', casusnummer from eigen where huiselijk_geweld is not null
),

soorten as (
  select distinct status from eigen
),

gevolgd as (
  select casusnummer from hindernis_plan where dagen_tot_akkoord is null or dagen_tot_akkoord >= 0
),

sporen as (
  select
    concat('huidig_', groep) as sleutel, 'waarde_ct' as kolom, 'maatwerk_plan' as kind, levering, regel, cast(null as varchar) as lid,
    huidig_ct as deel
  from bedragen
  where huidig_ct is not null
  union all
  select
    concat('dreigend_', groep), 'waarde_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), dreigend_ct
  from bedragen
  union all
  select
    concat('maatwerk_', groep), 'waarde_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), maatwerk_ct
  from bedragen
  union all
  select
    concat('besparing_', groep), 'waarde_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), besparing_verwacht_ct
  from bedragen
  union all
  select
    concat('meerkosten_', groep), 'waarde_ct', 'maatwerk_plan', levering, regel, cast(null as varchar), meerkosten_ct
  from bedragen
  where meerkosten_ct is not null
  union all
  select
    concat('huidig_', groep), 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as
    bigint)
  from bedragen
  where huidig_ct is not null
  union all
  select
    concat('dreigend_', groep), 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as
    bigint)
  from bedragen
  union all
  select
    concat('maatwerk_', groep), 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as
    bigint)
  from bedragen
  union all
  select
    concat('besparing_', groep), 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as
    bigint)
  from bedragen
  union all
  select
    concat('gemiddelde_besparing_', groep), 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer,
    cast(1 as bigint)
  from bedragen
  union all
  select
    concat('meerkosten_', groep), 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as
    bigint)
  from bedragen
  where huidig_ct is not null
  union all
  select
    meting, 'waarde', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as bigint)
  from geteld
  union all
  select
    concat('plannen_status_', status), 'waarde', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer,
    cast(1 as bigint)
  from eigen
  union all
  select
    meting, 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as bigint)
  from van
  union all
  select
    concat('plannen_status_', s.status), 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), e.casusnummer,
    cast(1 as bigint)
  from soorten s
  cross join eigen e
  union all
  select
    'mediaan_dagen_tot_akkoord', 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as
    bigint)
  from gevolgd
  union all
  select
    'akkoord_binnen_twee_maanden', 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as
    bigint)
  from gevolgd
)

select * from sporen
