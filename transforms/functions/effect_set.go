package functions

/*
name: effect_set
doc: >
  Matched sets (methods 7): a treated household and at most three others that nobody treated by the month in which it was reported, of that month and
  on its clock. Mart koppeling shows them; keys are numbers here, for what is asked of their members further on (cost by payer, other outcomes).
grain: [set_id, huishouden]
reads: [effect_plan, effect_stand, effect_rijp, effect_parameter]
columns:
  - set_id aantal: number of the set, from 1 in the order of maand and matching
  - huishouden huishouden: member
  - maand maand: "t0: month in which the treated household was reported, the clock of all members and theirs in effect_stand"
  - start maand: month in which its plan started; months 1 to 12 after it are the months after
  - tot maand: last month after the start that counts for the set, mature in every feed that is included
  - eigen_tot maand: the same for this member; earlier for one that is reported itself before tot
  - behandeld vlag: it is the treated household of the set
  - gewicht getal: 1 when treated, else one over the number of controls
  - herkomst tekst: of the plan, data, veld or empty text
  - casusnummer tekst: plan of the treated household; empty text for a control
*/
