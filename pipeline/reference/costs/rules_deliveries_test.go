package costs_test

// deliveryRules are about what several deliveries and several lines say of the same.
var deliveryRules = []trial{
	{"61: of lines that two deliveries of one supplier share only the newest counts, and it is no repetition", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a gemeentecode=0824 referentie_nummer=R product_begin=2025-08-01 product_eind=2025-08-31 aanbieder_agb=10000001
		wmo_declaratie persoon=a gemeentecode=GM0824 referentie_nummer=R product_begin=20250801 product_eind=2025-08-31 aanbieder_agb=10000001 levering=nieuw`, `
		uitgesloten #2 regel_code=overlap_gelijk
		!uitgesloten #3
		!bevinding #3 regel_code=8021
		!bevinding #3 regel_code=9389
		controle kind=wmo_declaratie stap=overlap_gelijk regels=2 bedrag_ct=0
		ranglijst bij=a kosten_wmo_ct=1000`},
	{"61: the second equal line of the older has its equal in a second of the newer, and is a repetition without", `
		huishouden persoon=a huis=h
		jeugd_declaratie persoon=a gemeentecode=0824 referentie_nummer=S product_begin=2025-08-01 product_eind=2025-08-31
		jeugd_declaratie persoon=a gemeentecode=0824 referentie_nummer=S product_begin=2025-08-01 product_eind=2025-08-31
		jeugd_declaratie persoon=a gemeentecode=0824 referentie_nummer=S product_begin=2025-08-01 product_eind=2025-08-31 levering=nieuw`, `
		uitgesloten #2 regel_code=overlap_gelijk
		!uitgesloten #3
		bevinding #4 regel_code=8021 regels=1 bedrag_ct=1000
		ranglijst bij=a kosten_jeugd_ct=2000`},
	{"61: a credit that both deliver is taken off once; another supplier's line is another line", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a gemeentecode=0824 referentie_nummer=D product_begin=2025-08-01 product_eind=2025-08-31
		wmo_declaratie persoon=a gemeentecode=0824 referentie_nummer=C vorig_referentie_nummer=D debet_credit=C product_begin=2025-08-01 product_eind=2025-08-31
		wmo_declaratie persoon=a gemeentecode=0824 referentie_nummer=D product_begin=2025-08-01 product_eind=2025-08-31 levering=ander
		wmo_declaratie persoon=a gemeentecode=0824 referentie_nummer=C vorig_referentie_nummer=D debet_credit=C product_begin=2025-08-01 product_eind=2025-08-31 levering=nieuw`, `
		uitgesloten #3 regel_code=overlap_gelijk
		bevinding #4 regel_code=8021
		!bevinding #5 regel_code=9390
		ranglijst bij=a kosten_wmo_ct=1000`},
	{"62: equal lines of a kind without a reference count, and are found", `
		huishouden persoon=a huis=h
		zvw_declaratie persoon=a
		zvw_declaratie persoon=a
		zvw_declaratie persoon=a begindatum=20250301
		zvw_declaratie persoon=a prestatie_code=Y
		zvw_declaratie persoon=a levering=zonder
		pgb_uitputting persoon=a
		pgb_uitputting persoon=a uitgenut_ct=01000`, `
		bevinding sleutel=zvw_declaratie/oud.csv regel_code=regel_gelijk regels=3 bedrag_ct=3000
		bevinding sleutel=pgb_uitputting/oud.csv regel_code=regel_gelijk regels=1 bedrag_ct=1000
		!bevinding sleutel=zvw_declaratie/zonder.csv regel_code=regel_gelijk
		controle kind=zvw_declaratie stap=regel_gelijk regels=3 bedrag_ct=3000
		ranglijst bij=a kosten_zvw_ct=5000 kosten_wmo_ct=2000`},
	{"69: of one day 13 wins, whichever line it is in", `
		huishouden persoon=a huis=h
		wmo_toewijzing persoon=a
		wmo_toewijzing persoon=a reden_wijziging=13
		wmo_toewijzing persoon=a toewijzing_nummer=2@ reden_wijziging=13
		wmo_toewijzing persoon=a toewijzing_nummer=2@`, `
		uitgesloten #2 regel_code=9384
		uitgesloten #3 regel_code=9384
		uitgesloten #4 regel_code=9384
		uitgesloten #5 regel_code=9384
		bevinding #3 regel_code=toewijzing_gelijk regels=1 bedrag_ct=(leeg)
		bevinding #4 regel_code=toewijzing_gelijk
		!bevinding #2 regel_code=toewijzing_gelijk
		!bevinding #5 regel_code=toewijzing_gelijk
		ranglijst bij=a voorzieningen=0`},
	{"69: of one day the later time wins where every line of the day has one", `
		huishouden persoon=a huis=h
		wmo_toewijzing persoon=a toewijzing_tijd=09:30 einddatum=2025-06-30
		wmo_toewijzing persoon=a toewijzing_tijd=09:29:59 reden_wijziging=13
		wmo_toewijzing persoon=a toewijzing_datum=2024-11-30 einddatum=2025-03-31
		wmo_toewijzing persoon=a toewijzing_nummer=2@ toewijzing_tijd=09:30
		wmo_toewijzing persoon=a toewijzing_nummer=2@ toewijzing_tijd=08:00 reden_wijziging=13
		wmo_toewijzing persoon=a toewijzing_nummer=2@
		wmo_toewijzing persoon=a toewijzing_nummer=3@ toewijzing_tijd=10:00
		wmo_toewijzing persoon=a toewijzing_nummer=3@ toewijzing_tijd=10:00:00 einddatum=2025-01-31`, `
		!uitgesloten #2
		!uitgesloten #3
		!bevinding #2 regel_code=toewijzing_gelijk
		uitgesloten #5 regel_code=9384
		bevinding #6 regel_code=toewijzing_gelijk
		bevinding #9 regel_code=toewijzing_gelijk
		ranglijst bij=a voorzieningen=0`},
	{"69: what a later delivery says on the same day counts, without a finding", `
		huishouden persoon=a huis=h
		jeugd_toewijzing persoon=a
		jeugd_toewijzing persoon=a ingangsdatum=2025-02-01 levering=zonder
		jeugd_toewijzing persoon=a toewijzing_nummer=2@ gemeentecode=0824 ingangsdatum=2024-02-01 einddatum=2024-03-31 reden_wijziging=13
		jeugd_toewijzing persoon=a toewijzing_nummer=2@ gemeentecode=0824 ingangsdatum=2025-08-01 levering=nieuw`, `
		!uitgesloten #4
		!bevinding #2 regel_code=toewijzing_gelijk
		!bevinding #5 regel_code=toewijzing_gelijk
		ranglijst bij=a voorzieningen=2`},
	{"70: lines of one person add up", `
		huishouden persoon=a huis=a
		huishouden persoon=b huis=b
		huishouden persoon=c huis=c
		participatie_uitkering persoon=a cluster_bijz_bijstand=f statistiekcode=12 betaalbaar_gesteld_eur=300,00
		participatie_uitkering persoon=a cluster_bijz_bijstand=f statistiekcode=12 betaalbaar_gesteld_eur=450,00
		participatie_uitkering persoon=b registratienummer=2@ betaalbaar_gesteld_eur=500,00
		participatie_uitkering persoon=b registratienummer=2@ betaalbaar_gesteld_eur=500,00
		participatie_uitkering persoon=c registratienummer=3@ betaalbaar_gesteld_eur=1200,00
		participatie_uitkering persoon=c registratienummer=3@ betaalbaar_gesteld_eur=-200,00`, `
		bevinding #4 regel_code=uitkering_gedeeld regels=2 bedrag_ct=75000
		bevinding #6 regel_code=uitkering_gedeeld regels=2 bedrag_ct=100000
		!bevinding #7 regel_code=uitkering_gedeeld
		!uitgesloten #5
		kosten bij=a domein=participatie venster=T0 bedrag_ct=75000 regels=1
		ranglijst bij=b kosten_participatie_ct=100000
		ranglijst bij=c kosten_participatie_ct=100000`},
	{"70: sums of persons are compared, not lines", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=h
		participatie_uitkering persoon=a betaalbaar_gesteld_eur=10,00
		participatie_uitkering persoon=b betaalbaar_gesteld_eur=4,00
		participatie_uitkering persoon=b betaalbaar_gesteld_eur=6,00
		participatie_uitkering persoon=a registratienummer=2@ betaalbaar_gesteld_eur=10,00
		participatie_uitkering persoon=b registratienummer=2@ betaalbaar_gesteld_eur=10,00
		participatie_uitkering persoon=b registratienummer=2@ betaalbaar_gesteld_eur=10,00`, `
		!uitgesloten #3
		bevinding #4 regel_code=uitkering_gedeeld regels=2 bedrag_ct=1000
		uitgesloten #6 regel_code=bedrag_ongelijk
		uitgesloten #8 regel_code=bedrag_ongelijk
		!bevinding #7 regel_code=uitkering_gedeeld
		ranglijst bij=a kosten_participatie_ct=1000`},
	{"70: the same line of another delivery is the same payment", `
		huishouden persoon=a huis=h
		participatie_uitkering persoon=a betaalbaar_gesteld_eur=12,50
		participatie_uitkering persoon=a betaalbaar_gesteld_eur=12,50
		participatie_uitkering persoon=a betaalbaar_gesteld_eur=12.50 levering=zonder`, `
		bevinding #2 regel_code=uitkering_gedeeld regels=2 bedrag_ct=2500
		ranglijst bij=a kosten_participatie_ct=2500`},
	{"70: paid is what is left", `
		huishouden persoon=a huis=h
		participatie_uitkering persoon=a jaarmaand=2025-12 betaalbaar_gesteld_eur=100,00
		participatie_uitkering persoon=a jaarmaand=2025-12 betaalbaar_gesteld_eur=-100,00`, `
		ranglijst bij=a kosten_participatie_ct=0 voorzieningen=0`},
	{"71: where one supplier delivers a newer delivery replaces those of anyone, and two names are found", `
		huishouden persoon=a huis=a
		huishouden persoon=b huis=b
		veldmelding persoon=a gemeentecode=0824 datum=2025-08-01
		veldmelding persoon=b gemeentecode=0824 datum=2025-08-01 levering=ander`, `
		ranglijst bij=a veldmelding=false
		ranglijst bij=b veldmelding=true
		bevinding sleutel=veldmelding/ander.csv regel_code=twee_leveranciers ernst=let_op
		!bevinding sleutel=veldmelding/oud.csv regel_code=twee_leveranciers`},
	{"71: nobody's list of exclusions takes people off another's", `
		huishouden persoon=a huis=a
		huishouden persoon=b huis=b
		huishouden persoon=c huis=c
		uitsluiting persoon=a begindatum=2025-08-01
		uitsluiting persoon=b begindatum=2025-08-01 levering=naamloos
		uitsluiting persoon=c begindatum=2025-08-01 levering=ander`, `
		!huishouden_lid persoon=a
		!huishouden_lid persoon=b
		!huishouden_lid persoon=c`},
	{"71: where several deliver a newer delivery replaces its own, and no name replaces nobody and is not replaced", `
		huishouden persoon=a huis=a
		wonen_signaal persoon=a gemeentecode=0824 datum=2025-08-01 levering=derde
		wonen_signaal persoon=a gemeentecode=0824 datum=2025-08-02 levering=naamloos
		wonen_signaal persoon=a gemeentecode=0824 datum=2025-08-03 levering=naamloosnieuw
		wonen_signaal persoon=a gemeentecode=0824 datum=2025-08-04 levering=ander`, `
		!bevinding sleutel=wonen_signaal/ander.csv regel_code=twee_leveranciers
		controle kind=wonen_signaal stap=geaccepteerd regels=6
		controle kind=wonen_signaal stap=vervangen regels=2`},
	{"74: what had ended before the period is history", `
		huishouden persoon=a huis=h gemeentecode=0824 levering=nieuw begindatum=2019-01-01 einddatum=2020-01-01
		zvw_verzekerde persoon=a begindatum=2019-01-01 einddatum=2020-01-01
		zvw_verzekerde persoon=a begindatum=2026-01-01
		jeugd_declaratie persoon=a product_begin=2021-01-01 product_eind=2021-01-31`, `
		!bevinding sleutel=huishouden/nieuw.csv regel_code=buiten_periode
		bevinding sleutel=zvw_verzekerde/oud.csv regel_code=buiten_periode regels=1
		bevinding sleutel=jeugd_declaratie/oud.csv regel_code=buiten_periode regels=2 bedrag_ct=2000`},
	{"62: five claims that differ in one column are none of them equal", "huishouden persoon=a huis=h\n" + times(5, "zvw_declaratie persoon=a bedrag_ct=100000 eigen_risico_ct=%d"), `
		ranglijst bij=a kosten_zvw_ct=500000`},
	{"69: case 08, withdrawn on the same day, the line that withdraws first: 0 euros", `
		huishouden persoon=a huis=h
		wmo_toewijzing persoon=a toewijzing_nummer=5@ toewijzing_datum=2025-01-01 ingangsdatum=2025-01-15 reden_wijziging=13 levering=zonder
		wmo_toewijzing persoon=a toewijzing_nummer=5@ toewijzing_datum=2025-01-01 ingangsdatum=2025-01-15 levering=zonder
		wmo_declaratie persoon=a toewijzing_nummer=5@ bedrag_ct=100000`, `
		ranglijst bij=a kosten_t0_ct=0 voorzieningen=0
		bevinding #2 regel_code=toewijzing_gelijk
		uitgesloten #4 regel_code=9384`},
	{"69: case 08, the line that withdraws last: 0 euros", `
		huishouden persoon=a huis=h
		wmo_toewijzing persoon=a toewijzing_nummer=5@ toewijzing_datum=2025-01-01 ingangsdatum=2025-01-15 levering=zonder
		wmo_toewijzing persoon=a toewijzing_nummer=5@ toewijzing_datum=2025-01-01 ingangsdatum=2025-01-15 reden_wijziging=13 levering=zonder
		wmo_declaratie persoon=a toewijzing_nummer=5@ bedrag_ct=100000`, `
		ranglijst bij=a kosten_t0_ct=0 voorzieningen=0
		bevinding #3 regel_code=toewijzing_gelijk
		uitgesloten #4 regel_code=9384`},
	{"70: case 11, two payments to one person: 750, 1.000 and 1.000 euros", `
		huishouden persoon=a huis=a
		huishouden persoon=b huis=b
		huishouden persoon=c huis=c
		participatie_uitkering persoon=a registratienummer=1@ statistiekcode=12 betaalbaar_gesteld_eur=300,00 cluster_bijz_bijstand=f
		participatie_uitkering persoon=a registratienummer=1@ statistiekcode=12 betaalbaar_gesteld_eur=450,00 cluster_bijz_bijstand=f
		participatie_uitkering persoon=b registratienummer=2@ statistiekcode=12 betaalbaar_gesteld_eur=500,00 cluster_bijz_bijstand=f
		participatie_uitkering persoon=b registratienummer=2@ statistiekcode=12 betaalbaar_gesteld_eur=500,00 cluster_bijz_bijstand=f
		participatie_uitkering persoon=c jaarmaand=2025-04 registratienummer=3@ betaalbaar_gesteld_eur=1200,00
		participatie_uitkering persoon=c jaarmaand=2025-04 registratienummer=3@ betaalbaar_gesteld_eur=-200,00`, `
		ranglijst bij=a kosten_t0_ct=75000
		ranglijst bij=b kosten_t0_ct=100000
		ranglijst bij=c kosten_t0_ct=100000
		bevinding #4 regel_code=uitkering_gedeeld regels=2 bedrag_ct=75000
		bevinding #6 regel_code=uitkering_gedeeld regels=2 bedrag_ct=100000
		bevinding #8 regel_code=uitkering_gedeeld regels=2 bedrag_ct=100000
		!uitgesloten #4
		!uitgesloten #6
		!uitgesloten #8`},
}
