/*
name: verwijzing_bestand
doc: >
  Every file that a mart names was delivered, and the lines that it names are lines of a file that was read: from the second, for
  the first holds the names of the columns.
grain: [mart, kind, bestand]
reads: [uitgesloten, quarantaine, signaal, cocktail_bewijs, bevinding, levering]
columns:
  - mart tekst: table that names it
  - kind tekst: kind of extract
  - bestand tekst: file
check:
  severity: fout
  denominator: levering
  sentence: "{n} bestanden worden genoemd die niet bij de {d} geleverde staan, of een regel die er niet kan zijn"
  reason: whoever looks for the source of a figure has to find it
*/
with

uitgesloten as (
  select * from uitgesloten
),

quarantaine as (
  select * from quarantaine
),

signaal as (
  select * from signaal
),

cocktail_bewijs as (
  select * from cocktail_bewijs
),

bevinding as (
  select * from bevinding
),

levering as (
  select * from levering
),

genoemd as (
  select 'uitgesloten' as mart, kind, bestand, min(regel) as regel from uitgesloten group by kind, bestand
  union all
  select 'quarantaine', kind, bestand, min(eerste_regel) from quarantaine group by kind, bestand
  union all
  select 'signaal', bron_kind, bron_bestand, min(bron_regel)
  from signaal
  where bron_bestand is not null
  group by bron_kind, bron_bestand
  union all
  select 'cocktail_bewijs', bron_kind, bron_bestand, min(bron_regel)
  from cocktail_bewijs
  where bron_bestand is not null
  group by bron_kind, bron_bestand
),

-- a finding names a case, a file, or a file and a line after a colon
bevonden as (
  select distinct onderwerp as kind, sleutel from bevinding where onderwerp <> 'maatwerk_plan'
),

schending as (
  select g.mart, g.kind, g.bestand
  from genoemd g
  where g.regel < 2 or not exists (select 1 from levering l where l.kind = g.kind and l.bestand = g.bestand)
  union all
  select 'bevinding', b.kind, b.sleutel
  from bevonden b
  where not exists (
    select 1
    from levering l
    where l.kind = b.kind
      and (l.bestand = b.sleutel or concat(l.bestand, ':') = substr(b.sleutel, 1, length(l.bestand) + 1)))
)

select * from schending
