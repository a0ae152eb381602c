/*
name: koppelt_niet
doc: Kinds, over all or in a gemeente, of which too few persons are found in huishouden to conclude anything from absence (rules 63).
grain: [kind, gemeentecode]
reads: [koppel_oordeel]
columns:
  - kind tekst: kind of extract
  - gemeentecode tekst: gemeente, or alle
*/
select kind, gemeentecode from koppel_oordeel where bestand = 'alle' and oordeel in ('te_laag', 'geen')
