/*
name: spoor_controle
doc: >
  The lines behind every step of mart controle. What did not come into the lake stands by file; what is not used is taken off what is
  accepted, line by line.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [lake_regel, vervangen, levering_totaal, niet_gebruikt_regel, kosten_kind, kosten_bron, kosten_deel, kosten_regel, huishouden_stand, overlap_gelijk, overlap_verschilt, regel_gelijk, kind_feit]
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

lake_regel as (
  select * from lake_regel
),

vervangen as (
  select * from vervangen
),

levering_totaal as (
  select * from levering_totaal
),

niet_gebruikt_regel as (
  select * from niet_gebruikt_regel
),

kosten_kind as (
  select * from kosten_kind
),

kosten_bron as (
  select * from kosten_bron
),

kosten_deel as (
  select * from kosten_deel
),

kosten_regel as (
  select * from kosten_regel
),

huishouden_stand as (
  select * from huishouden_stand
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

kind_feit as (
  select * from kind_feit
),

lake as (
  select
    r.kind, case when v.regel is null then 'geaccepteerd' else 'vervangen' end as stap, r.levering, r.regel, coalesce(r.geteld_ct, 0) as ct
  from lake_regel r
  left join vervangen v on v.kind = r.kind and v.levering = r.levering and v.regel = r.regel
),

niet_gebruikt as (
  select kind, stap, levering, regel, geteld_ct as ct from niet_gebruikt_regel
),

met_kosten as (
  select kind from kosten_kind where grondslag = 'gedeclareerd'
),

overig as (
  select l.kind, l.levering, l.regel, l.ct, cast(1 as bigint) as telt
  from lake l
  where l.stap = 'geaccepteerd' and not exists (select 1 from met_kosten k where k.kind = l.kind)
  union all
  select n.kind, n.levering, n.regel, -n.ct, cast(-1 as bigint)
  from niet_gebruikt n
  where not exists (select 1 from met_kosten k where k.kind = n.kind)
),

per_huishouden as (
  select k.huishouden, k.kind, k.levering, k.regel, k.deel_ct
  from kosten_regel k
  where k.grondslag = 'gedeclareerd' and k.huishouden <> -1
),

gezocht as (
  select kind, 'overlap_gelijk' as stap, levering, regel, coalesce(geteld_ct, 0) as ct from overlap_gelijk
  union all
  select o.kind, 'overlap_verschilt', o.levering, o.regel, coalesce(o.geteld_ct, 0)
  from overlap_verschilt o
  join kind_feit f on f.kind = o.kind and not f.referentie
  union all
  select r.kind, 'regel_gelijk', r.levering, r.regel, coalesce(r.geteld_ct, 0)
  from regel_gelijk r
  join kind_feit f on f.kind = r.kind and not f.referentie
),

stand as (
  select
    huishouden, case when andere_gemeente then 'andere_gemeente' when getoond then 'ranglijst' else 'niet_getoond' end as stap
  from huishouden_stand
),

stappen as (
  select kind, stap, levering, regel, cast(null as varchar) as lid, cast(1 as bigint) as telt, ct from lake
  union all
  select kind, 'geleverd', levering, regel, cast(null as varchar), 1, ct from lake
  union all
  select kind, stap, levering, regel, cast(null as varchar), 1, ct from niet_gebruikt
  union all
  select kind, stap, levering, regel, cast(null as varchar), 1, ct from gezocht
  union all
  select kind, 'gebruikt', levering, regel, cast(null as varchar), telt, ct from overig
  union all
  select kind, 'gebruikt', levering, regel, cast(null as varchar), bron_regels, bedrag_ct from kosten_bron where grondslag = 'gedeclareerd'
  union all
  select kind, 'in_vensters', levering, regel, cast(null as varchar), 1, deel_ct from kosten_regel
  union all
  select kind, case when huishouden = -1 then 'onbekend' else 'huishoudens' end, levering, regel, cast(null as varchar), 1, deel_ct
  from kosten_regel
  union all
  select kind, 'buiten_vensters', levering, regel, cast(null as varchar), 0, buiten_ct from kosten_deel
  union all
  select kind, 'voor_vensters', levering, regel, cast(null as varchar), 0, voor_ct from kosten_deel
  union all
  select kind, 'na_vensters', levering, regel, cast(null as varchar), 0, na_ct from kosten_deel
  union all
  select kind, 'geprijsd', levering, regel, cast(null as varchar), 0, bedrag_ct from kosten_deel where grondslag = 'geprijsd'
  union all
  select kind, 'geleverd', cast(null as bigint), cast(null as bigint), concat('quarantaine van ', bestand), quarantaine, quarantaine_ct
  from levering_totaal
  where status = 'geaccepteerd'
  union all
  select kind, 'quarantaine', cast(null as bigint), cast(null as bigint), concat('quarantaine van ', bestand), quarantaine, quarantaine_ct
  from levering_totaal
  where status = 'geaccepteerd'
  union all
  select kind, 'geleverd', cast(null as bigint), cast(null as bigint), bestand, regels, coalesce(bedrag_ct, 0)
  from levering_totaal
  where status <> 'geaccepteerd'
  union all
  select kind, status, cast(null as bigint), cast(null as bigint), bestand, regels, coalesce(bedrag_ct, 0)
  from levering_totaal
  where status <> 'geaccepteerd'
),

sporen as (
  select
    concat(kind, '/', stap) as sleutel, 'regels' as kolom, kind, levering, regel, lid, telt as deel
  from stappen
  where telt <> 0
  union all
  select
    concat(kind, '/', stap), 'bedrag_ct', kind, levering, regel, lid, ct
  from stappen
  where ct <> 0
  union all
  select
    concat('totaal/', stap), 'regels', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden),
    cast(1 as bigint)
  from stand
  union all
  select
    'totaal/huishoudens', 'regels', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h', huishouden),
    cast(1 as bigint)
  from stand
  union all
  select
    concat('totaal/', s.stap), 'bedrag_ct', k.kind, k.levering, k.regel, cast(null as varchar), k.deel_ct
  from stand s
  join per_huishouden k on k.huishouden = s.huishouden
  union all
  select
    'totaal/huishoudens', 'bedrag_ct', k.kind, k.levering, k.regel, cast(null as varchar), k.deel_ct
  from stand s
  join per_huishouden k on k.huishouden = s.huishouden
)

select * from sporen
