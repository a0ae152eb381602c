/*
name: preventief
doc: >
  Near misses at P, those first of which like ones most surely became the whole cocktail within a year: by the lower bound,
  then the share, then cost (methods 5). A list to be in time with; it advises, a person decides.
level: rij
grain: [volgnr]
reads: [cocktail_episode, dreiging, huishouden_stand, rang, parameter]
columns:
  - volgnr aantal: "place: by ondergrens, aandeel, kosten_t0_ct, all descending, then household and cocktail"
  - huishouden_id huishouden: household at P
  - cocktail_id tekst: id of the cocktail
  - van datum: first day of the episode; the first of the 24 months when it may be older
  - ontbrekend tekst: what is missing, joined by |
  - from cocktail_episode: volgorde
  - from rang: kosten_t0_ct
  - cocktails tekst: other cocktails vol at P, joined by |
  - from rang: in_maatwerk
  - gevolgd aantal: households with this near miss a year ago that could be followed, n
  - vol aantal: of which the cocktail was vol within the year, k
  - from dreiging: aandeel?, ondergrens?, bovengrens?
figures:
  kosten_t0_ct: som, som van de delen van declaraties en uitkeringen die in de laatste 12 maanden vallen, van wie nu in dit huishouden wonen
  gevolgd: telling, vergelijkbare huishoudens van een jaar geleden die te volgen waren
  vol: telling, daarvan bij wie de cocktail vol werd
  aandeel: schatting, vol gedeeld door gevolgd
  ondergrens bovengrens: schatting, 95%-grens van dat aandeel (Clopper en Pearson)
*/
with

cocktail_episode as (
  select * from cocktail_episode
),

dreiging as (
  select * from dreiging
),

huishouden_stand as (
  select * from huishouden_stand
),

rang as (
  select * from rang
),

parameter as (
  select * from parameter
),

nu as (
  select e.huishouden, e.cocktail_id, e.van, e.ontbrekend, e.volgorde
  from cocktail_episode e
  join huishouden_stand h on h.huishouden = e.huishouden and h.getoond
  cross join parameter p
  where e.status = 'dreigend' and e.van <= p.peildatum and e.tot > p.peildatum
),

lijst as (
  select
    row_number() over (
      order by coalesce(d.ondergrens, -1) desc, coalesce(d.aandeel, -1) desc, r.kosten_t0_ct desc, n.huishouden, n.cocktail_id) as volgnr,
    n.huishouden as huishouden_id, n.cocktail_id, n.van, n.ontbrekend, n.volgorde, r.kosten_t0_ct, r.cocktails, r.in_maatwerk, d.gevolgd,
    d.vol, d.aandeel, d.ondergrens, d.bovengrens
  from nu n
  join dreiging d on d.cocktail_id = n.cocktail_id and d.ontbrekend = n.ontbrekend
  join rang r on r.huishouden = n.huishouden
)

select * from lijst
