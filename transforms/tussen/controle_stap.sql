/*
name: controle_stap
doc: >
  Lines and counted eurocents at every step from extract to ranking (methods 8). The steps up to dubbel come from ingest,
  which counted in Go; the rest is counted anew from the tables, so that the two have to meet. overlap_gelijk (part of uitgesloten),
  overlap_verschilt and regel_gelijk (part of what is used) say what was looked for beside the chain.
grain: [kind, stap]
reads: [levering_totaal, controle_lake, niet_gebruikt_regel, kosten_kind, kosten_breed, huishouden_stand, rang, levering_stand, kind_feit, overlap_gelijk, overlap_verschilt, regel_gelijk]
columns:
  - kind tekst: kind of extract, or totaal
  - stap tekst: step
  - regels aantal: lines; at and after in_vensters lines per window; households for totaal
  - bedrag_ct ct: counted eurocents
*/
with

levering_totaal as (
  select * from levering_totaal
),

controle_lake as (
  select * from controle_lake
),

niet_gebruikt_regel as (
  select * from niet_gebruikt_regel
),

kosten_kind as (
  select * from kosten_kind
),

kosten_breed as (
  select * from kosten_breed
),

huishouden_stand as (
  select * from huishouden_stand
),

rang as (
  select * from rang
),

levering_stand as (
  select * from levering_stand
),

kind_feit as (
  select * from kind_feit
),

overlap_gelijk as (
  select * from overlap_gelijk
),

overlap_verschilt as (
  select * from overlap_verschilt
),

regel_gelijk as (
  select * from regel_gelijk
),

geleverd as (
  select kind, 'geleverd' as stap, sum(regels) as regels, sum(coalesce(bedrag_ct, 0)) as bedrag_ct
  from levering_totaal
  group by kind
  union all
  select kind, status, sum(regels), sum(coalesce(bedrag_ct, 0))
  from levering_totaal
  where status in ('geweigerd', 'dubbel')
  group by kind, status
  union all
  select kind, 'quarantaine', sum(quarantaine), sum(quarantaine_ct)
  from levering_totaal
  where status = 'geaccepteerd'
  group by kind
),

-- these kinds have the step also where no line is in it
niet_gebruikt as (
  select kind, stap, count(*) as regels, sum(geteld_ct) as bedrag_ct from niet_gebruikt_regel group by kind, stap
  union all
  select 'participatie_uitkering', 'herhaald', 0, 0
  union all
  select 'schuldhulp_traject', 'ouder', 0, 0
  union all
  select 'maatwerk_plan', 'ouder', 0, 0
  union all
  select 'grootboek_totaal', 'ouder', 0, 0
),

-- kinds with declared cost: what the cost models use
kosten as (
  select kind, 'gebruikt' as stap, sum(bron_regels) as regels, sum(bedrag_ct) as bedrag_ct
  from kosten_breed
  where grondslag = 'gedeclareerd'
  group by kind
),

niet_gebruikt_kind as (
  select kind, sum(regels) as regels, sum(bedrag_ct) as bedrag_ct from niet_gebruikt group by kind
),

-- the other kinds: what is accepted and not set aside
overig as (
  select
    l.kind, 'gebruikt' as stap, l.regels - coalesce(n.regels, 0) as regels, l.bedrag_ct - coalesce(n.bedrag_ct, 0) as bedrag_ct
  from controle_lake l
  left join niet_gebruikt_kind n on n.kind = l.kind
  where l.stap = 'geaccepteerd'
    and not exists (select 1 from kosten_kind k where k.kind = l.kind and k.grondslag = 'gedeclareerd')
),

vensters as (
  select kind, 'in_vensters' as stap, sum(t0_regels + t1_regels + t2_regels) as regels, sum(t0_ct + t1_ct + t2_ct) as bedrag_ct
  from kosten_breed
  group by kind
  union all
  select kind, 'buiten_vensters', cast(null as bigint), sum(buiten_ct) from kosten_breed group by kind
  union all
  select kind, 'voor_vensters', cast(null as bigint), sum(voor_ct) from kosten_breed group by kind
  union all
  select kind, 'na_vensters', cast(null as bigint), sum(na_ct) from kosten_breed group by kind
  union all
  select kind, 'geprijsd', cast(null as bigint), sum(bedrag_ct) from kosten_breed where grondslag = 'geprijsd' group by kind
  union all
  select
    kind, case when huishouden = -1 then 'onbekend' else 'huishoudens' end, sum(t0_regels + t1_regels + t2_regels),
    sum(t0_ct + t1_ct + t2_ct)
  from kosten_breed
  group by kind, case when huishouden = -1 then 'onbekend' else 'huishoudens' end
),

per_huishouden as (
  select huishouden, sum(t0_ct + t1_ct + t2_ct) as ct
  from kosten_breed
  where grondslag = 'gedeclareerd' and huishouden <> -1
  group by huishouden
),

totaal as (
  select 'totaal' as kind, 'huishoudens' as stap, count(*) as regels, coalesce(sum(k.ct), 0) as bedrag_ct
  from huishouden_stand h
  left join per_huishouden k on k.huishouden = h.huishouden
  union all
  select 'totaal', 'niet_getoond', count(*), coalesce(sum(k.ct), 0)
  from huishouden_stand h
  left join per_huishouden k on k.huishouden = h.huishouden
  where not h.getoond and not h.andere_gemeente
  union all
  select 'totaal', 'andere_gemeente', count(*), coalesce(sum(k.ct), 0)
  from huishouden_stand h
  left join per_huishouden k on k.huishouden = h.huishouden
  where h.andere_gemeente
  union all
  select 'totaal', 'ranglijst', count(*), coalesce(sum(kosten_t0_ct + kosten_t1_ct + kosten_t2_ct), 0)
  from rang
),

-- what was looked for in every kind in which the same money could be twice, also where nothing was found (rules 61, 62)
dubbel_gezocht as (
  select distinct s.kind, f.referentie
  from levering_stand s
  join kind_feit f on f.kind = s.kind and f.geld and f.periode
  where s.optellend or not f.referentie
),

gezocht as (
  select d.kind, 'overlap_gelijk' as stap, count(o.regel) as regels, sum(o.geteld_ct) as bedrag_ct
  from dubbel_gezocht d
  left join overlap_gelijk o on o.kind = d.kind
  group by d.kind
  union all
  select d.kind, 'overlap_verschilt', count(o.regel), sum(o.geteld_ct)
  from dubbel_gezocht d
  left join overlap_verschilt o on o.kind = d.kind
  where not d.referentie
  group by d.kind
  union all
  select d.kind, 'regel_gelijk', count(r.regel), sum(r.geteld_ct)
  from dubbel_gezocht d
  left join regel_gelijk r on r.kind = d.kind
  where not d.referentie
  group by d.kind
),

alles as (
  select * from geleverd
  union all
  select * from controle_lake
  union all
  select * from niet_gebruikt
  union all
  select * from kosten
  union all
  select * from overig
  union all
  select * from vensters
  union all
  select * from gezocht
  union all
  select * from totaal
),

stappen as (
  select kind, stap, cast(sum(regels) as bigint) as regels, coalesce(cast(sum(bedrag_ct) as bigint), 0) as bedrag_ct
  from alles
  group by kind, stap
)

select * from stappen
