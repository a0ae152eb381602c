/*
name: feit_toen
doc: >
  What is known of a person at P and at the ends of the two years before (rules 22, 28, 51): from the spell that contains the
  day, else from the newest line that began by then. vertrokken when that newest line ended by death or emigration. Parents
  come from the newest line that names one. Lines are those known now: a household of a year ago is as the register tells it today.
grain: [peil, persoon]
reads: [stg_huishouden, peil]
columns:
  - peil aantal: 0 at P, 1 a year before, 2 two years before
  - persoon persoon: key
  - huishouden huishouden: of the own spell on that day; empty without one
  - gemeentecode gemeente: of that spell, else of the newest line
  - typhh tekst: idem
  - plhh tekst: idem
  - wijkcode tekst: idem
  - geslacht tekst: idem, COD046
  - geboren datum: birthday
  - meerderjarig datum: 18th birthday
  - geboortejaar aantal: year of birth
  - minderjarig vlag: under 18 on that day
  - vertrokken vlag: died or left the country
  - ouder1 persoon: first parent
  - ouder2 persoon: second parent
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

peil as (
  select * from peil
),

regels as (
  select
    h.*, p.nr as peil, p.peildatum, h.van <= p.peildatum and p.peildatum < h.tot as op_p,
    row_number() over (
      partition by p.nr, h.persoon
      order by case when h.van <= p.peildatum and p.peildatum < h.tot then 0 else 1 end, h.van desc, h.volgnr desc,
        h.levering desc, h.regel desc) as nr,
    row_number() over (
      partition by p.nr, h.persoon
      order by case when h.ouder1 is not null or h.ouder2 is not null then 0 else 1 end, h.van desc, h.volgnr desc,
        h.levering desc, h.regel desc) as ouder_nr
  from stg_huishouden h
  join peil p on h.van <= p.peildatum
  where not h.dubbel and p.nr <= 2
),

feiten as (
  select
    r.peil, r.persoon, case when r.op_p then r.huishouden end as huishouden, r.gemeentecode, r.typhh, r.plhh, r.wijkcode,
    r.geslacht, r.geboren, r.meerderjarig, r.geboortejaar, r.meerderjarig > r.peildatum as minderjarig,
    not r.op_p and coalesce(r.reden_einde, '') in ('overleden', 'buitenland') as vertrokken,
    o.ouder1, o.ouder2, r.levering, r.regel
  from regels r
  join regels o on o.peil = r.peil and o.persoon = r.persoon and o.ouder_nr = 1
  where r.nr = 1
)

select * from feiten
