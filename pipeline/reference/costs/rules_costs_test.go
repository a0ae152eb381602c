package costs_test

// costRules are about amounts, time and the ranking.
var costRules = []trial{
	{"methods 3: by day with cumulative rounding, the worked example", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a product_begin=2024-02-15 product_eind=2025-02-14 bedrag_ct=99999`, `
		kosten bij=a venster=T1 domein=wmo betaler=gemeente_wmo grondslag=gedeclareerd bedrag_ct=87704 regels=1
		kosten bij=a venster=T0 bedrag_ct=12295
		!kosten bij=a venster=T2`},
	{"methods 3: a credit is rounded like its debit", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a product_begin=2024-02-15 product_eind=2025-02-14 bedrag_ct=99999 debet_credit=C`, `
		ranglijst bij=a kosten_t1_ct=-87704 kosten_t0_ct=-12295 aandeel_zvw=(leeg) domeinen=0`},
	{"11: withdrawn by the newest line, with its declarations", `
		huishouden persoon=a huis=h
		wmo_toewijzing persoon=a toewijzing_nummer=6@
		wmo_toewijzing persoon=a toewijzing_nummer=6@ toewijzing_datum=2025-02-01 reden_wijziging=13
		wmo_declaratie persoon=a toewijzing_nummer=6@
		jeugd_declaratie persoon=a toewijzing_nummer=6@`, `
		ranglijst bij=a kosten_wmo_ct=0 kosten_jeugd_ct=1000 voorzieningen=0
		uitgesloten #2 regel_code=9384
		uitgesloten #3 regel_code=9384
		uitgesloten #4 regel_code=9384
		!uitgesloten #5`},
	{"11: a line of another day is newer whatever its place", `
		huishouden persoon=a huis=h
		wmo_toewijzing persoon=a toewijzing_datum=2025-02-01 reden_wijziging=14
		wmo_toewijzing persoon=a toewijzing_datum=2025-01-31 reden_wijziging=13`, `
		!uitgesloten #2
		!uitgesloten #3
		ranglijst bij=a voorzieningen=1`},
	{"11: 13 of the other law is another allocation", `
		huishouden persoon=a huis=h
		wmo_toewijzing persoon=a reden_wijziging=13
		jeugd_toewijzing persoon=a`, `
		uitgesloten #2 regel_code=9384
		!uitgesloten #3
		ranglijst bij=a voorzieningen=1`},
	{"12: toegekend counts where it is filled, 0 too, for a credit too", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a toegekend_ct=700
		wmo_declaratie persoon=a toegekend_ct=0
		jeugd_declaratie persoon=a
		jeugd_declaratie persoon=a debet_credit=C toegekend_ct=300 vorig_referentie_nummer=R@x3`, `
		ranglijst bij=a kosten_wmo_ct=700 kosten_jeugd_ct=700
		kosten bij=a domein=wmo venster=T0 regels=2`},
	{"12: a credit of nothing, and more credit than debit, is reported", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a
		wmo_declaratie persoon=a debet_credit=C bedrag_ct=600 vorig_referentie_nummer=R@x1
		wmo_declaratie persoon=a debet_credit=C bedrag_ct=600 vorig_referentie_nummer=R@x1
		wmo_declaratie persoon=a debet_credit=C bedrag_ct=1`, `
		!bevinding #3 regel_code=8017
		bevinding #4 regel_code=8017
		bevinding #4 regel_code=9390
		bevinding #5 regel_code=8017
		ranglijst bij=a kosten_wmo_ct=-201`},
	{"9: a reference used before is reported and counts", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a referentie_nummer=zelfde product_begin=2025-01-01
		wmo_declaratie persoon=a referentie_nummer=zelfde product_begin=2025-02-01
		wmo_declaratie persoon=a referentie_nummer=zelfde aanbieder_agb=10000001`, `
		!bevinding #2 regel_code=8021
		bevinding #3 regel_code=8021
		!bevinding #4 regel_code=8021
		ranglijst bij=a kosten_wmo_ct=3000`},
	{"13: a benefit counts once, its odd cent goes to the last by id", `
		huishouden persoon=a huis=een
		huishouden persoon=b huis=twee
		participatie_uitkering persoon=a betaalbaar_gesteld_eur=1869,21
		participatie_uitkering persoon=b betaalbaar_gesteld_eur=1.869,21
		participatie_uitkering persoon=a betaalbaar_gesteld_eur=1869.21 levering=zonder`, `
		kosten bij=a domein=participatie venster=T0 bedrag_ct=93460 regels=1 betaler=gemeente_participatie
		kosten bij=b domein=participatie venster=T0 bedrag_ct=93461 regels=1`},
	{"13: unequal amounts are all left out", `
		huishouden persoon=a huis=h
		participatie_uitkering persoon=a
		participatie_uitkering persoon=b betaalbaar_gesteld_eur=10,01
		participatie_uitkering persoon=a statistiekcode=12`, `
		uitgesloten #2 regel_code=bedrag_ongelijk
		uitgesloten #3 regel_code=bedrag_ongelijk
		!uitgesloten #4
		ranglijst bij=a kosten_participatie_ct=1000`},
	{"14: a traject once, split, over 365 days, apart from what is declared", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=twee
		schuldhulp_traject persoon=a startdatum=2024-07-01
		schuldhulp_traject persoon=b startdatum=2024-07-01
		schuldhulp_traject persoon=b startdatum=2024-07-01`, `
		kosten bij=a domein=schuldhulp venster=T1 grondslag=geprijsd betaler=gemeente_schuldhulp bedrag_ct=37808
		kosten bij=a domein=schuldhulp venster=T0 grondslag=geprijsd bedrag_ct=37192
		ranglijst bij=a kosten_t0_ct=0 geprijsd_schuldhulp_ct=37192 geprijsd_t0_ct=37192 domeinen=1 voorzieningen=1
		!uitgesloten #5`},
	{"14: a traject starts where its newest line says, for everybody on it", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=twee
		schuldhulp_traject persoon=a startdatum=2023-01-01
		schuldhulp_traject persoon=b startdatum=2025-01-01`, `
		!kosten bij=a domein=schuldhulp venster=T2
		kosten bij=a domein=schuldhulp venster=T0 bedrag_ct=75000
		kosten bij=b domein=schuldhulp venster=T0 bedrag_ct=75000`},
	{"15: betaler by kind", `
		huishouden persoon=a huis=h
		jeugd_declaratie persoon=a
		zvw_declaratie persoon=a`, `
		kosten bij=a domein=jeugd betaler=gemeente_jeugd
		kosten bij=a domein=zvw betaler=zorgverzekeraar`},
	{"18: T0 is the year to and including P", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a product_begin=2025-12-31 product_eind=2026-01-01 bedrag_ct=100
		wmo_declaratie persoon=a product_begin=2024-12-31 product_eind=2025-01-01 bedrag_ct=10
		wmo_declaratie persoon=a product_begin=2022-12-31 product_eind=2023-01-01 bedrag_ct=1`, `
		ranglijst bij=a kosten_t0_ct=55 kosten_t1_ct=5 kosten_t2_ct=1`},
	{"25: cost follows the person, and stays when nobody knows the household", `
		huishouden persoon=a huis=oud einddatum=2025-08-31
		huishouden persoon=b huis=oud
		huishouden persoon=a huis=h begindatum=2025-09-01
		huishouden persoon=weg huis=h einddatum=2025-10-31
		wmo_declaratie persoon=a product_begin=2025-01-01 product_eind=2025-01-31
		wmo_declaratie persoon=weg bedrag_ct=77777 product_begin=2023-05-05 product_eind=2023-05-05`, `
		ranglijst bij=a kosten_wmo_ct=1000
		ranglijst bij=b kosten_wmo_ct=0
		kosten huishouden_id=onbekend venster=T2 domein=wmo bedrag_ct=77777
		!ranglijst huishouden_id=onbekend`},
	{"26: at or above the threshold, in cents, per year", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a bedrag_ct=10000000
		wmo_declaratie persoon=a bedrag_ct=9999999 product_begin=2024-05-05 product_eind=2024-05-05
		wmo_declaratie persoon=a bedrag_ct=10000001 product_begin=2023-05-05 product_eind=2023-05-05`, `
		ranglijst bij=a jaren_boven_drempel=2 reden_niet=kinderen|domeinen`},
	{"26: a domein counts when its net cost is above 0", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a
		pgb_uitputting persoon=a uitgenut_ct=-1000
		jeugd_declaratie persoon=a bedrag_ct=1
		zvw_declaratie persoon=a bedrag_ct=0`, `
		ranglijst bij=a domeinen=1 kosten_wmo_ct=0 kosten_jeugd_ct=1`},
	{"26: period of care: delivered over allocated", `
		huishouden persoon=a huis=h
		wmo_toewijzing persoon=a toewijzing_nummer=1 ingangsdatum=2025-01-01 einddatum=2025-12-31
		wmo_toewijzing persoon=a toewijzing_nummer=2 ingangsdatum=2025-01-01 einddatum=2025-12-30
		wmo_toewijzing persoon=a toewijzing_nummer=3 ingangsdatum=2025-01-01 begin_levering=2026-01-01
		wmo_toewijzing persoon=a toewijzing_nummer=4 ingangsdatum=2025-01-01 einde_levering=2025-06-30
		wmo_toewijzing persoon=a toewijzing_nummer=5 ingangsdatum=2025-01-01 einddatum=2025-06-30 begin_levering=2025-02-01 einde_levering=2026-06-30
		jeugd_toewijzing persoon=a toewijzing_nummer=1 ingangsdatum=2025-12-31`, `
		ranglijst bij=a voorzieningen=3`},
	{"26: providers of lines with days in T0", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=h
		wmo_declaratie persoon=a aanbieder_agb=10000001
		zvw_declaratie persoon=b aanbieder_agb=10000001
		jeugd_declaratie persoon=b aanbieder_agb=10000013
		jeugd_declaratie persoon=b aanbieder_agb=10000025 product_begin=2024-12-01 product_eind=2024-12-31
		jeugd_declaratie persoon=b`, `
		ranglijst bij=a aanbieders=2`},
	{"27: every reason in its order", `
		huishouden persoon=a huis=h geboortejaar=2009 typhh=8 plhh=10
		zvw_declaratie persoon=a bedrag_ct=100
		maatwerk_plan persoon=a datum_aanmelding=2025-12-31`, `
		ranglijst bij=a reden_niet=volwassenen|domeinen|drempel|zvw_aandeel|heeft_plan|instelling in_aanmerking=false in_maatwerk=true`},
	{"27: eligible, with zvw at four fifths exactly and a plan that was turned down", `
		huishouden persoon=a huis=h
		huishouden persoon=kind huis=tehuis typhh=8 plhh=10 geboortejaar=2015 ouder1_ps=a
		zvw_declaratie persoon=a bedrag_ct=8000000
		wmo_declaratie persoon=kind bedrag_ct=2000000
		maatwerk_plan persoon=kind status=afgewezen
		maatwerk_plan persoon=a status=uitvoering casusnummer=later datum_aanmelding=2026-01-01`, `
		ranglijst bij=a in_aanmerking=true reden_niet= aandeel_zvw=0.8 in_maatwerk=false`},
	{"27: a cent above four fifths", `
		huishouden persoon=a huis=h
		huishouden persoon=kind huis=h geboortejaar=2015
		zvw_declaratie persoon=a bedrag_ct=8000001
		wmo_declaratie persoon=a bedrag_ct=2000000`, `
		ranglijst bij=a reden_niet=zvw_aandeel`},
	{"30: a field report by P of any member", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=h
		huishouden persoon=c huis=c
		veldmelding persoon=b datum=2025-12-31
		veldmelding persoon=c datum=2026-01-01`, `
		ranglijst bij=a veldmelding=true
		ranglijst bij=c veldmelding=false`},
	{"44: the newest line of a case counts", `
		huishouden persoon=a huis=h
		maatwerk_plan persoon=a status=uitvoering
		maatwerk_plan persoon=a status=ingetrokken`, `
		plan bij=a status=ingetrokken
		ranglijst bij=a in_maatwerk=false`},
	{"45: an event is replaced when its day is covered, a period when it overlaps", `
		huishouden persoon=a huis=h
		wonen_signaal persoon=a gemeentecode=0824 datum=2025-05-05
		wonen_signaal persoon=a gemeentecode=0824 datum=2025-07-01
		wonen_signaal persoon=a gemeentecode=0824 datum=2025-05-06 einddatum=2025-07-01
		wonen_signaal persoon=a gemeentecode=0824 datum=2025-12-31 levering=nieuw`, `
		controle kind=wonen_signaal stap=vervangen regels=2
		controle kind=wonen_signaal stap=geaccepteerd regels=6`},
	{"46, 55: zvw_gedekt ja, for an attached child and from birth too", `
		huishouden persoon=a huis=h
		huishouden persoon=kind huis=tehuis typhh=8 plhh=10 geboortejaar=2025 geboortemaand=9 begindatum=2025-09-01 ouder1_ps=a
		zvw_declaratie persoon=a uzovi=3311
		zvw_verzekerde persoon=a einddatum=2025-06-15
		zvw_verzekerde persoon=a begindatum=2025-06-16
		zvw_verzekerde persoon=kind begindatum=2025-09-01`, `
		ranglijst bij=a zvw_gedekt=ja`},
	{"46: deels with a gap of a day, nee with another insurer", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=b
		zvw_declaratie persoon=a uzovi=3311
		zvw_verzekerde persoon=a einddatum=2025-06-14
		zvw_verzekerde persoon=a begindatum=2025-06-16
		zvw_verzekerde persoon=b uzovi=7029`, `
		ranglijst bij=a zvw_gedekt=deels
		ranglijst bij=b zvw_gedekt=nee`},
	{"45, 46: what a note of the same bytes adds says whom they are about", `
		huishouden persoon=a huis=h
		zvw_declaratie persoon=a levering=tweeling1
		zvw_declaratie persoon=a levering=tweeling2
		zvw_verzekerde persoon=a uzovi=1111`, `
		ranglijst bij=a zvw_gedekt=ja kosten_zvw_ct=1000`},
	{"19: a month counts when every gemeente of it is covered", `
		huishouden persoon=a huis=h gemeentecode=0855 einddatum=2025-06-15
		huishouden persoon=a huis=h gemeentecode=0855 begindatum=2025-06-17
		huishouden persoon=b huis=b einddatum=2025-05-31
		huishouden persoon=b huis=b begindatum=2025-07-01
		zvw_declaratie persoon=a uzovi=3311
		zvw_verzekerde persoon=a
		zvw_verzekerde persoon=b`, `
		ranglijst bij=a zvw_gedekt=ja
		ranglijst bij=b zvw_gedekt=deels`},
	{"49, 15: personal budgets on their day, by law; paid back is negative", `
		huishouden persoon=a huis=h
		pgb_uitputting persoon=a datum=2025-12-31
		pgb_uitputting persoon=a datum=2026-01-01
		pgb_uitputting persoon=a wet=jeugd datum=2024-12-31 uitgenut_ct=-5`, `
		ranglijst bij=a kosten_wmo_ct=1000 kosten_t0_ct=1000 kosten_t1_ct=-5
		kosten bij=a domein=jeugd venster=T1 betaler=gemeente_jeugd grondslag=gedeclareerd bedrag_ct=-5`},
	{"60: a benefit runs when it was paid in P's month, once for two members", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=h
		participatie_uitkering persoon=a jaarmaand=2025-12
		participatie_uitkering persoon=b jaarmaand=2025-12
		participatie_uitkering persoon=a jaarmaand=2025-12 statistiekcode=12 betaalbaar_gesteld_eur=0,00
		participatie_uitkering persoon=b jaarmaand=2025-11 statistiekcode=02`, `
		ranglijst bij=a voorzieningen=1`},
}
