/*
name: declaratie_bevinding
doc: >
  Declarations that break a rule of the standard between lines, by the standard's own return code (iWmo/iJw 3.2, WJ001):
  reported, not filtered. 8017 a credit that names no debit, or more credit than debit on a reference; 8021 a reference used
  before; 9307, 9308 care outside its allocation; 9346 an amount that is not volume x tariff, more than the rounding of the
  tariff explains, unless the unit is euro; 9389 a second debit for the same care without a credit in between; 9390 a second
  credit on a reference.
grain: [kind, levering, regel, regel_code]
reads: [stg_declaratie, stg_toewijzing, levering_stand]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - regel_code tekst: return code
  - geteld_ct ct: counted amount of the line
  - eerder_levering sleutel: of 8021, the delivery that used the reference first
  - eerder_regel aantal: and the line
*/
with

stg_declaratie as (
  select * from stg_declaratie
),

stg_toewijzing as (
  select * from stg_toewijzing
),

levering_stand as (
  select * from levering_stand where kind in ('wmo_declaratie', 'jeugd_declaratie')
),

regels as (
  select
    d.kind, d.wet, d.levering, d.regel, l.volgnr, d.persoon, d.gemeentecode, coalesce(d.aanbieder_agb, '') as agb,
    d.referentie_nummer, d.vorig_referentie_nummer, d.toewijzing_nummer, d.product_categorie,
    coalesce(d.product_code, '') as product_code, d.debet_credit, d.van, d.tot, d.geteld_ct, d.bedrag_ct,
    d.geleverd_volume, coalesce(d.eenheid, '') as eenheid, d.tarief_ct
  from stg_declaratie d
  join levering_stand l on l.levering = d.levering and l.kind = d.kind
),

debet as (
  select kind, gemeentecode, agb, referentie_nummer, sum(geteld_ct) as ct
  from regels
  where debet_credit = 'D'
  group by kind, gemeentecode, agb, referentie_nummer
),

credit as (
  select
    *,
    row_number() over (
      partition by kind, gemeentecode, agb, vorig_referentie_nummer order by volgnr, levering, regel) as nr,
    sum(geteld_ct) over (
      partition by kind, gemeentecode, agb, vorig_referentie_nummer order by volgnr, levering, regel
      rows between unbounded preceding and current row) as tot_hier_ct
  from regels
  where debet_credit = 'C'
),

gecrediteerd as (
  select distinct kind, gemeentecode, agb, vorig_referentie_nummer from credit where vorig_referentie_nummer is not null
),

herhaald as (
  select
    *, row_number() over (
      partition by kind, gemeentecode, agb, referentie_nummer order by volgnr, levering, regel) as nr,
    first_value(levering) over (
      partition by kind, gemeentecode, agb, referentie_nummer order by volgnr, levering, regel) as eerder_levering,
    first_value(regel) over (
      partition by kind, gemeentecode, agb, referentie_nummer order by volgnr, levering, regel) as eerder_regel
  from regels
),

-- debits that no credit takes back; the second of them for the same care is one too many
open_debet as (
  select
    r.*,
    row_number() over (
      partition by r.kind, r.gemeentecode, r.agb, r.persoon, coalesce(r.toewijzing_nummer, ''), r.product_categorie,
        r.product_code, r.van, r.tot
      order by r.volgnr, r.levering, r.regel) as nr
  from regels r
  left join gecrediteerd g
    on g.kind = r.kind and g.gemeentecode = r.gemeentecode and g.agb = r.agb
    and g.vorig_referentie_nummer = r.referentie_nummer
  where r.debet_credit = 'D' and g.kind is null
),

zonder_debet as (
  select c.kind, c.levering, c.regel, c.geteld_ct
  from credit c
  left join debet d
    on d.kind = c.kind and d.gemeentecode = c.gemeentecode and d.agb = c.agb
    and d.referentie_nummer = c.vorig_referentie_nummer
  where d.kind is null or d.ct + c.tot_hier_ct < 0
),

te_vroeg as (
  select r.kind, r.levering, r.regel, r.geteld_ct
  from regels r
  join stg_toewijzing t
    on t.wet = r.wet and t.gemeentecode = r.gemeentecode and t.toewijzing_nummer = r.toewijzing_nummer and t.nr = 1
    and not t.ingetrokken
  where r.van < t.ingangsdatum
),

te_laat as (
  select r.kind, r.levering, r.regel, r.geteld_ct
  from regels r
  join stg_toewijzing t
    on t.wet = r.wet and t.gemeentecode = r.gemeentecode and t.toewijzing_nummer = r.toewijzing_nummer and t.nr = 1
    and not t.ingetrokken
  where r.tot > plus_dagen(t.einddatum, 1)
),

bevindingen as (
  select
    kind, levering, regel, '8017' as regel_code, geteld_ct, cast(null as bigint) as eerder_levering, cast(null as bigint) as eerder_regel
  from zonder_debet
  union all
  select kind, levering, regel, '8021', geteld_ct, eerder_levering, eerder_regel from herhaald where nr > 1
  union all
  select kind, levering, regel, '9307', geteld_ct, cast(null as bigint), cast(null as bigint) from te_vroeg
  union all
  select kind, levering, regel, '9308', geteld_ct, cast(null as bigint), cast(null as bigint) from te_laat
  union all
  select kind, levering, regel, '9346', geteld_ct, cast(null as bigint), cast(null as bigint)
  from regels
  where eenheid <> '83' and 2 * abs(bedrag_ct - cast(geleverd_volume as decimal(38, 0)) * tarief_ct) > geleverd_volume + 1
  union all
  select kind, levering, regel, '9389', geteld_ct, cast(null as bigint), cast(null as bigint) from open_debet where nr > 1
  union all
  select kind, levering, regel, '9390', geteld_ct, cast(null as bigint), cast(null as bigint)
  from credit
  where vorig_referentie_nummer is not null and nr > 1
)

select * from bevindingen
