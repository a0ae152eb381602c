/*
name: uitgesloten
doc: Accepted lines that no figure uses because another line or file makes them wrong.
level: rij
grain: [kind, bestand, regel]
reads: [uitgesloten_regel, levering_stand]
columns:
  - kind tekst: kind of extract
  - bestand tekst: file
  - regel aantal: physical line
  - regel_code tekst: why
*/
select u.kind, l.bestand, u.regel, u.regel_code
from uitgesloten_regel u
join levering_stand l on l.levering = u.levering and l.kind = u.kind
