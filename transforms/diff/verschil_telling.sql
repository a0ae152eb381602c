/*
name: verschil_telling
doc: How many households two runs have, together and apart, and how many came among those in aanmerking or went from them.
grain: [beide]
reads: [verschil_paar]
columns:
  - beide aantal: in both runs
  - gelijk aantal: of which nothing about the household itself changed
  - alleen_eerst aantal: in the first run only
  - alleen_nu aantal: in the second run only
  - in_aanmerking_erbij aantal: came among those in aanmerking
  - in_aanmerking_eraf aantal: went from them
*/
with

verschil_paar as (
  select * from verschil_paar
),

geteld as (
  select
    coalesce(sum(case when eerst_rang is not null and nu_rang is not null then 1 else 0 end), 0) as beide,
    coalesce(sum(case when gelijk then 1 else 0 end), 0) as gelijk,
    coalesce(sum(case when nu_rang is null then 1 else 0 end), 0) as alleen_eerst,
    coalesce(sum(case when eerst_rang is null then 1 else 0 end), 0) as alleen_nu,
    coalesce(sum(case when nu_in_aanmerking and not coalesce(eerst_in_aanmerking, false) then 1 else 0 end), 0) as in_aanmerking_erbij,
    coalesce(sum(case when eerst_in_aanmerking and not coalesce(nu_in_aanmerking, false) then 1 else 0 end), 0) as in_aanmerking_eraf
  from verschil_paar
),

getypeerd as (
  select
    cast(beide as bigint) as beide, cast(gelijk as bigint) as gelijk, cast(alleen_eerst as bigint) as alleen_eerst,
    cast(alleen_nu as bigint) as alleen_nu, cast(in_aanmerking_erbij as bigint) as in_aanmerking_erbij,
    cast(in_aanmerking_eraf as bigint) as in_aanmerking_eraf
  from geteld
)

select * from getypeerd
