/*
name: cocktail_groep
doc: >
  How households of each type, gemeente and wijk stand on P, per cocktail, and what those with the whole cocktail and all others cost
  (methods 6). Differences in cost are no effect of a cocktail: who has one differs in more.
level: totaal
grain: [cocktail_id, kenmerk, groep]
reads: [cocktail_telling, cocktail_vol, huishouden_stand, rang_kosten, parameter]
columns:
  - from cocktail_telling: cocktail_id
  - kenmerk tekst: alle, huishoudtype, gemeente or wijk
  - groep tekst: the group; alle, a code of CBS TYPHH, of a gemeente or of a wijk; empty text where a household has none
  - from cocktail_telling: huishoudens, vol, dreigend, onbekend, niet_te_beoordelen, nee
  - kosten_vol_ct ct: declared cost in T0 of households with the cocktail vol
  - kosten_overig_ct ct: of all other households of the group
needs:
  kosten_vol_ct kosten_overig_ct: +gedeclareerd
figures:
  huishoudens: telling, huishoudens die getoond worden
  vol: telling, daarvan met alle onderdelen
  dreigend: telling, daarvan met een onderdeel dat zeker ontbreekt
  onbekend: telling, daarvan waar niet te zien is wat ontbreekt
  niet_te_beoordelen: telling, daarvan niet gedekt
  nee: telling, daarvan zeker zonder
  kosten_vol_ct: som, som van de kosten in de laatste 12 maanden van huishoudens met de cocktail vol
  kosten_overig_ct: som, idem van alle andere huishoudens van de groep
*/
with

cocktail_telling as (
  select * from cocktail_telling
),

cocktail_vol as (
  select * from cocktail_vol
),

huishouden_stand as (
  select * from huishouden_stand
),

rang_kosten as (
  select * from rang_kosten
),

parameter as (
  select * from parameter
),

getoond as (
  select h.huishouden, h.gemeentecode, coalesce(h.wijkcode, '') as wijkcode, coalesce(h.typhh, '') as typhh, coalesce(k.t0_ct, 0) as kosten_ct
  from huishouden_stand h
  left join rang_kosten k on k.huishouden = h.huishouden
  where h.getoond
),

kosten as (
  select gemeentecode, wijkcode, typhh, sum(kosten_ct) as kosten_ct from getoond group by gemeentecode, wijkcode, typhh
),

kosten_vol as (
  select v.cocktail_id, g.gemeentecode, g.wijkcode, g.typhh, sum(v.kosten_t0_ct) as vol_ct
  from cocktail_vol v
  join getoond g on g.huishouden = v.huishouden
  group by v.cocktail_id, g.gemeentecode, g.wijkcode, g.typhh
),

delen as (
  select t.*, coalesce(v.vol_ct, 0) as vol_ct, k.kosten_ct - coalesce(v.vol_ct, 0) as overig_ct
  from cocktail_telling t
  join parameter p on p.peildatum = t.dag
  join kosten k on k.gemeentecode = t.gemeentecode and k.wijkcode = t.wijkcode and k.typhh = t.typhh
  left join kosten_vol v
    on v.cocktail_id = t.cocktail_id and v.gemeentecode = t.gemeentecode and v.wijkcode = t.wijkcode and v.typhh = t.typhh
),

kenmerken as (
  select 'alle' as kenmerk
  union all
  select 'huishoudtype'
  union all
  select 'gemeente'
  union all
  select 'wijk'
),

gegroepeerd as (
  select
    d.*, k.kenmerk,
    case k.kenmerk when 'alle' then 'alle' when 'huishoudtype' then d.typhh when 'gemeente' then d.gemeentecode else d.wijkcode end as groep
  from delen d
  cross join kenmerken k
),

tellingen as (
  select
    t.cocktail_id, t.kenmerk, t.groep,
    cast(sum(t.huishoudens) as bigint) as huishoudens, cast(sum(t.vol) as bigint) as vol,
    cast(sum(t.dreigend) as bigint) as dreigend, cast(sum(t.onbekend) as bigint) as onbekend,
    cast(sum(t.niet_te_beoordelen) as bigint) as niet_te_beoordelen, cast(sum(t.nee) as bigint) as nee,
    cast(sum(t.vol_ct) as bigint) as kosten_vol_ct, cast(sum(t.overig_ct) as bigint) as kosten_overig_ct
  from gegroepeerd t
  group by t.cocktail_id, t.kenmerk, t.groep
)

select * from tellingen
