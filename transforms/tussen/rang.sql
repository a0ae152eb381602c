/*
name: rang
doc: >
  The ranking before ids are written: cost of who lives here now, by window and domein, declared and priced apart, with
  eligibility and its reasons (methods 4, rules 26, 27).
grain: [huishouden]
reads: [huishouden_stand, kosten_breed, verwacht, zorg_nu, persoon_dekking, cocktail_episode, lid, plan_stand, lake_veldmelding, vervangen,
  parameter]
columns:
  - rang aantal: place, by cost in T0 and then by id
  - huishouden huishouden: household at P
  - kosten_t0_ct ct: declared cost in T0
  - kosten_t1_ct ct: declared cost in T1 of the persons who form the household at P
  - kosten_t2_ct ct: the same in T2
  - kosten_wmo_ct ct: of which Wmo, in T0
  - kosten_jeugd_ct ct: of which Jeugd, in T0
  - kosten_participatie_ct ct: of which Participatie, in T0
  - kosten_zvw_ct ct: of which Zvw, in T0
  - geprijsd_schuldhulp_ct ct: priced debt relief in T0
  - geprijsd_t0_ct ct: all priced cost in T0
  - domeinen aantal: domeinen with a net cost above 0 in T0, declared or priced
  - voorzieningen aantal: allocations, benefits and trajects running at P
  - aanbieders aantal: distinct providers on lines with days in T0
  - jaren_boven_drempel aantal: how many of T0, T1, T2 are at or above the threshold
  - verwacht_volgend_jaar_ct ct: expected declared cost in the year after P if nothing is done; empty when it cannot be fitted
  - aandeel_zvw aandeel: Zvw over all declared cost in T0, 0 to 1; empty at or below 0
  - zvw_gedekt tekst: "ja, deels, nee or onbekend: whether the insurer feed covers all members in T0"
  - cum_aandeel aandeel: running share of the total of the ranking, 0 to 1
  - cocktails tekst: cocktails that are vol on P, joined by |
  - veldmelding vlag: a professional brought a member forward on or before P
  - in_maatwerk vlag: has a plan that is not afgewezen or ingetrokken
  - in_aanmerking vlag: meets every rule
  - reden_niet tekst: names of the rules it does not meet, joined by |
*/
with

kosten as (
  select
    huishouden,
    cast(sum(case when grondslag = 'gedeclareerd' then t0_ct else 0 end) as bigint) as t0_ct,
    cast(sum(case when grondslag = 'gedeclareerd' then t1_ct else 0 end) as bigint) as t1_ct,
    cast(sum(case when grondslag = 'gedeclareerd' then t2_ct else 0 end) as bigint) as t2_ct,
    cast(sum(case when grondslag = 'gedeclareerd' and domein = 'wmo' then t0_ct else 0 end) as bigint) as wmo_ct,
    cast(sum(case when grondslag = 'gedeclareerd' and domein = 'jeugd' then t0_ct else 0 end) as bigint) as jeugd_ct,
    cast(sum(case when grondslag = 'gedeclareerd' and domein = 'participatie' then t0_ct else 0 end) as bigint) as participatie_ct,
    cast(sum(case when grondslag = 'gedeclareerd' and domein = 'zvw' then t0_ct else 0 end) as bigint) as zvw_ct,
    cast(sum(case when grondslag = 'geprijsd' and domein = 'schuldhulp' then t0_ct else 0 end) as bigint) as geprijsd_schuldhulp_ct,
    cast(sum(case when grondslag = 'geprijsd' then t0_ct else 0 end) as bigint) as geprijsd_ct
  from kosten_breed
  where huishouden <> -1
  group by huishouden
),

domein_netto as (
  select huishouden, domein, grondslag, sum(t0_ct) as ct from kosten_breed group by huishouden, domein, grondslag
),

domein as (
  select huishouden, count(distinct domein) as domeinen from domein_netto where ct > 0 group by huishouden
),

zvw_lid as (
  select
    d.huishouden, d.bekend, bitwise_and(d.maanden, p.t0_maanden) as gedekt, bitwise_and(d.levend, p.t0_maanden) as levend
  from persoon_dekking d
  cross join parameter p
  where d.kind = 'zvw_declaratie'
),

zvw as (
  select
    huishouden,
    case
      when min(case when bekend then 1 else 0 end) = 0 then 'onbekend'
      when min(case when gedekt = levend then 1 else 0 end) = 1 then 'ja'
      when max(case when gedekt <> 0 then 1 else 0 end) = 0 then 'nee'
      else 'deels'
    end as gedekt
  from zvw_lid
  group by huishouden
),

cocktail as (
  select c.huishouden, array_join(array_agg(c.cocktail_id order by c.cocktail_id), '|') as cocktails
  from cocktail_episode c
  cross join parameter p
  where c.status = 'vol' and c.van <= p.peildatum and p.peildatum < c.tot
  group by c.huishouden
),

