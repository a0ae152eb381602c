/*
name: meting_moment
doc: >
  Moments after the start at which marks are asked: 0, 6 and 12 months, and each of its own that was delivered.
grain: [meetmoment_mnd]
reads: [meting_stand]
view: true
columns:
  - meetmoment_mnd aantal: months after the start
*/
with

meting_stand as (
  select * from meting_stand
),

momenten as (
  select cast(0 as bigint) as meetmoment_mnd
  union
  select cast(6 as bigint)
  union
  select cast(12 as bigint)
  union
  select meetmoment_mnd from meting_stand
)

select * from momenten
