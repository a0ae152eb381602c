/*
name: ijking
doc: >
  Back-test of the expected cost (methods 4, rules 28): households as they were at the end of T2, what was expected for T1,
  what T1 came to, and what they cost in T2. Sums over the band, declared cost. No rows when T2 or T1 is not covered.
level: totaal
grain: [band]
reads: [huishouden_toen, verwacht]
columns:
  - band tekst: cost band at the end of T2
  - n aantal: households
  - verwacht_ct ct: expected for T1, by cells fitted a year later
  - werkelijk_ct ct: cost in T1
  - vorig_ct ct: cost in T2
figures:
  n: telling, huishoudens in deze kostenband, twee jaar geleden
  verwacht_ct: schatting, som van wat voor hen verwacht was
  werkelijk_ct: som, som van wat zij een jaar later kostten
  vorig_ct: som, som van wat zij het jaar ervoor kostten
*/
with

huishouden_toen as (
  select * from huishouden_toen
),

verwacht as (
  select * from verwacht
),

banden as (
  select
    h.band, count(*) as n, cast(sum(v.verwacht_ct) as bigint) as verwacht_ct, cast(sum(h.volgend_ct) as bigint) as werkelijk_ct,
    cast(sum(h.jaar_ct) as bigint) as vorig_ct
  from huishouden_toen h
  join verwacht v on v.peil = h.peil and v.huishouden = h.huishouden
  where h.peil = 2 and h.volgend_ct is not null
  group by h.band
)

select * from banden
