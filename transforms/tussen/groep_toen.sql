/*
name: groep_toen
doc: >
  The groups that the selection is looked at by, for households at P and, for the back-test, at the end of T2 (methods 4). Age is
  that of the oldest member on that day. Nationality and origin are refused at the door and are no group.
grain: [peil, huishouden, kenmerk]
reads: [huishouden_toen, peil]
columns:
  - peil aantal: 0 at P, 2 at the end of T2
  - huishouden huishouden: key
  - kenmerk tekst: huishoudtype, kinderen, leeftijd, geslacht, gemeente or wijk
  - groep tekst: the group
*/
with

huishouden_toen as (
  select * from huishouden_toen
),

peil as (
  select * from peil
),

huishouden as (
  select
    h.*, year(p.peildatum) - year(h.oudste)
      - case when substr(cast(h.oudste as varchar), 6, 5) > substr(cast(p.peildatum as varchar), 6, 5) then 1 else 0 end
      as leeftijd
  from huishouden_toen h
  join peil p on p.nr = h.peil
  where h.peil <> 1
),

groepen as (
  select peil, huishouden, 'huishoudtype' as kenmerk, typhh as groep from huishouden
  union all
  select peil, huishouden, 'kinderen', case when kinderen then 'ja' else 'nee' end from huishouden
  union all
  select
    peil, huishouden, 'leeftijd',
    case
      when leeftijd < 25 then 'tot 25'
      when leeftijd < 35 then '25 tot 35'
      when leeftijd < 45 then '35 tot 45'
      when leeftijd < 55 then '45 tot 55'
      when leeftijd < 65 then '55 tot 65'
      when leeftijd < 75 then '65 tot 75'
      else '75 en ouder'
    end
  from huishouden
  union all
  select
    peil, huishouden, 'geslacht',
    case
      when volwassenen = 0 then 'geen volwassene'
      when mannen + vrouwen < volwassenen then 'onbekend'
      when vrouwen = 0 then 'alleen mannen'
      when mannen = 0 then 'alleen vrouwen'
      else 'mannen en vrouwen'
    end
  from huishouden
  union all
  select peil, huishouden, 'gemeente', gemeentecode from huishouden
  union all
  select peil, huishouden, 'wijk', coalesce(wijkcode, 'onbekend') from huishouden
)

select * from groepen
