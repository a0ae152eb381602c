/*
name: waterval
doc: >
  From ledger to ranking, per kind of declared cost and together, in eurocents: a stand is an amount that is counted by itself, a stap what
  brings one stand to the next, with its sign. Steps add up to every stand to the cent, or nothing is published. The rows before geleverd
  are there when the run has ledger totals; grootboek of a kind only when the ledger says something of it. niet_vergeleken is what was
  delivered and is in no comparison with the ledger: quarantined, replaced, delivered twice, refused, and benefits repeated per person.
level: totaal
grain: [kind, volgnr]
reads: [controle_stap, aansluiting_stand, kosten_kind, kosten_breed, huishouden_stand]
columns:
  - kind tekst: kind of extract, or totaal
  - volgnr aantal: place of the step
  - stap tekst: step
  - soort tekst: stand or stap
  - bedrag_ct ct: amount of the stand, or change
figures:
  bedrag_ct: schatting, van een stand het bedrag dat apart is geteld, van een stap wat eraf gaat of erbij komt; elke stand is de vorige met de stappen ertussen
*/
with

controle_stap as (
  select * from controle_stap
),

aansluiting_stand as (
  select * from aansluiting_stand
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

stappen as (
  select cast(6 as bigint) as volgnr, 'geleverd' as stap, 'stand' as soort, true as telt_op
  union all
  select 7, 'quarantaine', 'stap', false
  union all
  select 8, 'vervangen', 'stap', false
  union all
  select 9, 'dubbel', 'stap', false
  union all
  select 10, 'geweigerd', 'stap', false
  union all
  select 11, 'geaccepteerd', 'stand', true
  union all
  select 12, 'uitgesloten', 'stap', false
  union all
  select 13, 'herhaald', 'stap', false
  union all
  select 14, 'gebruikt', 'stand', true
  union all
  select 15, 'voor_vensters', 'stap', false
  union all
  select 16, 'na_vensters', 'stap', false
  union all
  select 17, 'in_vensters', 'stand', true
  union all
  select 18, 'onbekend', 'stap', false
  union all
  select 19, 'huishoudens', 'stand', true
  union all
  select 20, 'niet_getoond', 'stap', false
  union all
  select 21, 'andere_gemeente', 'stap', false
  union all
  select 22, 'ranglijst', 'stand', true
),

kinds as (
  select distinct s.kind
  from controle_stap s
  join kosten_kind k on k.kind = s.kind and k.grondslag = 'gedeclareerd'
),

-- the last steps per kind, which the control totals have for all kinds together
getoond as (
  select
    b.kind, case when h.andere_gemeente then 'andere_gemeente' when not h.getoond then 'niet_getoond' else 'ranglijst' end as stap,
    sum(b.t0_ct + b.t1_ct + b.t2_ct) as bedrag_ct
  from kosten_breed b
  join huishouden_stand h on h.huishouden = b.huishouden
  where b.grondslag = 'gedeclareerd'
  group by b.kind, case when h.andere_gemeente then 'andere_gemeente' when not h.getoond then 'niet_getoond' else 'ranglijst' end
),

bedragen as (
  select kind, stap, sum(bedrag_ct) as bedrag_ct from controle_stap where kind <> 'totaal' group by kind, stap
  union all
  select * from getoond
),

vanaf_levering as (
  select k.kind, s.volgnr, s.stap, s.soort, case when s.telt_op then coalesce(b.bedrag_ct, 0) else -coalesce(b.bedrag_ct, 0) end as bedrag_ct
  from kinds k
  cross join stappen s
  left join bedragen b on b.kind = k.kind and b.stap = s.stap
),

met_grootboek as (
  select feed as kind, sum(grootboek_ct) as grootboek_ct, -sum(verklaard_ct) as verklaard_ct, -sum(onverklaard_ct) as onverklaard_ct
  from aansluiting_stand
  where verschil_ct is not null
  group by feed
),

zonder_grootboek as (
  select feed as kind, sum(extract_ct) as bedrag_ct from aansluiting_stand where grootboek_ct is null group by feed
),

niet_vergeleken as (
  select kind, sum(bedrag_ct) as bedrag_ct
  from bedragen
  where stap in ('quarantaine', 'vervangen', 'dubbel', 'geweigerd', 'herhaald')
  group by kind
),

er_is_grootboek as (
  select count(*) as n from met_grootboek
),

vanaf_grootboek as (
  select kind, cast(1 as bigint) as volgnr, 'grootboek' as stap, 'stand' as soort, grootboek_ct as bedrag_ct from met_grootboek
  union all
  select kind, 2, 'verklaard', 'stap', verklaard_ct from met_grootboek
  union all
  select kind, 3, 'onverklaard', 'stap', onverklaard_ct from met_grootboek
  union all
  select k.kind, 4, 'zonder_grootboek', 'stap', coalesce(z.bedrag_ct, 0)
  from kinds k
  join er_is_grootboek e on e.n > 0
  left join zonder_grootboek z on z.kind = k.kind
  union all
  select k.kind, 5, 'niet_vergeleken', 'stap', coalesce(n.bedrag_ct, 0)
  from kinds k
  join er_is_grootboek e on e.n > 0
  left join niet_vergeleken n on n.kind = k.kind
),

per_kind as (
  select * from vanaf_grootboek
  union all
  select * from vanaf_levering
),

alles as (
  select kind, volgnr, stap, soort, cast(bedrag_ct as bigint) as bedrag_ct from per_kind
  union all
  select 'totaal', volgnr, stap, soort, cast(sum(bedrag_ct) as bigint) from per_kind group by volgnr, stap, soort
)

select * from alles
