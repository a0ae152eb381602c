/*
name: controle
doc: >
  Control totals from extract to ranking (methods 8). A step that later steps divide shows what is missing between them
  (verschil_*); anything but 0 stops publication. overlap_gelijk (part of uitgesloten), overlap_verschilt and regel_gelijk
  (part of what is used) stand beside the chain: they say what was looked for in a kind, zeros included.
level: totaal
grain: [kind, stap]
reads: [controle_stap]
columns:
  - from controle_stap: kind, stap
  - regels aantal?: lines; from in_vensters on parts of lines per window; households for totaal; empty for steps in eurocents only
  - bedrag_ct ct: counted amount
  - verschil_regels aantal: lines of this step less those of its parts
  - verschil_ct ct: amount of this step less those of its parts
figures:
  regels: telling, regels in deze stap
  bedrag_ct: som, som van de bedragen in deze stap
  verschil_regels verschil_ct: schatting, deze stap min de stappen waar hij uit bestaat; moet nul zijn
*/
with

controle_stap as (
  select * from controle_stap
),

delen as (
  select 'geleverd' as stap, 'geaccepteerd' as deel, true as telt_regels
  union all
  select 'geleverd', 'quarantaine', true
  union all
  select 'geleverd', 'vervangen', true
  union all
  select 'geleverd', 'dubbel', true
  union all
  select 'geleverd', 'geweigerd', true
  union all
  select 'geaccepteerd', 'gebruikt', true
  union all
  select 'geaccepteerd', 'uitgesloten', true
  union all
  select 'geaccepteerd', 'herhaald', true
  union all
  select 'geaccepteerd', 'ouder', true
  union all
  select 'gebruikt', 'in_vensters', false
  union all
  select 'gebruikt', 'buiten_vensters', false
  union all
  select 'geprijsd', 'in_vensters', false
  union all
  select 'geprijsd', 'buiten_vensters', false
  union all
  select 'buiten_vensters', 'voor_vensters', false
  union all
  select 'buiten_vensters', 'na_vensters', false
  union all
  select 'in_vensters', 'huishoudens', true
  union all
  select 'in_vensters', 'onbekend', true
  union all
  select 'huishoudens', 'ranglijst', true
  union all
  select 'huishoudens', 'niet_getoond', true
  union all
  select 'huishoudens', 'andere_gemeente', true
),

-- gebruikt of a priced kind is in lines only: its eurocents are under geprijsd
geprijsd as (
  select distinct kind from controle_stap where stap = 'geprijsd'
),

kinds as (
  select distinct kind from controle_stap
),

-- every part counts, also one that has no row; steps of a kind without money have no parts after gebruikt
som as (
  select
    k.kind, d.stap, d.telt_regels, coalesce(sum(s.regels), 0) as regels, coalesce(sum(s.bedrag_ct), 0) as bedrag_ct
  from kinds k
  cross join delen d
  left join controle_stap s on s.kind = k.kind and s.stap = d.deel
  where (d.stap <> 'gebruikt' or not exists (select 1 from geprijsd g where g.kind = k.kind))
    and (d.stap <> 'gebruikt' or exists (
      select 1 from controle_stap c where c.kind = k.kind and c.stap = 'in_vensters'))
    and (d.stap <> 'huishoudens' or k.kind = 'totaal')
  group by k.kind, d.stap, d.telt_regels
),

verschillen as (
  select
    s.kind, s.stap, s.regels, s.bedrag_ct,
    cast(case when m.telt_regels then s.regels - m.regels else 0 end as bigint) as verschil_regels,
    cast(case when m.stap is null then 0 else s.bedrag_ct - m.bedrag_ct end as bigint) as verschil_ct
  from controle_stap s
  left join som m on m.kind = s.kind and m.stap = s.stap
)

select * from verschillen
