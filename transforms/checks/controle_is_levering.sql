/*
name: controle_is_levering
doc: The first steps of the control totals are the lines and eurocents of the mart levering, and every file that was read adds up.
grain: [kind]
reads: [controle, levering]
columns:
  - kind tekst: kind of extract
check:
  severity: fout
  denominator: levering
  sentence: "bij {n} soorten extracten zijn de controletotalen niet die van de {d} bestanden"
  reason: what was delivered is counted once, while reading
*/
with

controle as (
  select * from controle
),

levering as (
  select * from levering
),

bestanden as (
  select
    kind, sum(regels) as regels, sum(coalesce(bedrag_ct, 0)) as ct, sum(geaccepteerd) as geaccepteerd,
    sum(quarantaine) as quarantaine,
    max(case when status = 'geaccepteerd' and regels <> geaccepteerd + quarantaine then 1 else 0 end) as sluit_niet
  from levering
  group by kind
),

stappen as (
  select
    kind,
    sum(case when stap = 'geleverd' then regels else 0 end) as regels,
    sum(case when stap = 'geleverd' then bedrag_ct else 0 end) as ct,
    sum(case when stap in ('geaccepteerd', 'vervangen') then regels else 0 end) as geaccepteerd,
    sum(case when stap = 'quarantaine' then regels else 0 end) as quarantaine
  from controle
  where kind <> 'totaal'
  group by kind
),

schending as (
  select coalesce(b.kind, s.kind) as kind
  from bestanden b
  full outer join stappen s on s.kind = b.kind
  where coalesce(b.sluit_niet, 0) = 1 or coalesce(b.regels, 0) <> coalesce(s.regels, 0) or coalesce(b.ct, 0) <> coalesce(s.ct, 0)
    or coalesce(b.geaccepteerd, 0) <> coalesce(s.geaccepteerd, 0) or coalesce(b.quarantaine, 0) <> coalesce(s.quarantaine, 0)
)

select * from schending
