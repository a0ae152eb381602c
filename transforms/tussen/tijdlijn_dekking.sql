/*
name: tijdlijn_dekking
doc: >
  In which months of the windows each kind of extract covers a member, for all kinds: where persoon_dekking has the kind, what it
  says; else the months in which the kind covers every gemeente in which the person has a spell day (rules 19). No figure of
  a run reads it; stapel explain does, for one household.
grain: [persoon, kind]
reads: [persoon_dekking, verblijf_maand, dekking_geldig, kalender, lid]
view: true
columns:
  - persoon persoon: key
  - huishouden huishouden: household at P
  - kind tekst: kind of extract
  - maanden aantal: months covered, as bits of kalender
  - levend aantal: months that the person was born by, as bits
*/
with

persoon_dekking as (
  select * from persoon_dekking
),

verblijf_maand as (
  select * from verblijf_maand
),

dekking_geldig as (
  select * from dekking_geldig
),

kalender as (
  select * from kalender
),

lid as (
  select * from lid
),

geboorte as (
  select l.persoon, l.huishouden, cast(sum(k.bit) as bigint) as levend
  from lid l
  join kalender k on l.geboren < k.tot
  group by l.persoon, l.huishouden
),

soorten as (
  select distinct kind from dekking_geldig
),

woont as (
  select
    w.persoon, s.kind, bitwise_or_agg(w.maanden) as woont,
    bitwise_or_agg(bitwise_and(w.maanden, bitwise_not(coalesce(d.maanden, cast(0 as bigint))))) as gemist
  from verblijf_maand w
  cross join soorten s
  left join dekking_geldig d on d.kind = s.kind and d.gemeentecode = w.gemeentecode
  group by w.persoon, s.kind
),

gedekt as (
  select
    g.persoon, g.huishouden, s.kind,
    coalesce(p.maanden, bitwise_and(g.levend,
      bitwise_and(coalesce(w.woont, cast(0 as bigint)), bitwise_not(coalesce(w.gemist, cast(0 as bigint)))))) as maanden,
    g.levend
  from geboorte g
  cross join soorten s
  left join persoon_dekking p on p.persoon = g.persoon and p.kind = s.kind
  left join woont w on w.persoon = g.persoon and w.kind = s.kind
)

select * from gedekt
