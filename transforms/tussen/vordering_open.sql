/*
name: vordering_open
doc: >
  Households that are shown with a claim of the gemeente for what was paid and should not have been, or a fine, of which something is left
  to pay on P (BDFS: the grounds of the ingredient terugvordering, and no status that says that it is paid or given up). Of a claim the newest
  line counts.
grain: [huishouden]
reads: [vordering_regel, lid, huishouden_stand]
columns:
  - huishouden huishouden: household at P
  - vorderingen aantal: claims
  - open_ct ct: left to pay, the claim less what was paid off
*/
with

vordering_regel as (
  select * from vordering_regel
),

lid as (
  select * from lid
),

huishouden_stand as (
  select * from huishouden_stand
),

huishoudens as (
  select l.huishouden, count(*) as vorderingen, cast(sum(v.open_ct) as bigint) as open_ct
  from vordering_regel v
  join lid l on l.persoon = v.persoon
  join huishouden_stand h on h.huishouden = l.huishouden and h.getoond
  group by l.huishouden
)

select * from huishoudens
