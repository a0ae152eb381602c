/*
name: huishouden_dekking
doc: A kind covers a household in a month when it covers every member born by then; attached members are left out (rules 19).
grain: [huishouden, kind, maand]
reads: [persoon_dekking]
columns:
  - huishouden huishouden: household at P
  - kind tekst: kind of extract
  - maand maand: month
  - gedekt vlag: covered
*/
select huishouden, kind, maand, min(case when gedekt = 'ja' then 1 else 0 end) = 1 as gedekt
from persoon_dekking
where not aangehecht
group by huishouden, kind, maand
