/*
name: rang
doc: >
  The ranking before ids are written: what the households that are shown cost, get and show, in order of cost in T0 (methods 4,
  rules 26).
grain: [huishouden]
reads: [rang_toets, verwacht, zorg_nu, zvw_gedekt, cocktail_episode, stg_veldmelding, lid, parameter]
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
needs:
  kosten_t0_ct kosten_t1_ct kosten_t2_ct aanbieders verwacht_volgend_jaar_ct cum_aandeel jaren_boven_drempel: +gedeclareerd
  kosten_wmo_ct: +domein:wmo
  kosten_jeugd_ct: +domein:jeugd
  kosten_participatie_ct: +domein:participatie
  kosten_zvw_ct aandeel_zvw: +domein:zvw
  geprijsd_schuldhulp_ct geprijsd_t0_ct: +domein:schuldhulp
  domeinen: +gedeclareerd +domein:schuldhulp
  voorzieningen: +voorzieningen
  cocktails: +ingredienten
  veldmelding: veldmelding
  in_maatwerk: maatwerk_plan
  in_aanmerking reden_niet: +gedeclareerd +domein:schuldhulp +maatwerk_plan
*/
with

rang_toets as (
  select * from rang_toets
),

verwacht as (
  select * from verwacht
),

zorg_nu as (
  select * from zorg_nu
),

zvw_gedekt as (
  select * from zvw_gedekt
),

cocktail_episode as (
  select * from cocktail_episode
),

stg_veldmelding as (
  select * from stg_veldmelding
),

lid as (
  select * from lid
),

parameter as (
  select * from parameter
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
  from stg_veldmelding m
  join lid l on l.persoon = m.persoon
  cross join parameter p
  where m.datum <= p.peildatum
),

samen as (
  select
    t.huishouden, t.t0_ct, t.t1_ct, t.t2_ct, t.wmo_ct, t.jeugd_ct, t.participatie_ct, t.zvw_ct, t.geprijsd_schuldhulp_ct, t.geprijsd_ct,
    t.domeinen, coalesce(z.voorzieningen, 0) as voorzieningen, coalesce(z.aanbieders, 0) as aanbieders, t.jaren_boven_drempel,
    e.verwacht_ct, coalesce(m.gedekt, 'onbekend') as zvw_gedekt, coalesce(c.cocktails, '') as cocktails,
    v.huishouden is not null as veldmelding, t.in_maatwerk, t.redenen
  from rang_toets t
  left join zorg_nu z on z.huishouden = t.huishouden
  left join zvw_gedekt m on m.huishouden = t.huishouden
  left join cocktail c on c.huishouden = t.huishouden
  left join melding v on v.huishouden = t.huishouden
  left join verwacht e on e.peil = 0 and e.huishouden = t.huishouden
),

totaal as (
  select sum(t0_ct) as ct from samen
),

rangen as (
  select
    row_number() over (order by s.t0_ct desc, s.huishouden) as rang, s.huishouden, s.t0_ct as kosten_t0_ct, s.t1_ct as kosten_t1_ct,
    s.t2_ct as kosten_t2_ct, s.wmo_ct as kosten_wmo_ct, s.jeugd_ct as kosten_jeugd_ct, s.participatie_ct as kosten_participatie_ct,
    s.zvw_ct as kosten_zvw_ct, s.geprijsd_schuldhulp_ct, s.geprijsd_ct as geprijsd_t0_ct, s.domeinen, s.voorzieningen, s.aanbieders,
    s.jaren_boven_drempel, s.verwacht_ct as verwacht_volgend_jaar_ct,
    case when s.t0_ct > 0 then cast(s.zvw_ct as double) / nullif(s.t0_ct, 0) end as aandeel_zvw, s.zvw_gedekt,
    cast(sum(s.t0_ct) over (
      order by s.t0_ct desc, s.huishouden rows between unbounded preceding and current row) as double)
      / nullif(t.ct, 0) as cum_aandeel,
    s.cocktails, s.veldmelding, s.in_maatwerk, s.redenen = '' as in_aanmerking, substr(s.redenen, 2) as reden_niet
  from samen s
  cross join totaal t
)

select * from rangen
