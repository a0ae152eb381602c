/*
name: stg_signaal
doc: Early signals of arrears (vroegsignalering), not replaced by a newer delivery.
grain: [levering, regel]
reads: [lake_schuldhulp_signaal, vervangen]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - signaal_id tekst: number of the signal
  - persoon persoon: key
  - signaalpartner_type tekst: who signalled
  - signaaldatum datum: date of the signal
  - crisissignaal vlag: eviction, disconnection or the like is near
  - opgepakt_op datum: date the case was taken up
*/
select
  levering, regel, signaal_id, persoon_ps as persoon, signaalpartner_type, signaaldatum,
  coalesce(crisissignaal, false) as crisissignaal, opgepakt_op
from lake_schuldhulp_signaal s
where not exists (
  select 1 from vervangen v where v.kind = 'schuldhulp_signaal' and v.levering = s.levering and v.regel = s.regel)
