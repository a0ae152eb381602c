/*
name: stg_toewijzing
doc: >
  Wmo and Jeugd allocations, not replaced by a newer delivery, newest line first (rules 11, 69): nr 1 is the one that counts, by
  toewijzing_datum, toewijzing_tijd where all lines of that day have it, and when the delivery was made; then a withdrawal goes first,
  then the newest delivery, then what is in the line, never where it stands. ingetrokken when that newest line has reden_wijziging 13.
grain: [kind, levering, regel]
reads: [geldig_wmo_toewijzing, geldig_jeugd_toewijzing, levering_stand, open_tot]
parts: kind
columns:
  - wet tekst: wmo or jeugd; codes mean other things per law
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - regel aantal: physical line
  - gemeentecode gemeente: gemeente that allocates
  - toewijzing_nummer tekst: number, unique per gemeente and law
  - persoon persoon: key
  - product_categorie tekst: WMO020 or JZ020
  - aanbieder_agb tekst: provider
  - ingangsdatum datum: first day allocated
  - einddatum datum: last day allocated
  - begin_levering datum: first day delivered (305)
  - einde_levering datum: last day delivered (307)
  - zorg_van datum: first day of care (rules 26)
  - zorg_tot datum: day after the last day of care; still running is cut where coverage ends
  - reden_beeindiging tekst: WMO588 or JZ588
  - juridische_status tekst: WJ232
  - wettelijke_vertegenwoordiging tekst: WJ003
  - soort_adres tekst: COD757
  - nr aantal: 1 is the newest line of the allocation
  - gelijk aantal: other lines of the same delivery with the same date, time and moment; counted for nr 1 alone
  - ingetrokken vlag: withdrawn (reden 13)
*/
with

geldig_wmo_toewijzing as (
  select * from geldig_wmo_toewijzing
),

geldig_jeugd_toewijzing as (
  select * from geldig_jeugd_toewijzing
),

levering_stand as (
  select * from levering_stand where kind in ('wmo_toewijzing', 'jeugd_toewijzing')
),

open_tot as (
  select * from open_tot where kind in ('wmo_toewijzing', 'jeugd_toewijzing')
),

regels as (
  select
    'wmo' as wet, 'wmo_toewijzing' as kind, levering, regel, gemeentecode, toewijzing_nummer, persoon_ps, product_categorie,
    aanbieder_agb, toewijzing_datum, toewijzing_tijd, ingangsdatum, einddatum, begin_levering, einde_levering, reden_wijziging,
    reden_beeindiging, juridische_status, wettelijke_vertegenwoordiging, soort_adres
  from geldig_wmo_toewijzing
  union all
  select
    'jeugd', 'jeugd_toewijzing', levering, regel, gemeentecode, toewijzing_nummer, persoon_ps, product_categorie,
    aanbieder_agb, toewijzing_datum, toewijzing_tijd, ingangsdatum, einddatum, begin_levering, einde_levering, reden_wijziging,
    reden_beeindiging, juridische_status, wettelijke_vertegenwoordiging, soort_adres
  from geldig_jeugd_toewijzing
),

gedateerd as (
  select r.*, l.volgnr, l.gemaakt_nr, o.tot as open_tot
  from regels r
  join levering_stand l on l.levering = r.levering and l.kind = r.kind
  join open_tot o on o.kind = r.kind and o.gemeentecode = r.gemeentecode
),

-- a time says something only next to other times
getimed as (
  select
    *,
    case
      when count(toewijzing_tijd) over (partition by wet, gemeentecode, toewijzing_nummer, toewijzing_datum)
        = count(*) over (partition by wet, gemeentecode, toewijzing_nummer, toewijzing_datum) then toewijzing_tijd
      else ''
    end as tijd
  from gedateerd
),

genummerd as (
  select
    *,
    row_number() over (
      partition by wet, gemeentecode, toewijzing_nummer
      order by toewijzing_datum desc, tijd desc, gemaakt_nr desc, case when reden_wijziging = '13' then 0 else 1 end, volgnr desc,
        levering desc, ingangsdatum desc, coalesce(cast(einddatum as varchar), '') desc,
        coalesce(cast(begin_levering as varchar), '') desc, coalesce(cast(einde_levering as varchar), '') desc,
        coalesce(product_categorie, '') desc, coalesce(aanbieder_agb, '') desc, coalesce(reden_wijziging, '') desc,
        coalesce(reden_beeindiging, '') desc, coalesce(juridische_status, '') desc,
        coalesce(wettelijke_vertegenwoordiging, '') desc, coalesce(soort_adres, '') desc, regel desc) as nr,
    count(*) over (
      partition by wet, gemeentecode, toewijzing_nummer, toewijzing_datum, tijd, gemaakt_nr, levering) - 1 as gelijk
  from getimed
),

geordend as (
  select
    *,
    first_value(coalesce(reden_wijziging, '')) over (
      partition by wet, gemeentecode, toewijzing_nummer order by nr) as nieuwste_reden
  from genummerd
),

toewijzingen as (
  select
    wet, kind, levering, regel, gemeentecode, toewijzing_nummer, persoon_ps as persoon, product_categorie, aanbieder_agb,
    ingangsdatum, einddatum, begin_levering, einde_levering,
    coalesce(begin_levering, ingangsdatum) as zorg_van,
    coalesce(plus_dagen(einde_levering, 1), plus_dagen(einddatum, 1), open_tot) as zorg_tot,
    reden_beeindiging, juridische_status, wettelijke_vertegenwoordiging, soort_adres,
    nr, case when nr = 1 then gelijk else cast(0 as bigint) end as gelijk, nieuwste_reden = '13' as ingetrokken
  from geordend
)

select * from toewijzingen
