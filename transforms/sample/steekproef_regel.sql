/*
name: steekproef_regel
doc: The lines behind the figure that a sample is drawn of, with their source; what kosten shows of them adds up to it.
grain: [kind, bestand, regel, venster]
reads: [huishouden_stand, kosten_bron, kosten_regel, levering_stand, steekproef_vraag]
columns:
  - kind tekst: source kind
  - bestand tekst: source file
  - regel aantal: source line
  - venster tekst: T0, T1 or T2
  - domein tekst: law
  - betaler tekst: who pays
  - grondslag tekst: gedeclareerd or geprijsd
  - van datum: first day of the line
  - tot datum: day after the last
  - geheel_ct ct: amount of the line, or the share of it of one person
  - deel_ct ct: part of it in the window
*/
with

huishouden_stand as (
  select * from huishouden_stand
),

kosten_bron as (
  select * from kosten_bron
),

kosten_regel as (
  select * from kosten_regel
),

levering_stand as (
  select * from levering_stand
),

steekproef_vraag as (
  select * from steekproef_vraag
),

regels as (
  select
    v.kind, v.bestand, k.regel, k.venster, k.domein, k.betaler, k.grondslag, b.van, b.tot, b.bedrag_ct as geheel_ct, k.deel_ct
  from kosten_regel k
  cross join steekproef_vraag q
  join kosten_bron b on b.kind = k.kind and b.levering = k.levering and b.regel = k.regel
  join levering_stand v on v.levering = k.levering and v.kind = k.kind
  left join huishouden_stand h on h.huishouden = k.huishouden
  where coalesce(h.getoond, true)
    and (q.onbekend or k.huishouden <> -1)
    and (q.huishouden is null or k.huishouden = q.huishouden)
    and (q.venster is null or k.venster = q.venster)
    and (q.domein is null or k.domein = q.domein)
    and (q.betaler is null or k.betaler = q.betaler)
    and (q.grondslag is null or k.grondslag = q.grondslag)
)

select * from regels
