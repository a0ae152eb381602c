/*
name: controle_is_ranglijst
doc: >
  The last steps of the control totals are what the marts hold: households and eurocents of the ranking, the households of huishouden
  and the declared eurocents of kosten with a household, and of kosten the rows under onbekend.
grain: [stap]
reads: [controle, ranglijst, huishouden, kosten]
columns:
  - stap tekst: step that differs
check:
  severity: fout
  denominator: controle
  sentence: "{n} stappen van de {d} controletotalen verschillen van de ranglijst of de kosten"
  reason: two marts that name the same euros have to agree to the cent
*/
with

controle as (
  select * from controle
),

ranglijst as (
  select * from ranglijst
),

huishouden as (
  select * from huishouden
),

kosten as (
  select * from kosten
),

lijst as (
  select count(*) as huishoudens, coalesce(sum(kosten_t0_ct + kosten_t1_ct + kosten_t2_ct), 0) as ct from ranglijst
),

geteld as (
  select count(*) as huishoudens from huishouden
),

bedragen as (
  select
    coalesce(sum(case when huishouden_id <> 'onbekend' and grondslag = 'gedeclareerd' then bedrag_ct else 0 end), 0) as ct,
    coalesce(sum(case when huishouden_id = 'onbekend' then regels else 0 end), 0) as onbekend_regels,
    coalesce(sum(case when huishouden_id = 'onbekend' then bedrag_ct else 0 end), 0) as onbekend_ct
  from kosten
),

stappen as (
  select
    coalesce(sum(case when kind = 'totaal' and stap = 'ranglijst' then regels else 0 end), 0) as huishoudens,
    coalesce(sum(case when kind = 'totaal' and stap = 'ranglijst' then bedrag_ct else 0 end), 0) as ct,
    coalesce(sum(case when stap = 'onbekend' then regels else 0 end), 0) as onbekend_regels,
    coalesce(sum(case when stap = 'onbekend' then bedrag_ct else 0 end), 0) as onbekend_ct
  from controle
),

schending as (
  select 'ranglijst' as stap
  from stappen s
  cross join lijst l
  cross join geteld g
  cross join bedragen b
  where s.huishoudens <> l.huishoudens or s.huishoudens <> g.huishoudens or s.ct <> l.ct or s.ct <> b.ct
  union all
  select 'onbekend'
  from stappen s
  cross join bedragen b
  where s.onbekend_regels <> b.onbekend_regels or s.onbekend_ct <> b.onbekend_ct
)

select * from schending
