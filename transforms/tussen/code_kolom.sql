/*
name: code_kolom
doc: The columns that code_regel offers to the rules of signals.yaml; a rule about another column would never show anything.
grain: [kind, kolom]
reads: []
columns:
  - kind tekst: kind of extract
  - kolom tekst: column, or pair of columns
*/
select 'huishouden' as kind, 'functie_adres' as kolom
union all
select 'wmo_toewijzing', 'product_categorie'
union all
select 'wmo_toewijzing', 'wettelijke_vertegenwoordiging'
union all
select 'wmo_toewijzing', 'juridische_status'
union all
select 'wmo_toewijzing', 'soort_adres'
union all
select 'wmo_toewijzing', 'reden_beeindiging'
union all
select 'wmo_toewijzing', 'reden_beeindiging+product_categorie'
union all
select 'jeugd_toewijzing', 'product_categorie'
union all
select 'jeugd_toewijzing', 'wettelijke_vertegenwoordiging'
union all
select 'jeugd_toewijzing', 'juridische_status'
union all
select 'jeugd_toewijzing', 'soort_adres'
union all
select 'jeugd_toewijzing', 'reden_beeindiging'
union all
select 'jeugd_toewijzing', 'reden_beeindiging+product_categorie'
union all
select 'jeugd_declaratie', 'product_categorie'
union all
select 'participatie_uitkering', 'huisvesting'
union all
select 'participatie_uitkering', 'cluster_bijz_bijstand'
union all
select 'participatie_uitkering', 'statistiekcode'
union all
select 'participatie_uitkering', 'reden_beeindiging'
union all
select 'participatie_vordering', 'ontstaansgrond'
union all
select 'schuldhulp_traject', 'crisisinterventie'
union all
select 'schuldhulp_traject', 'moratorium'
union all
select 'schuldhulp_signaal', 'signaalpartner_type+crisissignaal'
union all
select 'schuldhulp_signaal', 'signaalpartner_type'
union all
select 'schuldhulp_signaal', 'crisissignaal'
union all
select 'wonen_signaal', 'soort'
union all
select 'zvw_declaratie', 'zorgsoort'
union all
select 'zvw_declaratie', 'prestatie_familie'
union all
select 'zvw_declaratie', 'wvggz_machtiging'
