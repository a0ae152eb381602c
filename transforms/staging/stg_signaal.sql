/*
name: stg_signaal
doc: Early signals of arrears (vroegsignalering), not replaced by a newer delivery.
grain: [levering, regel]
reads: [geldig_schuldhulp_signaal]
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
with

geldig_schuldhulp_signaal as (
  select * from geldig_schuldhulp_signaal
),

signalen as (
  select
    levering, regel, signaal_id, persoon_ps as persoon, signaalpartner_type, signaaldatum,
    coalesce(crisissignaal, false) as crisissignaal, opgepakt_op
  from geldig_schuldhulp_signaal
)

select * from signalen
