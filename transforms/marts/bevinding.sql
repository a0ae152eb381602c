/*
name: bevinding
doc: What was found and not filtered, or repaired. sleutel is a place or a case number, never a person (methods 6, 7).
level: rij
grain: [onderwerp, sleutel, regel_code]
reads: [stg_huishouden, stg_toewijzing, stg_bijstand, declaratie_bevinding, kosten_bevinding, overlap_verschilt,
  regel_gelijk, onwaarschijnlijk, twee_leveranciers, plan_stand, plan_onbekend, huishouden_stand, levering_stand, levering_bevinding, kind_feit]
columns:
  - onderwerp tekst: kind of extract
  - sleutel tekst: "`<file>:<line>`, a file, or a case number"
  - regel_code tekst: rule
  - ernst tekst: let_op or fout
  - regels aantal?: lines it is about; empty for a file as a whole
  - bedrag_ct ct?: counted amount of those lines; empty for kinds without money
  - toelichting tekst: Dutch sentence
figures:
  regels bedrag_ct: schatting, regels waar de bevinding over gaat en hun bedrag, zoals de controle ze vond
  ernst: oordeel, let_op of fout, volgens de regel van de bevinding
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

stg_toewijzing as (
  select * from stg_toewijzing
),

stg_bijstand as (
  select * from stg_bijstand
),

declaratie_bevinding as (
  select * from declaratie_bevinding
),

kosten_bevinding as (
  select * from kosten_bevinding
),

overlap_verschilt as (
  select * from overlap_verschilt
),

regel_gelijk as (
  select * from regel_gelijk
),

onwaarschijnlijk as (
  select * from onwaarschijnlijk
),

twee_leveranciers as (
  select * from twee_leveranciers
),

plan_stand as (
  select * from plan_stand
),

plan_onbekend as (
  select * from plan_onbekend
),

huishouden_stand as (
  select * from huishouden_stand
),

levering_stand as (
  select * from levering_stand
),

levering_bevinding as (
  select * from levering_bevinding
),

kind_feit as (
  select * from kind_feit
),

-- plans of households that are not shown have findings that are not shown (rules 48, 57)
plannen as (
  select s.*
  from plan_stand s
  left join huishouden_stand h on h.huishouden = s.huishouden
  where coalesce(h.getoond, true)
),

herhaald as (
  select
    b.kind, b.levering, b.regel, b.regel_code, b.geteld_ct, l.bestand as eerder_bestand, b.eerder_regel
  from declaratie_bevinding b
  left join levering_stand l on l.kind = b.kind and l.levering = b.eerder_levering
),

per_regel as (
  select
    'huishouden' as kind, levering, regel, 'verblijf_ingekort' as regel_code, 'let_op' as ernst, cast(1 as bigint) as regels,
    cast(null as bigint) as bedrag_ct,
    'Het verblijf loopt door na het begin van een later verblijf van dezelfde persoon en is daar ingekort.' as toelichting
  from stg_huishouden
  where ingekort
  union all
  select
    kind, levering, regel, regel_code, 'let_op', cast(1 as bigint), geteld_ct,
    case regel_code
      when '8017' then 'Deze credit noemt geen debetregel, of er is meer gecrediteerd dan gedeclareerd; de regel telt mee.'
      when '8021' then concat('Dit referentienummer is door dezelfde aanbieder eerder gebruikt, in ', eerder_bestand, ' op regel ',
        cast(eerder_regel as varchar), '; de regel telt mee.')
      when '9307' then 'De zorg begint voor de ingangsdatum van de toewijzing; de regel telt mee.'
      when '9308' then 'De zorg eindigt na de einddatum van de toewijzing; de regel telt mee.'
      when '9346' then 'Het bedrag is niet volume maal tarief, ook niet na afronding van het tarief; de regel telt mee.'
      when '9389' then 'Dezelfde zorg is eerder gedeclareerd zonder credit ertussen; de regel telt mee.'
      when '9390' then 'Dit referentienummer is al eerder gecrediteerd; de regel telt mee.'
    end
  from herhaald
  union all
  select
    kind, levering, regel, regel_code, 'let_op', cast(1 as bigint), geteld_ct,
    case regel_code
      when 'periode_onwaarschijnlijk' then
        'De periode is langer dan bij deze soort past, of eindigt na de dag waarop de levering is gemaakt; de regel telt mee.'
      when 'voor_geboorte' then 'Deze zorg begint voor de geboorte van de persoon; de regel telt mee.'
      when 'na_overlijden' then 'Deze zorg ligt meer dan 31 dagen na het overlijden van de persoon; de regel telt mee.'
    end
  from kosten_bevinding
  union all
  select
    o.kind, o.levering, o.regel, 'overlap_verschilt', 'fout', cast(1 as bigint), o.geteld_ct,
    concat('Een nieuwere levering over dezelfde dagen (', n.bestand, ') heeft deze regel niet; of hij nog geldt, is niet te zien.')
  from overlap_verschilt o
  join levering_stand n on n.kind = o.kind and n.levering = o.nieuw
  union all
  select
    kind, levering, regel, 'toewijzing_gelijk', 'let_op', cast(1 as bigint), cast(null as bigint),
    'Deze levering heeft meer regels van deze toewijzing met dezelfde datum en tijd; een intrekking gaat dan voor.'
  from stg_toewijzing
  where gelijk > 0
  union all
  select
    'participatie_uitkering', levering, regel, 'uitkering_gedeeld', 'let_op', persoon_regels, persoon_ct,
    case
      when verspreid then
        'Deze uitkering staat voor een persoon op regels van verschillende leveringen; de bedragen zijn opgeteld. Is de ene een nieuwe versie van de andere, lever dan met een leveringsbrief.'
      else 'Deze uitkering staat voor een persoon op meer regels; de bedragen zijn opgeteld.'
    end
  from stg_bijstand
  where persoon_nr = 1 and not herhaald and persoon_regels > 1 and not bedrag_ongelijk
  union all
  select
    'huishouden', levering, regel, regel_code, 'let_op', cast(1 as bigint), cast(null as bigint),
    case regel_code
      when 'huishouden_te_groot' then 'Dit huishouden heeft buiten een instelling onwaarschijnlijk veel personen.'
      when 'verblijven_te_veel' then 'Deze persoon heeft in een kalenderjaar onwaarschijnlijk veel adressen.'
      when 'geboortejaar_verschilt' then 'Voor deze persoon zijn verschillende geboortejaren geleverd.'
    end
  from onwaarschijnlijk
  union all
  select
    kind, levering, regel, 'plan_onbekend', 'let_op', cast(1 as bigint), bedrag_ct,
    'Geen plan heeft dit casusnummer; staat er een typefout in, of is het plan nog niet geleverd?'
  from plan_onbekend
),

per_bestand as (
  select
    kind, levering, 'regel_gelijk' as regel_code, count(*) as regels, cast(sum(geteld_ct) as bigint) as bedrag_ct,
    'Deze regels zijn in alle kolommen gelijk aan een eerdere regel, en niets zegt of het dezelfde zorg is; zij tellen mee.'
      as toelichting
  from regel_gelijk
  group by kind, levering
  union all
  select
    t.kind, t.levering, 'twee_leveranciers', cast(null as bigint), cast(null as bigint),
    case
      when f.optellend then 'Ook een andere leverancier leverde deze maand en gemeente; de regels van beide zijn opgeteld.'
      else 'Ook een andere leverancier leverde deze maand en gemeente; de nieuwste levering vervangt de regels van de oudere.'
    end
  from twee_leveranciers t
  join kind_feit f on f.kind = t.kind
),

bevindingen as (
  select
    r.kind as onderwerp, concat(l.bestand, ':', cast(r.regel as varchar)) as sleutel, r.regel_code, r.ernst, r.regels, r.bedrag_ct,
    r.toelichting
  from per_regel r
  join levering_stand l on l.levering = r.levering and l.kind = r.kind
  union all
  select b.kind, l.bestand, b.regel_code, 'let_op', b.regels, b.bedrag_ct, b.toelichting
  from per_bestand b
  join levering_stand l on l.levering = b.levering and l.kind = b.kind
  union all
  select kind, bestand, regel_code, 'let_op', regels, bedrag_ct, toelichting from levering_bevinding
  union all
  select
    'maatwerk_plan', casusnummer, 'akkoord_ontbreekt', 'let_op', cast(1 as bigint), cast(null as bigint),
    'Het plan is gestart met minder dan twee akkoorden van andere maatwerkers.'
  from plannen
  where akkoord_ontbreekt
  union all
  select
    'maatwerk_plan', casusnummer, 'akkoord_na_datum', 'let_op', cast(1 as bigint), cast(null as bigint),
    'Het tweede akkoord is later gegeven dan de datum waarop het plan akkoord heet.'
  from plannen
  where akkoord_na_datum
  union all
  select
    'maatwerk_plan', casusnummer, 'horizon_anders', 'let_op', cast(1 as bigint), cast(null as bigint),
    'De bedragen van dit plan gaan over een andere termijn dan twaalf maanden.'
  from plannen
  where horizon_mnd <> 12 and dreigend_ct is not null and maatwerk_ct is not null
  union all
  select
    'maatwerk_plan', casusnummer, 'negatieve_doorlooptijd', 'let_op', cast(1 as bigint), cast(null as bigint),
    'Het akkoord is van voor de aanmelding; dit plan telt niet mee in de doorlooptijd.'
  from plannen
  where negatieve_doorlooptijd
  union all
  select
    'maatwerk_plan', casusnummer, 'regels_tellen_niet_op', 'let_op', cast(1 as bigint), cast(null as bigint),
    'De regels onder een van de drie bedragen tellen niet op tot dat bedrag; het bedrag telt.'
  from plannen
  where regels_tellen_niet_op
)

select * from bevindingen
