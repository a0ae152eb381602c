/*
name: effect_vorm
doc: >
  Households on the days of effect_moment that may be measured (methods 7): those with a plan reported in that month or on the list of a lottery that was
  drawn in it, and those that meet the rules of selection.yaml about adults, children and institutions. vorm is the first of these days on which the same
  persons formed it, so that what these cost is added up once. Of several plans in one month the first that was not dropped counts.
grain: [maand, huishouden]
reads: [effect_lid, effect_moment, effect_melding, effect_plan_persoon, loting_lijst, uitgesloten_persoon, gemeente_run, parameter]
columns:
  - maand maand: the day
  - huishouden huishouden: household of that day
  - vorm maand: first of these days with the same persons
  - casusnummer tekst: plan reported in the month; empty text without one
  - draw_id tekst: lottery drawn in the month that has it on its list; empty text without one
  - stratum tekst: of the lottery; empty text without one
  - getrokken vlag: drawn; empty without a lottery
  - past vlag: it meets the rules about adults, children and institutions, and nobody of it had a plan by the end of the month
  - getoond vlag: no member is excluded at P (rules 48), and the gemeente is one of the run (rules 75)
  - kinderen vlag: somebody is under 18
  - gemeentecode gemeente: of the first adult who is not attached, else of the first member
  - personen aantal: members, attached ones included
  - oudste datum: birthday of the oldest
  - eerste_plan maand: month of the first report of a plan about one of its persons, whenever that is; empty without one
*/
with

effect_lid as (
  select * from effect_lid
),

effect_moment as (
  select * from effect_moment
),

effect_melding as (
  select * from effect_melding
),

effect_plan_persoon as (
  select * from effect_plan_persoon
),

loting_lijst as (
  select * from loting_lijst
),

uitgesloten_persoon as (
  select * from uitgesloten_persoon
),

gemeente_run as (
  select * from gemeente_run
),

parameter as (
  select * from parameter
),

eerste_plannen as (
  select persoon, min(maand) as maand from effect_plan_persoon group by persoon
),

meldingen as (
  select
    m.maand, m.huishouden, m.casusnummer,
    row_number() over (
      partition by m.maand, m.huishouden order by case when m.afgehaakt then 1 else 0 end, m.datum_aanmelding, m.casusnummer) as nr
  from effect_melding m
  where m.huishouden is not null
),

-- of a household on the lists of two lotteries of one month the first counts
loten as (
  select maand, huishouden, draw_id, stratum, getrokken, row_number() over (partition by maand, huishouden order by draw_id) as nr from loting_lijst
),

telling as (
  select
    l.maand, l.huishouden, count(*) as personen, sum(case when l.minderjarig then 0 else 1 end) as volwassenen,
    sum(case when l.minderjarig then 1 else 0 end) as kinderen, min(l.geboren) as oudste,
    -- two sums of keys tell one set of persons, and of attached ones among them, from another
    cast(sum(cast(l.persoon as decimal(38, 0))) % 4611686018427387904 as bigint) as leden,
    cast(sum(case when l.aangehecht then cast(l.persoon as decimal(38, 0)) else cast(0 as decimal(38, 0)) end) % 4611686018427387904 as bigint)
      as aangehechten,
    coalesce(min(case when not l.minderjarig and not l.aangehecht then l.persoon end), min(l.persoon)) as hoofd,
    max(case when u.persoon is not null then 1 else 0 end) = 1 as uitgesloten, min(e.maand) as eerste_plan
  from effect_lid l
  join effect_moment m on m.maand = l.maand and m.bruikbaar
  left join uitgesloten_persoon u on u.persoon = l.persoon
  left join eerste_plannen e on e.persoon = l.persoon
  group by l.maand, l.huishouden
),

-- the day is looked at when a plan is reported later in the month, so a plan of the same month counts as one by then
standen as (
  select
    t.maand, t.huishouden, t.personen, t.kinderen > 0 as kinderen, t.oudste, t.leden, t.aangehechten, t.eerste_plan, h.gemeentecode,
    coalesce(m.casusnummer, '') as casusnummer, coalesce(o.draw_id, '') as draw_id, coalesce(o.stratum, '') as stratum, o.getrokken,
    not t.uitgesloten and (not p.alleen_gekozen_gemeenten or g.gemeentecode is not null) as getoond,
    t.volwassenen >= p.min_volwassenen and t.kinderen >= p.min_kinderen and not (p.eis_geen_instelling and h.typhh = '8')
      and (t.eerste_plan is null or t.eerste_plan > t.maand) as past
  from telling t
  join effect_lid h on h.maand = t.maand and h.persoon = t.hoofd
  cross join parameter p
  left join gemeente_run g on g.gemeentecode = h.gemeentecode
  left join meldingen m on m.maand = t.maand and m.huishouden = t.huishouden and m.nr = 1
  left join loten o on o.maand = t.maand and o.huishouden = t.huishouden and o.nr = 1
),

gekozen as (
  select * from standen where casusnummer <> '' or getoond and (past or draw_id <> '')
),

vormen as (
  select
    maand, huishouden, min(maand) over (partition by huishouden, leden, aangehechten) as vorm, casusnummer, draw_id, stratum, getrokken, past, getoond,
    kinderen, gemeentecode, personen, oudste, eerste_plan
  from gekozen
)

select * from vormen
