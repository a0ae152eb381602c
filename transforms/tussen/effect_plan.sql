/*
name: effect_plan
doc: >
  Plans as the estimate of their effect sees them (methods 7): the newest line of each case, the household that its person belonged to on the
  first day of the month of the report, and why a plan is not among those whose start is followed; the first reason that holds counts.
grain: [casusnummer]
reads: [effect_melding, effect_plan_persoon, effect_vorm, effect_stand, loting_lijst, parameter]
columns:
  - casusnummer tekst: case
  - huishouden huishouden: household of the person on the first day of aanmelding; empty without one
  - herkomst tekst: data or veld; empty text where nobody said
  - aanmelding maand: month of the report, the clock of the household
  - start maand: month of the start, not before aanmelding; empty while it has not started by P
  - status tekst: state
  - draw_id tekst: newest lottery by the month of the report that has the household on its list; empty text without one
  - stratum tekst: of the lottery; empty text without one
  - getrokken vlag: drawn; empty without a lottery
  - reden tekst: "why it is not followed: na_peildatum, geen_huishouden, uitgesloten (a member may not be shown, or the run is not about its gemeente), tweede_plan
      (one of its persons is in an earlier plan that was not dropped), voor_meetperiode (not all of the 12 months before are covered),
      start_onbekend (in uitvoering or gereed, and no day says since when) or niet_gestart; empty text when it is. A plan that is
      niet_gestart or start_onbekend counts among those that were reported"
*/
with

effect_melding as (
  select * from effect_melding
),

effect_plan_persoon as (
  select * from effect_plan_persoon
),

effect_vorm as (
  select * from effect_vorm
),

effect_stand as (
  select * from effect_stand
),

loting_lijst as (
  select * from loting_lijst
),

parameter as (
  select * from parameter
),

tweede as (
  select distinct n.casusnummer
  from effect_plan_persoon n
  join effect_plan_persoon o
    on o.persoon = n.persoon and not o.afgehaakt
    and (o.datum_aanmelding < n.datum_aanmelding or o.datum_aanmelding = n.datum_aanmelding and o.casusnummer < n.casusnummer)
),

loten as (
  select
    m.casusnummer, l.draw_id, l.stratum, l.getrokken, row_number() over (partition by m.casusnummer order by l.maand desc, l.draw_id desc) as nr
  from effect_melding m
  join loting_lijst l on l.huishouden = m.huishouden and l.maand <= m.maand
),

plannen as (
  select
    m.casusnummer, m.huishouden, m.herkomst, m.maand as aanmelding,
    case when m.datum_start <= p.peildatum then greatest(cast(date_trunc('month', m.datum_start) as date), m.maand) end as start, m.status,
    coalesce(l.draw_id, '') as draw_id, coalesce(l.stratum, '') as stratum, l.getrokken,
    case
      when m.datum_aanmelding > p.peildatum then 'na_peildatum'
      when m.huishouden is null then 'geen_huishouden'
      when v.huishouden is not null and not v.getoond then 'uitgesloten'
      when t.casusnummer is not null then 'tweede_plan'
      when coalesce(s.voor1_maanden, 0) < 12 then 'voor_meetperiode'
      when m.datum_start is null and m.status in ('uitvoering', 'gereed') then 'start_onbekend'
      when m.datum_start is null or m.datum_start > p.peildatum then 'niet_gestart'
      else ''
    end as reden
  from effect_melding m
  cross join parameter p
  left join effect_vorm v on v.maand = m.maand and v.huishouden = m.huishouden
  left join effect_stand s on s.maand = m.maand and s.huishouden = m.huishouden
  left join tweede t on t.casusnummer = m.casusnummer
  left join loten l on l.casusnummer = m.casusnummer and l.nr = 1
)

select * from plannen
