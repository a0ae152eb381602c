/*
name: persoon_leven
doc: >
  Birthday of everybody in huishouden (rules 22, 51: from the spell at P, else the newest line), and the day after death: the end of
  the last spell, when it ended so.
grain: [persoon]
reads: [stg_huishouden, parameter]
columns:
  - persoon persoon: key
  - geboren datum: birthday; empty for somebody without a spell begun by P
  - overleden_tot datum: day after the last of life; empty when nothing says so
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

parameter as (
  select * from parameter
),

genummerd as (
  select
    h.persoon, h.geboren, h.reden_einde, h.tot, h.lopend, h.van <= p.peildatum as begonnen,
    row_number() over (
      partition by h.persoon
      order by case when h.van > p.peildatum then 2 when p.peildatum < h.tot then 0 else 1 end, h.van desc, h.volgnr desc, h.levering desc,
        h.regel desc) as feit_nr,
    row_number() over (partition by h.persoon order by h.van desc, h.volgnr desc, h.levering desc, h.regel desc) as laatste_nr
  from stg_huishouden h
  cross join parameter p
  where not h.dubbel
),

levens as (
  select
    persoon, max(case when feit_nr = 1 and begonnen then geboren end) as geboren,
    max(case when laatste_nr = 1 and reden_einde = 'overleden' and not lopend then tot end) as overleden_tot
  from genummerd
  group by persoon
)

select * from levens
