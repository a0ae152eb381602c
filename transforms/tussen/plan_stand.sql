/*
name: plan_stand
doc: >
  Maatwerk plans with their approvals and findings (rules 43, 44, 52). An approval is the last decision, on or before the
  start (not started: P), of a maatwerker other than the eindbaas; of two on one day the least favourable counts. That one is missing
  is only known where approvals were delivered, and, where notes say what these cover, for the gemeente of the plan and every day from its
  report to its start.
grain: [casusnummer]
reads: [stg_plan, plan_besluit, plan_verdeling, lid, levering_stand, levering_dekking, parameter]
columns:
  - casusnummer tekst: case
  - huishouden huishouden: household of the member at P, empty without one
  - status tekst: state
  - datum_aanmelding datum: reported
  - datum_akkoord datum: approved
  - datum_start datum: started
  - akkoorden aantal: approvals of other maatwerkers
  - dagen_tot_akkoord aantal: days from report to approval
  - huidig_ct ct: as things are
  - dreigend_ct ct: if nothing is done
  - maatwerk_ct ct: with the plan
  - besparing_verwacht_ct ct: dreigend less maatwerk
  - meerkosten_ct ct: maatwerk less huidig
  - horizon_mnd aantal: months of the amounts, 12 unless given
  - onveiligheid vlag: somebody in the household is not safe; empty when not said
  - huiselijk_geweld vlag: violence at home; empty when not said
  - akkoord_stand tekst: niet_gestart, voldoende, ontbreekt or onbekend
  - akkoord_ontbreekt vlag: started with fewer than two approvals, and it is known that there are no more
  - akkoord_na_datum vlag: the second approval is later than datum_akkoord
  - negatieve_doorlooptijd vlag: datum_akkoord lies before the report
  - regels_tellen_niet_op vlag: lines of huidig, dreigend or maatwerk don't add up to it
*/
with

stg_plan as (
  select * from stg_plan
),

plan_besluit as (
  select * from plan_besluit
),

plan_verdeling as (
  select * from plan_verdeling
),

lid as (
  select * from lid
),

levering_stand as (
  select * from levering_stand where kind = 'maatwerk_akkoord'
),

levering_dekking as (
  select * from levering_dekking where kind = 'maatwerk_akkoord'
),

parameter as (
  select * from parameter
),

plannen as (
  select s.*, p.peildatum, coalesce(s.datum_start, p.peildatum) as grens
  from stg_plan s
  cross join parameter p
  where s.nr = 1
),

akkoorden as (
  select
    casusnummer, datum, row_number() over (partition by casusnummer order by datum, maatwerker) as volgnr
  from plan_besluit
  where besluit = 'akkoord'
),

geteld as (
  select casusnummer, count(*) as akkoorden, max(case when volgnr = 2 then datum end) as tweede
  from akkoorden
  group by casusnummer
),

geleverd as (
  select count(*) as bestanden from levering_stand where kind = 'maatwerk_akkoord'
),

dekking as (
  select distinct gemeentecode, van, tot from levering_dekking where kind = 'maatwerk_akkoord'
),

gezegd as (
  select count(*) as tijden from dekking
),

-- periods cover all days from the report to the start when they cover the first, and each day on which one of them has ended
dagen as (
  select casusnummer, gemeentecode, datum_aanmelding as dag from plannen
  union
  select p.casusnummer, p.gemeentecode, d.tot
  from plannen p
  join dekking d on d.gemeentecode = p.gemeentecode
  where d.tot > p.datum_aanmelding and d.tot <= p.grens
),

dag_gedekt as (
  select n.casusnummer, n.dag, count(d.van) as tijden
  from dagen n
  left join dekking d on d.gemeentecode = n.gemeentecode and d.van <= n.dag and d.tot > n.dag
  group by n.casusnummer, n.dag
),

gaten as (
  select casusnummer, sum(case when tijden = 0 then 1 else 0 end) as dagen from dag_gedekt group by casusnummer
),

scenario_som as (
  select casusnummer, scenario, sum(regels) as regels, max(case when betaler = 'niet_verdeeld' then 1 else 0 end) as rest
  from plan_verdeling
  group by casusnummer, scenario
),

niet_op as (
  select distinct casusnummer from scenario_som where regels > 0 and rest = 1
),

standen as (
  select
    p.casusnummer, l.huishouden, p.status, p.datum_aanmelding, p.datum_akkoord, p.datum_start,
    coalesce(g.akkoorden, 0) as akkoorden, date_diff('day', p.datum_aanmelding, p.datum_akkoord) as dagen_tot_akkoord,
    p.huidig_ct, p.dreigend_ct, p.maatwerk_ct, p.dreigend_ct - p.maatwerk_ct as besparing_verwacht_ct,
    p.maatwerk_ct - p.huidig_ct as meerkosten_ct, coalesce(p.horizon_mnd, 12) as horizon_mnd, p.onveiligheid, p.huiselijk_geweld,
    case
      when p.datum_start is null or p.datum_start > p.peildatum then 'niet_gestart'
      when coalesce(g.akkoorden, 0) >= 2 then 'voldoende'
      when f.bestanden = 0 or (z.tijden > 0 and h.dagen > 0) then 'onbekend'
      else 'ontbreekt'
    end as akkoord_stand,
    p.datum_akkoord is not null and g.tweede is not null and g.tweede > p.datum_akkoord as akkoord_na_datum,
    p.datum_akkoord is not null and p.datum_akkoord < p.datum_aanmelding as negatieve_doorlooptijd,
    n.casusnummer is not null as regels_tellen_niet_op
  from plannen p
  cross join geleverd f
  cross join gezegd z
  join gaten h on h.casusnummer = p.casusnummer
  left join lid l on l.persoon = p.persoon
  left join geteld g on g.casusnummer = p.casusnummer
  left join niet_op n on n.casusnummer = p.casusnummer
),

oordelen as (
  select
    casusnummer, huishouden, status, datum_aanmelding, datum_akkoord, datum_start, akkoorden, dagen_tot_akkoord, huidig_ct, dreigend_ct,
    maatwerk_ct, besparing_verwacht_ct, meerkosten_ct, horizon_mnd, onveiligheid, huiselijk_geweld, akkoord_stand,
    akkoord_stand = 'ontbreekt' as akkoord_ontbreekt, akkoord_na_datum, negatieve_doorlooptijd, regels_tellen_niet_op
  from standen
)

select * from oordelen
