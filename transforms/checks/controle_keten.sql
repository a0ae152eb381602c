/*
name: controle_keten
doc: >
  The identities of the control totals (methods 8), computed anew from the steps themselves: what the mart says of its own
  differences is not taken for granted. regels: in lines too, else in eurocents only.
grain: [kind, stap]
reads: [controle]
columns:
  - kind tekst: kind of extract, or totaal
  - stap tekst: step that is not the sum of its parts
check:
  severity: fout
  denominator: controle
  sentence: "{n} stappen van de {d} controletotalen zijn niet de som van hun delen"
  reason: euros and lines may not appear or disappear between extract and ranking
*/
with

controle as (
  select * from controle
),

stappen as (
  select
    kind,
    sum(case when stap = 'geleverd' then regels else 0 end) as geleverd,
    sum(case when stap = 'geleverd' then bedrag_ct else 0 end) as geleverd_ct,
    sum(case when stap in ('geaccepteerd', 'quarantaine', 'vervangen', 'dubbel', 'geweigerd') then regels else 0 end) as ontvangen,
    sum(case when stap in ('geaccepteerd', 'quarantaine', 'vervangen', 'dubbel', 'geweigerd') then bedrag_ct else 0 end)
      as ontvangen_ct,
    sum(case when stap = 'geaccepteerd' then regels else 0 end) as geaccepteerd,
    sum(case when stap = 'geaccepteerd' then bedrag_ct else 0 end) as geaccepteerd_ct,
    sum(case when stap in ('gebruikt', 'uitgesloten', 'herhaald', 'ouder') then regels else 0 end) as verdeeld,
    sum(case when stap in ('gebruikt', 'uitgesloten', 'herhaald', 'ouder') then bedrag_ct else 0 end) as verdeeld_ct,
    max(case when stap = 'geprijsd' then 1 else 0 end) as is_geprijsd,
    max(case when stap = 'in_vensters' then 1 else 0 end) as heeft_kosten,
    sum(case when stap = 'gebruikt' then bedrag_ct else 0 end) as gebruikt_ct,
    sum(case when stap = 'geprijsd' then bedrag_ct else 0 end) as geprijsd_ct,
    sum(case when stap in ('in_vensters', 'buiten_vensters') then bedrag_ct else 0 end) as gespreid_ct,
    sum(case when stap = 'buiten_vensters' then bedrag_ct else 0 end) as buiten_ct,
    sum(case when stap in ('voor_vensters', 'na_vensters') then bedrag_ct else 0 end) as voor_en_na_ct,
    sum(case when stap = 'in_vensters' then regels else 0 end) as in_vensters,
    sum(case when stap = 'in_vensters' then bedrag_ct else 0 end) as in_vensters_ct,
    sum(case when stap in ('huishoudens', 'onbekend') then regels else 0 end) as toegedeeld,
    sum(case when stap in ('huishoudens', 'onbekend') then bedrag_ct else 0 end) as toegedeeld_ct,
    sum(case when stap = 'huishoudens' then regels else 0 end) as huishoudens,
    sum(case when stap = 'huishoudens' then bedrag_ct else 0 end) as huishoudens_ct,
    sum(case when stap in ('ranglijst', 'niet_getoond', 'andere_gemeente') then regels else 0 end) as getoond,
    sum(case when stap in ('ranglijst', 'niet_getoond', 'andere_gemeente') then bedrag_ct else 0 end) as getoond_ct
  from controle
  group by kind
),

declaratie as (
  select coalesce(sum(huishoudens_ct), 0) as ct from stappen where kind <> 'totaal' and is_geprijsd = 0
),

schending as (
  select kind, 'geleverd' as stap from stappen where kind <> 'totaal' and (geleverd <> ontvangen or geleverd_ct <> ontvangen_ct)
  union all
  select kind, 'geaccepteerd'
  from stappen
  where kind <> 'totaal' and (geaccepteerd <> verdeeld or geaccepteerd_ct <> verdeeld_ct)
  union all
  select kind, 'gebruikt' from stappen where heeft_kosten = 1 and is_geprijsd = 0 and gebruikt_ct <> gespreid_ct
  union all
  select kind, 'geprijsd' from stappen where is_geprijsd = 1 and geprijsd_ct <> gespreid_ct
  union all
  select kind, 'buiten_vensters' from stappen where kind <> 'totaal' and buiten_ct <> voor_en_na_ct
  union all
  select kind, 'in_vensters'
  from stappen
  where kind <> 'totaal' and (in_vensters <> toegedeeld or in_vensters_ct <> toegedeeld_ct)
  union all
  select kind, 'huishoudens' from stappen where kind = 'totaal' and (huishoudens <> getoond or huishoudens_ct <> getoond_ct)
  union all
  select s.kind, 'alle_soorten'
  from stappen s
  cross join declaratie d
  where s.kind = 'totaal' and s.huishoudens_ct <> d.ct
)

select * from schending
