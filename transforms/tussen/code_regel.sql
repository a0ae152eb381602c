/*
name: code_regel
doc: >
  Every coded fact that a rule of signals.yaml may name: kind, column and code of a person over a period, or on a day. A
  declaration counts while no credit takes it back (rules 34, 35). A column may be a pair (a+b).
grain: [kind, kolom, levering, regel]
reads: [stg_huishouden, stg_toewijzing, stg_declaratie, stg_bijstand, stg_traject, stg_signaal, stg_wonen,
  stg_vordering, stg_zvw, uitgesloten_regel, open_tot]
parts: kind
part_of: {stg_huishouden: huishouden, stg_bijstand: participatie_uitkering, stg_traject: schuldhulp_traject, stg_signaal: schuldhulp_signaal,
  stg_wonen: wonen_signaal, stg_vordering: participatie_vordering, stg_zvw: zvw_declaratie}
view: true
columns:
  - kind tekst: kind of extract
  - kolom tekst: column
  - code tekst: code as delivered
  - persoon persoon: key
  - van datum: first day
  - tot datum: day after the last
  - periode vlag: a period, not an event
  - levering sleutel: delivery
  - regel aantal: physical line
*/
with

stg_huishouden as (
  select persoon, functie_adres, van, tot, dubbel, levering, regel from stg_huishouden
),

stg_toewijzing as (
  select * from stg_toewijzing
),

stg_declaratie as (
  select * from stg_declaratie
),

stg_bijstand as (
  select * from stg_bijstand
),

stg_traject as (
  select persoon, crisisinterventie, moratorium, nr, van, tot, levering, regel from stg_traject
),

stg_signaal as (
  select persoon, signaalpartner_type, crisissignaal, signaaldatum, levering, regel from stg_signaal
),

stg_wonen as (
  select persoon, soort, van, tot, periode, levering, regel from stg_wonen
),

stg_vordering as (
  select persoon, ontstaansgrond, ontstaansdatum, levering, regel from stg_vordering
),

stg_zvw as (
  select * from stg_zvw
),

uitgesloten_regel as (
  select kind, levering, regel from uitgesloten_regel
),

open_tot as (
  select * from open_tot
),

toewijzing as (
  select
    t.*, coalesce(plus_dagen(t.einddatum, 1), o.tot) as toegewezen_tot, coalesce(t.einde_levering, t.einddatum) as einde_zorg
  from stg_toewijzing t
  join open_tot o on o.kind = t.kind and o.gemeentecode = t.gemeentecode
  where t.nr = 1 and not t.ingetrokken
),

bijstand as (
  select *
  from stg_bijstand
  where not herhaald and not bedrag_ongelijk
),

traject as (
  select *
  from stg_traject
  where nr = 1 and van < tot
),

zvw as (
  select
    levering, regel, persoon, upper(prestatie_code) as prestatie_code, zorgsoort, begindatum, einddatum, van, tot, debet_credit,
    geteld_ct, wvggz_machtiging
  from stg_zvw
),

zvw_credit as (
  select persoon, prestatie_code, begindatum, einddatum, count(*) as n
  from zvw
  where debet_credit = 'C'
  group by persoon, prestatie_code, begindatum, einddatum
),

zvw_debet as (
  select d.*, c.n as credits
  from zvw d
  left join zvw_credit c
    on c.persoon = d.persoon and c.prestatie_code = d.prestatie_code and c.begindatum = d.begindatum
    and c.einddatum = d.einddatum
  where d.debet_credit = 'D' and d.geteld_ct > 0
),

-- few have a credit, and only those have to be put in order
zvw_geordend as (
  select
    *, row_number() over (
      partition by persoon, prestatie_code, begindatum, einddatum order by levering, regel) as nr
  from zvw_debet
  where credits is not null
),

zvw_over as (
  select levering, regel, persoon, prestatie_code, zorgsoort, van, tot, wvggz_machtiging from zvw_debet where credits is null
  union all
  select levering, regel, persoon, prestatie_code, zorgsoort, van, tot, wvggz_machtiging from zvw_geordend where nr > credits
),

jeugd_declaratie as (
  select
    kind, levering, regel, persoon, product_categorie, van, tot, debet_credit, geteld_ct, gemeentecode,
    coalesce(aanbieder_agb, '') as agb, referentie_nummer, vorig_referentie_nummer
  from stg_declaratie
  where wet = 'jeugd'
),

jeugd_credit as (
  select distinct gemeentecode, agb, vorig_referentie_nummer
  from jeugd_declaratie
  where debet_credit = 'C' and vorig_referentie_nummer is not null
),

jeugd as (
  select d.*
  from jeugd_declaratie d
  left join jeugd_credit c
    on c.gemeentecode = d.gemeentecode and c.agb = d.agb and c.vorig_referentie_nummer = d.referentie_nummer
  where d.debet_credit = 'D' and d.geteld_ct > 0 and c.agb is null
    and not exists (
      select 1 from uitgesloten_regel u where u.kind = d.kind and u.levering = d.levering and u.regel = d.regel)
),

