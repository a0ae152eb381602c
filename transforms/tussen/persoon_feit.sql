/*
name: persoon_feit
doc: >
  What is known of a person at P (rules 22, 51): from the spell that contains P, else from the newest line that began by
  then. vertrokken when that newest line ended by death or emigration. Parents come from the newest line that names one.
grain: [persoon]
reads: [stg_huishouden, parameter]
columns:
  - persoon persoon: key
  - huishouden huishouden: of the own spell at P; empty without one
  - gemeentecode gemeente: of that spell, else of the newest line
  - typhh tekst: idem
  - plhh tekst: idem
  - wijkcode tekst: idem
  - geboren datum: birthday
  - meerderjarig datum: 18th birthday
  - geboortejaar aantal: year of birth
  - vertrokken vlag: died or left the country
  - ouder1 persoon: first parent
  - ouder2 persoon: second parent
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

regels as (
  select
    h.*, h.van <= p.peildatum and p.peildatum < h.tot as op_p,
    row_number() over (
      partition by h.persoon
      order by case when h.van <= p.peildatum and p.peildatum < h.tot then 0 else 1 end, h.van desc, h.volgnr desc,
        h.levering desc, h.regel desc) as nr,
    row_number() over (
      partition by h.persoon
      order by case when h.ouder1 is not null or h.ouder2 is not null then 0 else 1 end, h.van desc, h.volgnr desc,
        h.levering desc, h.regel desc) as ouder_nr
  from stg_huishouden h
  cross join parameter p
  where not h.dubbel and h.van <= p.peildatum
)

select
  r.persoon, case when r.op_p then r.huishouden end as huishouden, r.gemeentecode, r.typhh, r.plhh, r.wijkcode, r.geboren,
  r.meerderjarig, r.geboortejaar,
  not r.op_p and coalesce(r.reden_einde, '') in ('overleden', 'buitenland') as vertrokken,
  o.ouder1, o.ouder2, r.levering, r.regel
from regels r
join regels o on o.persoon = r.persoon and o.ouder_nr = 1
where r.nr = 1
