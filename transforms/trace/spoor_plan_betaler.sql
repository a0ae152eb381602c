/*
name: spoor_plan_betaler
doc: >
  The lines and plans behind mart plan_betaler.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [stg_plan, stg_plan_regel, plan_stand, huishouden_stand]
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

stg_plan_regel as (
  select * from stg_plan_regel
),

plan_stand as (
  select * from plan_stand
),

huishouden_stand as (
  select * from huishouden_stand
),

-- what the lines of a plan leave of its amount is the amount, less the lines
regels as (
  select
    casusnummer, scenario, betaler, 'maatwerk_plan_regel' as kind, levering, regel, bedrag_ct, case when inbaar then bedrag_ct else 0 end as inbaar_ct,
    case when not inbaar then bedrag_ct else 0 end as niet_inbaar_ct, cast(1 as bigint) as telt
  from stg_plan_regel
),

bedragen as (
  select casusnummer, 'huidig' as scenario, levering, regel, huidig_ct as totaal_ct from stg_plan where nr = 1
  union all
  select casusnummer, 'dreigend', levering, regel, dreigend_ct from stg_plan where nr = 1
  union all
  select casusnummer, 'maatwerk', levering, regel, maatwerk_ct from stg_plan where nr = 1
),

verdeeld as (
  select r.casusnummer, r.scenario, r.betaler, r.kind, r.levering, r.regel, r.bedrag_ct, r.inbaar_ct, r.niet_inbaar_ct, r.telt, b.totaal_ct
  from regels r
  join bedragen b on b.casusnummer = r.casusnummer and b.scenario = r.scenario
  union all
  select casusnummer, scenario, 'niet_verdeeld', 'maatwerk_plan', levering, regel, totaal_ct, 0, 0, 0, totaal_ct from bedragen where totaal_ct is not null
  union all
  select r.casusnummer, r.scenario, 'niet_verdeeld', r.kind, r.levering, r.regel, -r.bedrag_ct, 0, 0, 0, b.totaal_ct
  from regels r
  join bedragen b on b.casusnummer = r.casusnummer and b.scenario = r.scenario
  where b.totaal_ct is not null
),

eigen as (
  select p.*
  from plan_stand p
  left join huishouden_stand h on h.huishouden = p.huishouden
  where not coalesce(h.andere_gemeente, false)
),

kba as (
  select * from eigen where dreigend_ct is not null and maatwerk_ct is not null
),

groepen as (
  select 'alle' as groep, k.* from kba k
  union all
  select 'uitgevoerd', k.* from kba k where k.status in ('uitvoering', 'gereed')
),

delen as (
  select concat(g.groep, '/', v.betaler) as sleutel, v.casusnummer, v.scenario, v.kind, v.levering, v.regel, v.bedrag_ct, v.inbaar_ct
  from groepen g
  join verdeeld v on v.casusnummer = g.casusnummer
  where v.totaal_ct is not null
),

-- niet_verdeeld is a row only where something is left
netto as (
  select sleutel, casusnummer, scenario, sum(bedrag_ct) as bedrag_ct from delen group by sleutel, casusnummer, scenario
),

met_bedrag as (
  select distinct sleutel, casusnummer from netto where sleutel not like '%/niet_verdeeld' or bedrag_ct <> 0
),

sleutels as (
  select distinct sleutel from met_bedrag
),

sporen as (
  select
    sleutel, concat(scenario, '_ct') as kolom, kind, levering, regel, cast(null as varchar) as lid, bedrag_ct as deel
  from delen
  union all
  select
    sleutel, 'besparing_ct', kind, levering, regel, cast(null as varchar), case scenario when 'dreigend' then bedrag_ct else
    -bedrag_ct end
  from delen
  where scenario <> 'huidig'
  union all
  select
    sleutel, 'inbaar_ct', kind, levering, regel, cast(null as varchar), case scenario when 'dreigend' then inbaar_ct else -inbaar_ct
    end
  from delen
  where scenario <> 'huidig' and inbaar_ct <> 0
  union all
  select
    sleutel, 'plannen', cast(null as varchar), cast(null as bigint), cast(null as bigint), casusnummer, cast(1 as bigint)
  from met_bedrag
  union all
  select
    s.sleutel, 'noemer', cast(null as varchar), cast(null as bigint), cast(null as bigint), g.casusnummer, cast(1 as bigint)
  from sleutels s
  join groepen g on s.sleutel like concat(g.groep, '/%')
)

select * from sporen
