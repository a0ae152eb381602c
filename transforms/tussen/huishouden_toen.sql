/*
name: huishouden_toen
doc: >
  Households at P and at the ends of T1 and T2, as they were then, with the declared cost of those persons in the year before,
  the one before that and the one after, wherever they lived or whether they lived at all (methods 4, rules 28). A year that not
  every required feed of costs covers is empty; without the year before there is no row. Households of which someone is
  excluded at P are left out. band: by rank in the year before, cost and then key; jaren: years at or above half the threshold.
grain: [peil, huishouden]
reads: [lid_toen, kosten_persoon, uitgesloten_persoon, jaar_gedekt, gemeente_run, parameter]
columns:
  - peil aantal: 0 at P, 1 at the end of T1, 2 at the end of T2
  - huishouden huishouden: key
  - rang aantal: by cost in the year before, then by key
  - band tekst: top_0.1, top_0.5, top_1, top_2, top_5, top_10 or rest
  - jaren aantal: of the two years before, those at or above half the threshold; empty when the second is not covered
  - kinderen vlag: someone was under 18
  - jaar_ct ct: cost in the year before
  - vorig_ct ct: in the year before that
  - volgend_ct ct: in the year after
  - gemeentecode gemeente: of the first adult who is not attached, else of the first member
  - wijkcode tekst: idem
  - typhh tekst: idem
  - oudste datum: birthday of the oldest member
  - mannen aantal: adult men
  - vrouwen aantal: adult women
  - volwassenen aantal: adults
*/
with

lid_toen as (
  select * from lid_toen
),

kosten_persoon as (
  select * from kosten_persoon
),

uitgesloten_persoon as (
  select * from uitgesloten_persoon
),

jaar_gedekt as (
  select * from jaar_gedekt
),

gemeente_run as (
  select * from gemeente_run
),

parameter as (
  select * from parameter
),

kosten as (
  select
    persoon, sum(t0_ct) as t0_ct, sum(t1_ct) as t1_ct, sum(t2_ct) as t2_ct, sum(t3_ct) as t3_ct
  from kosten_persoon
  where grondslag = 'gedeclareerd'
  group by persoon
),

leden as (
  select
    l.peil, l.huishouden, l.gemeentecode, l.wijkcode, l.typhh, l.geboren, l.minderjarig, l.geslacht,
    row_number() over (
      partition by l.peil, l.huishouden
      order by case when not l.minderjarig and not l.aangehecht then 0 else 1 end, l.persoon) as nr,
    case when u.persoon is not null then 1 else 0 end as uitgesloten,
    coalesce(case when l.peil = 0 then k.t0_ct when l.peil = 1 then k.t1_ct else k.t2_ct end, 0) as jaar_ct,
    coalesce(case when l.peil = 0 then k.t1_ct when l.peil = 1 then k.t2_ct else k.t3_ct end, 0) as vorig_ct,
    coalesce(case when l.peil = 1 then k.t0_ct when l.peil = 2 then k.t1_ct end, 0) as volgend_ct
  from lid_toen l
  left join kosten k on k.persoon = l.persoon
  left join uitgesloten_persoon u on u.persoon = l.persoon
),

huishouden as (
  select
    peil, huishouden,
    max(case when minderjarig then 1 else 0 end) = 1 as kinderen,
    cast(sum(jaar_ct) as bigint) as jaar_ct, cast(sum(vorig_ct) as bigint) as vorig_ct,
    cast(sum(volgend_ct) as bigint) as volgend_ct,
    max(case when nr = 1 then gemeentecode end) as gemeentecode, max(case when nr = 1 then wijkcode end) as wijkcode,
    max(case when nr = 1 then typhh end) as typhh, min(geboren) as oudste,
    cast(sum(case when not minderjarig and geslacht = '1' then 1 else 0 end) as bigint) as mannen,
    cast(sum(case when not minderjarig and geslacht = '2' then 1 else 0 end) as bigint) as vrouwen,
    cast(sum(case when minderjarig then 0 else 1 end) as bigint) as volwassenen
  from leden
  group by peil, huishouden
  having max(uitgesloten) = 0
),

jaren as (
  select
    h.peil, h.huishouden, h.kinderen, h.jaar_ct, case when v.gedekt then h.vorig_ct end as vorig_ct,
    case when n.gedekt then h.volgend_ct end as volgend_ct, h.gemeentecode, h.wijkcode, h.typhh, h.oudste, h.mannen, h.vrouwen,
    h.volwassenen
  from huishouden h
  join jaar_gedekt j on j.nr = h.peil and j.gedekt
  left join jaar_gedekt v on v.nr = h.peil + 1
  left join jaar_gedekt n on n.nr = h.peil - 1
),

-- households that lived elsewhere are nobody's here (rules 75)
eigen as (
  select j.*
  from jaren j
  left join gemeente_run g on g.gemeentecode = j.gemeentecode
  cross join parameter p
  where not p.alleen_gekozen_gemeenten or g.gemeentecode is not null
),

geordend as (
  select
    *, row_number() over (partition by peil order by jaar_ct desc, huishouden) as rang,
    count(*) over (partition by peil) as n
  from eigen
),

-- rank i of n is in the top x promille when (i - 1) * 1000 < x * n: the first ceil(x * n / 1000) households
ingedeeld as (
  select
    g.peil, g.huishouden, g.rang,
    case
      when (g.rang - 1) * 1000 < g.n then 'top_0.1'
      when (g.rang - 1) * 1000 < 5 * g.n then 'top_0.5'
      when (g.rang - 1) * 1000 < 10 * g.n then 'top_1'
      when (g.rang - 1) * 1000 < 20 * g.n then 'top_2'
      when (g.rang - 1) * 1000 < 50 * g.n then 'top_5'
      when (g.rang - 1) * 1000 < 100 * g.n then 'top_10'
      else 'rest'
    end as band,
    cast(case
      when g.vorig_ct is not null then
        case when 2 * g.jaar_ct >= p.drempel_ct then 1 else 0 end + case when 2 * g.vorig_ct >= p.drempel_ct then 1 else 0 end
    end as bigint) as jaren,
    g.kinderen, g.jaar_ct, g.vorig_ct, g.volgend_ct, g.gemeentecode, g.wijkcode, g.typhh, g.oudste, g.mannen, g.vrouwen,
    g.volwassenen
  from geordend g
  cross join parameter p
)

select * from ingedeeld
