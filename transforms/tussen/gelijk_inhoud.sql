/*
name: gelijk_inhoud
doc: >
  Persons and contents that more than one line has, among the lines that could be the same money twice (rules 61, 62): in deliveries that overlap, and in
  kinds with an amount and a date whose lines nothing identifies. Lines of different kinds may be among them, which are not each other's equals.
grain: [persoon, inhoud]
reads: [geldig_regel, gelijk_levering]
columns:
  - persoon persoon: key, -1 where a line is about nobody
  - inhoud sleutel: what is in the line
*/
with

geldig_regel as (
  select * from geldig_regel
),

gelijk_levering as (
  select * from gelijk_levering
),

-- all lines are grouped by two numbers and nothing else, which an engine whose memory is small does on disk; kinds are told apart in gelijk, where few lines are left
vaker as (
  select coalesce(r.persoon, cast(-1 as bigint)) as persoon, r.inhoud
  from geldig_regel r
  join gelijk_levering l on l.kind = r.kind and l.levering = r.levering
  group by coalesce(r.persoon, cast(-1 as bigint)), r.inhoud
  having count(*) > 1
)

select * from vaker
