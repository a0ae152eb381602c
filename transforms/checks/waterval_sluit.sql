/*
name: waterval_sluit
doc: >
  The steps from ledger to ranking add up to every amount in between, and both ends are those of the marts: what was delivered is that of
  levering, what the ranking shows is that of ranglijst, what the ledger says is that of aansluiting.
grain: [kind, volgnr]
reads: [waterval, aansluiting, levering, ranglijst]
columns:
  - kind tekst: kind of extract, or totaal
  - volgnr aantal: step that differs
check:
  severity: fout
  denominator: waterval
  sentence: "{n} van {d} stappen van grootboek tot ranglijst sluiten niet"
  reason: a figure that an accountant signs is tied to the ledger to the cent, or not published
*/
with

waterval as (
  select * from waterval
),

aansluiting as (
  select * from aansluiting
),

levering as (
  select * from levering
),

ranglijst as (
  select * from ranglijst
),

begin as (
  select kind, min(case when soort = 'stand' then volgnr end) as volgnr from waterval group by kind
),

opgeteld as (
  select
    w.kind, w.volgnr, w.stap, w.soort, w.bedrag_ct,
    sum(case when w.soort = 'stap' and w.volgnr > b.volgnr or w.volgnr = b.volgnr then w.bedrag_ct else 0 end) over (
      partition by w.kind order by w.volgnr rows between unbounded preceding and current row) as hoort_ct
  from waterval w
  join begin b on b.kind = w.kind
),

lijst as (
  select coalesce(sum(kosten_t0_ct + kosten_t1_ct + kosten_t2_ct), 0) as ct from ranglijst
),

geleverd as (
  select kind, coalesce(sum(bedrag_ct), 0) as ct from levering group by kind
),

grootboek as (
  select feed as kind, coalesce(sum(grootboek_ct), 0) as ct from aansluiting where verschil_ct is not null group by feed
),

gevonden as (
  select kind, volgnr from opgeteld where soort = 'stand' and bedrag_ct <> hoort_ct
  union all
  select w.kind, w.volgnr
  from waterval w
  cross join lijst l
  where w.kind = 'totaal' and w.stap = 'ranglijst' and w.bedrag_ct <> l.ct
  union all
  select w.kind, w.volgnr
  from waterval w
  left join geleverd g on g.kind = w.kind
  where w.kind <> 'totaal' and w.stap = 'geleverd' and w.bedrag_ct <> coalesce(g.ct, 0)
  union all
  select w.kind, w.volgnr
  from waterval w
  left join grootboek g on g.kind = w.kind
  where w.kind <> 'totaal' and w.stap = 'grootboek' and w.bedrag_ct <> coalesce(g.ct, 0)
),

schending as (
  select distinct kind, volgnr from gevonden
)

select * from schending
