/*
name: kind_bedrag
doc: >
  Counted eurocents of the accepted lines of each kind, debits and credits both as positive numbers: what a share of lines that are
  doubtful is a share of.
grain: [kind]
reads: [lake_regel, kind_feit, vervangen]
columns:
  - kind tekst: kind of extract
  - omvang_ct ct: sum of the absolute amounts
*/
select r.kind, cast(sum(abs(r.geteld_ct)) as bigint) as omvang_ct
from lake_regel r
join kind_feit f on f.kind = r.kind and f.geld
left join vervangen v on v.kind = r.kind and v.levering = r.levering and v.regel = r.regel
where v.kind is null and r.geteld_ct is not null
group by r.kind