feiten as (
  select
    'huishouden' as kind, 'functie_adres' as kolom, functie_adres as code, persoon, van, tot, true as periode, levering, regel
  from stg_huishouden
  where functie_adres is not null and not dubbel and van < tot
  union all
  select kind, 'product_categorie', product_categorie, persoon, zorg_van, zorg_tot, true, levering, regel
  from toewijzing
  where product_categorie is not null and zorg_van < zorg_tot
  union all
  select
    kind, 'wettelijke_vertegenwoordiging', wettelijke_vertegenwoordiging, persoon, ingangsdatum, toegewezen_tot, true,
    levering, regel
  from toewijzing
  where wettelijke_vertegenwoordiging is not null and ingangsdatum < toegewezen_tot
  union all
  select kind, 'juridische_status', juridische_status, persoon, ingangsdatum, toegewezen_tot, true, levering, regel
  from toewijzing
  where juridische_status is not null and ingangsdatum < toegewezen_tot
  union all
  select kind, 'soort_adres', soort_adres, persoon, ingangsdatum, toegewezen_tot, true, levering, regel
  from toewijzing
  where soort_adres is not null and ingangsdatum < toegewezen_tot
  union all
  select kind, 'reden_beeindiging', reden_beeindiging, persoon, einde_zorg, plus_dagen(einde_zorg, 1), false, levering, regel
  from toewijzing
  where reden_beeindiging is not null and einde_zorg is not null
  union all
  select
    kind, 'reden_beeindiging+product_categorie', concat(reden_beeindiging, '+', product_categorie), persoon, einde_zorg,
    plus_dagen(einde_zorg, 1), false, levering, regel
  from toewijzing
  where reden_beeindiging is not null and product_categorie is not null and einde_zorg is not null
  union all
  select 'jeugd_declaratie', 'product_categorie', product_categorie, persoon, van, tot, true, levering, regel
  from jeugd
  union all
  select 'participatie_uitkering', 'huisvesting', huisvesting, persoon, maand, tot, true, levering, regel
  from bijstand
  where huisvesting is not null
  union all
  select 'participatie_uitkering', 'cluster_bijz_bijstand', cluster_bijz_bijstand, persoon, maand, tot, true, levering, regel
  from bijstand
  where cluster_bijz_bijstand <> ''
  union all
  select 'participatie_uitkering', 'statistiekcode', statistiekcode, persoon, maand, tot, true, levering, regel
  from bijstand
  where persoon_nr = 1 and persoon_ct > 0
  union all
  select
    'participatie_uitkering', 'reden_beeindiging', reden_beeindiging, persoon, einde_uitkering, plus_dagen(einde_uitkering, 1),
    false, levering, regel
  from bijstand
  where reden_beeindiging is not null and einde_uitkering is not null
  union all
  select
    'participatie_vordering', 'ontstaansgrond', ontstaansgrond, persoon, ontstaansdatum, plus_dagen(ontstaansdatum, 1), false,
    levering, regel
  from stg_vordering
  union all
  select 'schuldhulp_traject', 'crisisinterventie', 'ja', persoon, van, tot, true, levering, regel
  from traject
  where crisisinterventie
  union all
  select 'schuldhulp_traject', 'moratorium', 'ja', persoon, van, tot, true, levering, regel
  from traject
  where moratorium
  union all
  select
    'schuldhulp_signaal', 'signaalpartner_type+crisissignaal',
    concat(signaalpartner_type, '+', case when crisissignaal then 'ja' else 'nee' end), persoon, signaaldatum,
    plus_dagen(signaaldatum, 1), false, levering, regel
  from stg_signaal
  union all
  select
    'schuldhulp_signaal', 'signaalpartner_type', signaalpartner_type, persoon, signaaldatum, plus_dagen(signaaldatum, 1), false,
    levering, regel
  from stg_signaal
  union all
  select 'schuldhulp_signaal', 'crisissignaal', 'ja', persoon, signaaldatum, plus_dagen(signaaldatum, 1), false, levering, regel
  from stg_signaal
  where crisissignaal
  union all
  select 'wonen_signaal', 'soort', soort, persoon, van, tot, periode, levering, regel
  from stg_wonen
  union all
  select 'zvw_declaratie', 'zorgsoort', zorgsoort, persoon, van, tot, true, levering, regel
  from zvw_over
  union all
  select 'zvw_declaratie', 'prestatie_familie', substr(prestatie_code, 1, 2), persoon, van, tot, true, levering, regel
  from zvw_over
  where length(prestatie_code) = 6 and translate(substr(prestatie_code, 3), '0123456789', '') = ''
  union all
  select 'zvw_declaratie', 'wvggz_machtiging', 'ja', persoon, van, tot, true, levering, regel
  from zvw_over
  where wvggz_machtiging
)

select * from feiten
