/*
name: ranglijst_reden
doc: >
  A household is in aanmerking just when no rule keeps it out, and reden_niet names the rules that do, in their order (rules 27). What
  each rule is about is looked up where it comes from, not in the ranking: birthdays and spells of the persons at P, the
  household's rows in the mart kosten, its plans in the mart plan.
grain: [rang]
reads: [ranglijst, lid, kosten, plan, parameter]
columns:
  - rang aantal: place
check:
  severity: fout
  denominator: ranglijst
  sentence: "{n} van {d} rijen van de ranglijst spreken zichzelf tegen"
  reason: the reason is what an analyst reads to a colleague; it has to be the one that was applied
*/
with

ranglijst as (
  select * from ranglijst
),

lid as (
  select * from lid
),

kosten as (
  select * from kosten
),

plan as (
  select * from plan
),

parameter as (
  select * from parameter
),

-- who is attached came from elsewhere; in an institution each other person is a household
leden as (
  select
    id_tekst('h', l.huishouden) as huishouden_id, sum(case when l.meerderjarig <= p.peildatum then 1 else 0 end) as volwassenen,
    sum(case when l.meerderjarig > p.peildatum then 1 else 0 end) as kinderen,
    max(case when l.typhh = '8' and not l.aangehecht then 1 else 0 end) = 1 as instelling
  from lid l
  cross join parameter p
  group by l.huishouden
),

soorten as (
  select huishouden_id, domein, grondslag, sum(bedrag_ct) as ct
  from kosten
  where venster = 'T0'
  group by huishouden_id, domein, grondslag
),

bedragen as (
  select
    huishouden_id, count(distinct case when ct > 0 then domein end) as domeinen,
    sum(case when grondslag = 'gedeclareerd' then ct else 0 end) as ct,
    sum(case when grondslag = 'gedeclareerd' and domein <> 'zvw' then ct else 0 end) as andere_ct
  from soorten
  group by huishouden_id
),

plannen as (
  select distinct m.huishouden_id
  from plan m
  cross join parameter p
  where m.datum_aanmelding <= p.peildatum and m.status in ('concept', 'sparren', 'akkoord', 'uitvoering', 'gereed')
),

feiten as (
  select
    r.rang, l.volwassenen, l.kinderen, l.instelling, coalesce(b.domeinen, 0) as domeinen, coalesce(b.ct, 0) as ct,
    coalesce(b.andere_ct, 0) as andere_ct, m.huishouden_id is not null as plan
  from ranglijst r
  left join leden l on l.huishouden_id = r.huishouden_id
  left join bedragen b on b.huishouden_id = r.huishouden_id
  left join plannen m on m.huishouden_id = r.huishouden_id
),

-- a rule that is broken is a bit; too much of Zvw is too little of the rest
overtreden as (
  select
    f.rang,
    cast(case when f.volwassenen < p.min_volwassenen then 1 else 0 end
      + case when f.kinderen < p.min_kinderen then 2 else 0 end
      + case when f.domeinen < p.min_domeinen then 4 else 0 end
      + case when p.eis_drempel and f.ct < p.drempel_ct then 8 else 0 end
      + case
        when p.max_zvw_procent > 0 and f.ct > 0 and f.andere_ct * 100 < cast(f.ct as decimal(38, 0)) * (100 - p.max_zvw_procent) then 16
        else 0
      end
      + case when p.eis_geen_plan and f.plan then 32 else 0 end
      + case when p.eis_geen_instelling and f.instelling then 64 else 0 end as bigint) as regels
  from feiten f
  cross join parameter p
),

namen as (
  select cast(1 as bigint) as bit, 'volwassenen' as regel
  union all
  select cast(2 as bigint), 'kinderen'
  union all
  select cast(4 as bigint), 'domeinen'
  union all
  select cast(8 as bigint), 'drempel'
  union all
  select cast(16 as bigint), 'zvw_aandeel'
  union all
  select cast(32 as bigint), 'heeft_plan'
  union all
  select cast(64 as bigint), 'instelling'
),

-- few sets of rules are those of many households
sets as (
  select distinct regels from overtreden
),

woorden as (
  select s.regels, array_join(array_agg(n.regel order by n.bit), '|') as reden_niet
  from sets s
  join namen n on bitwise_and(s.regels, n.bit) <> 0
  group by s.regels
),

schending as (
  select r.rang
  from ranglijst r
  left join overtreden o on o.rang = r.rang
  left join woorden w on w.regels = o.regels
  where r.reden_niet is distinct from case when o.regels is not null then coalesce(w.reden_niet, '') end
    or r.in_aanmerking is distinct from (o.regels = 0)
)

select * from schending
