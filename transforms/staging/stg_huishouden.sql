/*
name: stg_huishouden
doc: >
  Who lives with whom: one row a person and spell, not replaced by a newer delivery. Overlapping spells are repaired
  (rules 21): a later begindatum cuts the earlier spell; of equal begindatum the newest delivery, then the last line, stays
  (dubbel says which do not). A person in an institution is a household of one.
grain: [levering, regel]
reads: [geldig_huishouden, levering_stand, open_tot]
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - volgnr aantal: order of the delivery, newest highest
  - persoon persoon: key
  - huishouden huishouden: key; in an institution the person's own
  - gemeentecode gemeente: gemeente of the address
  - van datum: first day
  - tot datum: day after the last; a spell that still runs is cut where the feed's coverage ends (rules 18)
  - geboren datum: birthday, the first of the month (rules 22)
  - meerderjarig datum: 18th birthday
  - geboortejaar aantal: year of birth
  - geslacht tekst: COD046
  - typhh tekst: CBS TYPHH
  - plhh tekst: CBS PLHH
  - functie_adres tekst: W woonadres, B briefadres
  - wijkcode tekst: neighbourhood
  - reden_einde tekst: why the spell ended
  - woonoppervlak_m2 aantal: area of the dwelling, m2
  - ouder1 persoon: first parent
  - ouder2 persoon: second parent
  - lopend vlag: no last day was delivered
  - dubbel vlag: same person and begindatum as a newer line
  - ingekort vlag: cut by a later spell
*/
with

geldig_huishouden as (
  select * from geldig_huishouden
),

levering_stand as (
  select * from levering_stand where kind = 'huishouden'
),

open_tot as (
  select * from open_tot where kind = 'huishouden'
),

regels as (
  select
    h.levering, h.regel, l.volgnr, h.persoon_ps as persoon,
    case when h.typhh = '8' then h.alleen else h.huishouden_ps end as huishouden,
    h.gemeentecode, h.begindatum as van,
    coalesce(h.tijd_tot, o.tot) as tot, h.tijd_tot is null as lopend,
    cast(concat(lpad(cast(h.geboortejaar as varchar), 4, '0'), '-',
      lpad(cast(coalesce(h.geboortemaand, 1) as varchar), 2, '0'), '-01') as date) as geboren,
    cast(concat(lpad(cast(h.geboortejaar + 18 as varchar), 4, '0'), '-',
      lpad(cast(coalesce(h.geboortemaand, 1) as varchar), 2, '0'), '-01') as date) as meerderjarig,
    h.geboortejaar, h.geslacht, h.typhh, h.plhh, h.functie_adres, h.wijkcode, h.reden_einde, h.woonoppervlak_m2,
    h.ouder1_ps as ouder1, h.ouder2_ps as ouder2
  from geldig_huishouden h
  join levering_stand l on l.levering = h.levering and l.kind = 'huishouden'
  join open_tot o on o.kind = 'huishouden' and o.gemeentecode = h.gemeentecode
),

genummerd as (
  select *, row_number() over (partition by persoon, van order by volgnr desc, levering desc, regel desc) as nr from regels
),

volgende as (
  select *, lead(van) over (partition by persoon, case when nr = 1 then 1 else 0 end order by van, levering, regel) as volgende_van
  from genummerd
),

verblijven as (
  select
    levering, regel, volgnr, persoon, huishouden, gemeentecode, van,
    case when nr = 1 and volgende_van < tot then volgende_van else tot end as tot,
    geboren, meerderjarig, geboortejaar, geslacht, typhh, plhh, functie_adres, wijkcode, reden_einde, woonoppervlak_m2, ouder1,
    ouder2, lopend, nr > 1 as dubbel,
    nr = 1 and volgende_van is not null and volgende_van < tot as ingekort
  from volgende
)

select * from verblijven
