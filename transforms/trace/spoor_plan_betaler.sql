/*
name: spoor_plan_betaler
doc: >
  The lines and plans behind mart plan_betaler.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [verdeeld_regel, plan_groep]
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

verdeeld_regel as (
  select * from verdeeld_regel
),

plan_groep as (
  select * from plan_groep
),

delen as (
  select concat(g.groep, '/', v.betaler) as sleutel, v.casusnummer, v.scenario, v.kind, v.levering, v.regel, v.bedrag_ct, v.inbaar_ct
  from plan_groep g
  join verdeeld_regel v on v.casusnummer = g.casusnummer
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
  join plan_groep g on s.sleutel like concat(g.groep, '/%')
)

select * from sporen
