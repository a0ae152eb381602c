/*
name: tevredenheid
doc: >
  The marks that persons in maatwerk plans gave at the start, after 6 and after 12 months (methods 7): who was asked, who answered, their
  mean, and the change of those measured both then and at the start. A moment of its own that was delivered has a row too. A plan has reached a moment
  when its start lies that many twelfths of 365 days or more before P.
level: totaal
grain: [meetmoment_mnd]
reads: [meting_stand, meting_moment, plan_meetmoment]
columns:
  - meetmoment_mnd aantal: months after the start
  - gevraagd aantal: persons who were asked
  - beantwoord aantal: of whom with a mark
  - gemiddelde getal?: mean mark, 1 to 10; empty without marks
  - gepaard_n aantal?: persons with a mark both at the start and at this moment; empty at the start
  - gepaarde_verandering getal?: mean of their change since the start; empty without them
  - plannen aantal: plans that started and have reached the moment
  - plannen_gevraagd aantal: of which somebody was asked
  - plannen_beantwoord aantal: of which somebody answered
needs:
  plannen plannen_gevraagd plannen_beantwoord: maatwerk_plan maatwerk_meting
  "*": maatwerk_meting
figures:
  gevraagd: telling, personen die gevraagd zijn
  beantwoord: telling, daarvan met een cijfer
  gemiddelde: schatting, gemiddeld cijfer
  gepaard_n: telling, personen met een cijfer toen en bij de start
  gepaarde_verandering: schatting, gemiddelde van hun verandering
  plannen: telling, plannen die het moment bereikt hebben
  plannen_gevraagd: telling, daarvan waar iemand gevraagd is
  plannen_beantwoord: telling, daarvan waar iemand antwoordde
*/
with

meting_stand as (
  select * from meting_stand
),

meting_moment as (
  select * from meting_moment
),

plan_meetmoment as (
  select * from plan_meetmoment
),

begin as (
  select casusnummer, rol, persoon_nr, cijfer from meting_stand where meetmoment_mnd = 0 and cijfer is not null
),

personen as (
  select
    m.meetmoment_mnd, count(*) as gevraagd, count(m.cijfer) as beantwoord, sum(m.cijfer) as som,
    sum(case when b.cijfer is not null and m.cijfer is not null then 1 else 0 end) as gepaard_n,
    sum(case when b.cijfer is not null and m.cijfer is not null then m.cijfer - b.cijfer end) as gepaarde_som
  from meting_stand m
  left join begin b on b.casusnummer = m.casusnummer and b.rol = m.rol and b.persoon_nr = m.persoon_nr
  group by m.meetmoment_mnd
),

plannen as (
  select
    meetmoment_mnd, count(*) as plannen, count(beantwoord) as plannen_gevraagd,
    sum(case when beantwoord > 0 then 1 else 0 end) as plannen_beantwoord
  from plan_meetmoment
  group by meetmoment_mnd
),

standen as (
  select
    o.meetmoment_mnd, coalesce(n.gevraagd, 0) as gevraagd, coalesce(n.beantwoord, 0) as beantwoord,
    cast(n.som as double) / nullif(1000 * n.beantwoord, 0) as gemiddelde,
    case when o.meetmoment_mnd > 0 then cast(coalesce(n.gepaard_n, 0) as bigint) end as gepaard_n,
    case when o.meetmoment_mnd > 0 then cast(n.gepaarde_som as double) / nullif(1000 * n.gepaard_n, 0) end as gepaarde_verandering,
    coalesce(p.plannen, 0) as plannen, coalesce(p.plannen_gevraagd, 0) as plannen_gevraagd,
    cast(coalesce(p.plannen_beantwoord, 0) as bigint) as plannen_beantwoord
  from meting_moment o
  left join personen n on n.meetmoment_mnd = o.meetmoment_mnd
  left join plannen p on p.meetmoment_mnd = o.meetmoment_mnd
)

select * from standen
