/*
name: controle_is_ranglijst
doc: >
  The last steps of the control totals are what the marts hold: households and eurocents of the ranking, and of kosten the rows
  under onbekend.
grain: [stap]
reads: [controle, ranglijst, kosten]
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

kosten as (
  select * from kosten
),

lijst as (
  select count(*) as huishoudens, coalesce(sum(kosten_t0_ct + kosten_t1_ct + kosten_t2_ct), 0) as ct from ranglijst
),

stap_ranglijst as (
  select coalesce(sum(regels), 0) as huishoudens, coalesce(sum(bedrag_ct), 0) as ct
  from controle
  where kind = 'totaal' and stap = 'ranglijst'
),

buiten as (
  select coalesce(sum(regels), 0) as regels, coalesce(sum(bedrag_ct), 0) as ct from kosten where huishouden_id = 'onbekend'
),

stap_onbekend as (
  select coalesce(sum(regels), 0) as regels, coalesce(sum(bedrag_ct), 0) as ct from controle where stap = 'onbekend'
),

schending as (
  select 'ranglijst' as stap
  from lijst l
  cross join stap_ranglijst s
  where l.huishoudens <> s.huishoudens or l.ct <> s.ct
  union all
  select 'onbekend'
  from buiten b
  cross join stap_onbekend s
  where b.regels <> s.regels or b.ct <> s.ct
)

select * from schending
