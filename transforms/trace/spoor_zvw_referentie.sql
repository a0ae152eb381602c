/*
name: spoor_zvw_referentie
doc: >
  The persons behind mart zvw_referentie, their insured days, and the lines of their cost on those days.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [feit_toen, stg_huishouden, verzekerd_keten, kosten_bron, zvw_norm, gemeente_run, koppelt_niet, parameter]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

feit_toen as (
  select * from feit_toen
),

stg_huishouden as (
  select * from stg_huishouden
),

verzekerd_keten as (
  select * from verzekerd_keten
),

kosten_bron as (
  select * from kosten_bron
),

zvw_norm as (
  select * from zvw_norm
),

gemeente_run as (
  select * from gemeente_run
),

koppelt_niet as (
  select * from koppelt_niet
),

parameter as (
  select * from parameter
),

verblijf as (
  select persoon, van, tot from stg_huishouden where not dubbel
),

dekkend as (
  select k.persoon, k.van, k.tot from verzekerd_keten k cross join parameter p where p.zvw_dekking = 'verzekerde'
  union all
  select v.persoon, v.van, v.tot from verblijf v cross join parameter p where p.zvw_dekking = 'alle' 
),

perioden as (
  select d.persoon, greatest(d.van, p.t0_van) as van, least(d.tot, p.tot) as tot
  from dekkend d
  cross join parameter p
  where d.van < p.tot and d.tot > p.t0_van
),

dagen as (
  select persoon, cast(sum(date_diff('day', van, tot)) as bigint) as dagen from perioden group by persoon
),

zorg as (
  select
    d.persoon, k.kind, k.levering, k.regel, k.bedrag_ct, date_diff('day', k.van, k.tot) as lengte,
    date_diff('day', k.van, greatest(k.van, d.van)) as begin_dag, date_diff('day', k.van, least(k.tot, d.tot)) as eind_dag
  from kosten_bron k
  join perioden d on d.persoon = k.persoon and k.van < d.tot and k.tot > d.van
  where k.domein = 'zvw' 
),

persoon as (
  select
    d.persoon, d.dagen, f.geslacht,
    year(p.peildatum) - year(f.geboren)
      - case when substr(cast(f.geboren as varchar), 6, 5) > substr(cast(p.peildatum as varchar), 6, 5) then 1 else 0 end
      as leeftijd
  from dagen d
  join feit_toen f on f.peil = 0 and f.persoon = d.persoon
  left join gemeente_run g on g.gemeentecode = f.gemeentecode
  cross join parameter p
  where (not p.alleen_gekozen_gemeenten or g.gemeentecode is not null)
    and not exists (select 1 from koppelt_niet n where n.kind = 'zvw_declaratie' and n.gemeentecode = 'alle')
),

klasse as (
  select concat(n.geslacht, '/', n.klasse) as sleutel, s.persoon, s.dagen
  from persoon s
  join zvw_norm n on n.geslacht = s.geslacht and s.leeftijd >= n.leeftijd_van and s.leeftijd < n.leeftijd_tot
),

groepen as (
  select sleutel, persoon, dagen from klasse
  union all
  select 'alle/alle', persoon, dagen from klasse
),

sporen as (
  select
    sleutel, 'verzekerden' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel,
    id_tekst('p', persoon) as lid, cast(1 as bigint) as deel
  from groepen
  union all
  select
    sleutel, 'verzekerde_dagen', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('p', persoon), dagen
  from groepen
  union all
  select
    g.sleutel, 'kosten_ct', z.kind, z.levering, z.regel, cast(null as varchar), deel(z.bedrag_ct, z.eind_dag, z.lengte) -
    deel(z.bedrag_ct, z.begin_dag, z.lengte)
  from groepen g
  join zorg z on z.persoon = g.persoon
)

select * from sporen
