/*
name: preventief_telt_op
doc: >
  The preventive list is the near misses that are active at P, each once, with the figures of its group; of each group everybody is
  followed or not, no more became vol than were followed, and the share lies within its interval.
grain: [cocktail_id, ontbrekend, wat]
reads: [preventief, dreiging_kans, cocktail]
columns:
  - cocktail_id tekst: cocktail
  - ontbrekend tekst: what is missing
  - wat tekst: what does not hold
check:
  severity: fout
  denominator: preventief
  sentence: "bij {n} groepen klopt de preventieve lijst ({d} rijen) niet met de dreigende cocktails"
  reason: a list that leaves a near miss out, or ranks it by another group's figures, sends help to the wrong door
*/
with

preventief as (
  select * from preventief
),

dreiging_kans as (
  select * from dreiging_kans
),

cocktail as (
  select * from cocktail
),

lijst as (
  select
    cocktail_id, ontbrekend, count(*) as huishoudens, min(gevolgd) as min_n, max(gevolgd) as max_n, min(vol) as min_k, max(vol) as max_k,
    min(coalesce(ondergrens, -1)) as min_onder, max(coalesce(ondergrens, -1)) as max_onder, sum(kosten_t0_ct) as kosten_ct
  from preventief
  group by cocktail_id, ontbrekend
),

nu as (
  select cocktail_id, ontbrekend, count(*) as huishoudens, sum(kosten_t0_ct) as kosten_ct
  from cocktail
  where actief and status = 'dreigend'
  group by cocktail_id, ontbrekend
),

schending as (
  select k.cocktail_id, k.ontbrekend, 'groep' as wat
  from dreiging_kans k
  where k.gevolgd + k.niet_te_zien <> k.huishoudens_toen or k.vol > k.gevolgd or k.vol < 0 or k.niet_te_zien < 0
    or (k.gevolgd = 0) <> (k.aandeel is null) or (k.aandeel is null) <> (k.ondergrens is null)
    or (k.aandeel is null) <> (k.bovengrens is null)
    or (k.aandeel is not null and not (0 <= k.ondergrens and k.ondergrens <= k.aandeel and k.aandeel <= k.bovengrens and k.bovengrens <= 1))
    or (k.aandeel is not null and abs(k.aandeel * k.gevolgd - k.vol) > 0.000001)
  union all
  select n.cocktail_id, n.ontbrekend, 'huishoudens'
  from nu n
  left join dreiging_kans k on k.cocktail_id = n.cocktail_id and k.ontbrekend = n.ontbrekend
  left join lijst l on l.cocktail_id = n.cocktail_id and l.ontbrekend = n.ontbrekend
  where k.huishoudens_nu is null or k.huishoudens_nu <> n.huishoudens or l.huishoudens is null or l.huishoudens <> n.huishoudens
    or l.kosten_ct <> n.kosten_ct
  union all
  select l.cocktail_id, l.ontbrekend, 'lijst'
  from lijst l
  left join nu n on n.cocktail_id = l.cocktail_id and n.ontbrekend = l.ontbrekend
  left join dreiging_kans k on k.cocktail_id = l.cocktail_id and k.ontbrekend = l.ontbrekend
  where n.huishoudens is null or k.gevolgd is null or l.min_n <> k.gevolgd or l.max_n <> k.gevolgd or l.min_k <> k.vol or l.max_k <> k.vol
    or l.min_onder <> coalesce(k.ondergrens, -1) or l.max_onder <> coalesce(k.ondergrens, -1)
  union all
  select a.cocktail_id, a.ontbrekend, 'volgorde'
  from preventief a
  join preventief b on b.volgnr = a.volgnr + 1
  where coalesce(b.ondergrens, -1) > coalesce(a.ondergrens, -1)
)

select * from schending
