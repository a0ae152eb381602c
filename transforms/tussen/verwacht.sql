/*
name: verwacht
doc: >
  Expected cost in the year after, per household at P and, for the back-test, at the end of T2 (rules 28). Where the years
  before are not known the cell above serves.
grain: [peil, huishouden]
reads: [huishouden_toen, verwachting]
columns:
  - peil aantal: 0 at P, 2 at the end of T2
  - huishouden huishouden: key
  - verwacht_ct ct: expected cost
*/
with

huishouden_toen as (
  select * from huishouden_toen
),

verwachting as (
  select * from verwachting
),

per_huishouden as (
  select h.peil, h.huishouden, v.verwacht_ct
  from huishouden_toen h
  join verwachting v on v.band = h.band
    and v.jaren = coalesce(cast(h.jaren as varchar), 'alle')
    and v.kinderen = case when h.jaren is null then 'alle' when h.kinderen then 'ja' else 'nee' end
  where h.peil <> 1
)

select * from per_huishouden