melding as (
  select distinct l.huishouden
  from lake_veldmelding m
  join lid l on l.persoon = m.persoon_ps
  cross join parameter p
  where m.datum <= p.peildatum and not exists (
    select 1 from vervangen v where v.kind = 'veldmelding' and v.levering = m.levering and v.regel = m.regel)
),

maatwerk as (
  select distinct s.huishouden
  from plan_stand s
  cross join parameter p
  where s.huishouden is not null and s.datum_aanmelding <= p.peildatum and s.status not in ('afgewezen', 'ingetrokken')
),

samen as (
  select
    h.huishouden, h.volwassenen, h.kinderen, h.typhh,
    coalesce(k.t0_ct, 0) as kosten_t0_ct, coalesce(k.t1_ct, 0) as kosten_t1_ct, coalesce(k.t2_ct, 0) as kosten_t2_ct,
    coalesce(k.wmo_ct, 0) as kosten_wmo_ct, coalesce(k.jeugd_ct, 0) as kosten_jeugd_ct,
    coalesce(k.participatie_ct, 0) as kosten_participatie_ct, coalesce(k.zvw_ct, 0) as kosten_zvw_ct,
    coalesce(k.geprijsd_schuldhulp_ct, 0) as geprijsd_schuldhulp_ct, coalesce(k.geprijsd_ct, 0) as geprijsd_t0_ct,
    coalesce(d.domeinen, 0) as domeinen, coalesce(z.voorzieningen, 0) as voorzieningen,
    coalesce(z.aanbieders, 0) as aanbieders,
    e.verwacht_ct as verwacht_volgend_jaar_ct,
    coalesce(m.gedekt, 'onbekend') as zvw_gedekt,
    coalesce(c.cocktails, '') as cocktails, v.huishouden is not null as veldmelding, w.huishouden is not null as in_maatwerk
  from huishouden_stand h
  left join kosten k on k.huishouden = h.huishouden
  left join domein d on d.huishouden = h.huishouden
  left join zorg_nu z on z.huishouden = h.huishouden
  left join zvw m on m.huishouden = h.huishouden
  left join cocktail c on c.huishouden = h.huishouden
  left join melding v on v.huishouden = h.huishouden
  left join maatwerk w on w.huishouden = h.huishouden
  left join verwacht e on e.peil = 0 and e.huishouden = h.huishouden
  where h.getoond
),

getoetst as (
  select
    s.*,
    case when s.kosten_t0_ct >= p.drempel_ct then 1 else 0 end
      + case when s.kosten_t1_ct >= p.drempel_ct then 1 else 0 end
      + case when s.kosten_t2_ct >= p.drempel_ct then 1 else 0 end as jaren_boven_drempel,
    concat(
      case when s.volwassenen < p.min_volwassenen then '|volwassenen' else '' end,
      case when s.kinderen < p.min_kinderen then '|kinderen' else '' end,
      case when s.domeinen < p.min_domeinen then '|domeinen' else '' end,
      case when p.eis_drempel and s.kosten_t0_ct < p.drempel_ct then '|drempel' else '' end,
      case
        when p.max_zvw_procent > 0 and s.kosten_t0_ct > 0
          and s.kosten_zvw_ct * 100 > s.kosten_t0_ct * p.max_zvw_procent then '|zvw_aandeel'
        else ''
      end,
      case when p.eis_geen_plan and s.in_maatwerk then '|heeft_plan' else '' end,
      case when p.eis_geen_instelling and s.typhh = '8' then '|instelling' else '' end) as redenen
  from samen s
  cross join parameter p
),

totaal as (
  select sum(kosten_t0_ct) as ct from samen
)

select
  row_number() over (order by g.kosten_t0_ct desc, g.huishouden) as rang,
  g.huishouden, g.kosten_t0_ct, g.kosten_t1_ct, g.kosten_t2_ct, g.kosten_wmo_ct, g.kosten_jeugd_ct,
  g.kosten_participatie_ct, g.kosten_zvw_ct, g.geprijsd_schuldhulp_ct, g.geprijsd_t0_ct, g.domeinen, g.voorzieningen,
  g.aanbieders, cast(g.jaren_boven_drempel as bigint) as jaren_boven_drempel,
  g.verwacht_volgend_jaar_ct,
  case when g.kosten_t0_ct > 0 then cast(g.kosten_zvw_ct as double) / nullif(g.kosten_t0_ct, 0) end as aandeel_zvw,
  g.zvw_gedekt,
  cast(sum(g.kosten_t0_ct) over (
    order by g.kosten_t0_ct desc, g.huishouden rows between unbounded preceding and current row) as double)
    / nullif(t.ct, 0) as cum_aandeel,
  g.cocktails, g.veldmelding, g.in_maatwerk, g.redenen = '' as in_aanmerking, substr(g.redenen, 2) as reden_niet
from getoetst g
cross join totaal t
