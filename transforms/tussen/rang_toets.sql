/*
name: rang_toets
doc: >
  Each household that is shown, with its cost and the rules of eligibility (selection.yaml, rules 27): how many windows are at or above
  the threshold, whether there is a plan that is not afgewezen or ingetrokken, and which rules it does not meet. Without cost it costs 0.
grain: [huishouden]
reads: [huishouden_stand, rang_kosten, plan_stand, parameter]
view: true
columns:
  - huishouden huishouden: household at P
  - t0_ct ct: declared cost in T0
  - t1_ct ct: in T1
  - t2_ct ct: in T2
  - wmo_ct ct: of which Wmo, in T0
  - jeugd_ct ct: of which Jeugd
  - participatie_ct ct: of which Participatie
  - zvw_ct ct: of which Zvw
  - geprijsd_schuldhulp_ct ct: priced debt relief in T0
  - geprijsd_ct ct: priced in T0
  - domeinen aantal: domeinen with cost above 0, of either grondslag
  - jaren_boven_drempel aantal: windows at or above the threshold
  - in_maatwerk vlag: has a plan that is not afgewezen or ingetrokken
  - redenen tekst: rules it does not meet, each with | before it; empty when it meets all
*/
with

huishouden_stand as (
  select * from huishouden_stand
),

rang_kosten as (
  select * from rang_kosten
),

plan_stand as (
  select * from plan_stand
),

parameter as (
  select * from parameter
),

maatwerk as (
  select distinct s.huishouden
  from plan_stand s
  cross join parameter p
  where s.huishouden is not null and s.datum_aanmelding <= p.peildatum and s.status not in ('afgewezen', 'ingetrokken')
),

getoond as (
  select
    h.huishouden, h.volwassenen, h.kinderen, h.typhh, coalesce(k.t0_ct, 0) as t0_ct, coalesce(k.t1_ct, 0) as t1_ct,
    coalesce(k.t2_ct, 0) as t2_ct, coalesce(k.wmo_ct, 0) as wmo_ct, coalesce(k.jeugd_ct, 0) as jeugd_ct,
    coalesce(k.participatie_ct, 0) as participatie_ct, coalesce(k.zvw_ct, 0) as zvw_ct,
    coalesce(k.geprijsd_schuldhulp_ct, 0) as geprijsd_schuldhulp_ct, coalesce(k.geprijsd_ct, 0) as geprijsd_ct,
    coalesce(k.domeinen, 0) as domeinen, w.huishouden is not null as in_maatwerk
  from huishouden_stand h
  left join rang_kosten k on k.huishouden = h.huishouden
  left join maatwerk w on w.huishouden = h.huishouden
  where h.getoond
),

getoetst as (
  select
    g.huishouden, g.t0_ct, g.t1_ct, g.t2_ct, g.wmo_ct, g.jeugd_ct, g.participatie_ct, g.zvw_ct, g.geprijsd_schuldhulp_ct, g.geprijsd_ct,
    g.domeinen,
    cast(case when g.t0_ct >= p.drempel_ct then 1 else 0 end
      + case when g.t1_ct >= p.drempel_ct then 1 else 0 end
      + case when g.t2_ct >= p.drempel_ct then 1 else 0 end as bigint) as jaren_boven_drempel,
    g.in_maatwerk,
    concat(
      case when g.volwassenen < p.min_volwassenen then '|volwassenen' else '' end,
      case when g.kinderen < p.min_kinderen then '|kinderen' else '' end,
      case when g.domeinen < p.min_domeinen then '|domeinen' else '' end,
      case when p.eis_drempel and g.t0_ct < p.drempel_ct then '|drempel' else '' end,
      case
        when p.max_zvw_procent > 0 and g.t0_ct > 0 and g.zvw_ct * 100 > cast(g.t0_ct as decimal(38, 0)) * p.max_zvw_procent then '|zvw_aandeel'
        else ''
      end,
      case when p.eis_geen_plan and g.in_maatwerk then '|heeft_plan' else '' end,
      case when p.eis_geen_instelling and g.typhh = '8' then '|instelling' else '' end) as redenen
  from getoond g
  cross join parameter p
)

select * from getoetst
