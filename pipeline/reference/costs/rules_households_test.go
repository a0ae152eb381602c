package costs_test

// householdRules are about who lives with whom.
var householdRules = []trial{
	{"1, 54: keys in order, gemeentecode with GM", `
		huishouden persoon=a huis=h gemeentecode=GM0855`, `
		huishouden bij=a gemeentecode=GM0855 personen=1 peildatum=2025-12-31`},
	{"8, 45: a newer delivery replaces what it covers, and only that", `
		huishouden persoon=a huis=h gemeentecode=0824
		huishouden persoon=a huis=nieuw gemeentecode=0824 begindatum=2025-08-01 levering=nieuw
		huishouden persoon=b huis=nieuw gemeentecode=0824
		huishouden persoon=c huis=voorbij gemeentecode=0824 einddatum=2025-06-30
		huishouden persoon=c huis=nieuw gemeentecode=0824 begindatum=2025-07-01 levering=nieuw`, `
		huishouden bij=a personen=2
		!huishouden_lid persoon=b`},
	{"8: declarations are not replaced", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a gemeentecode=0824 product_begin=2025-08-01 product_eind=2025-08-31
		wmo_declaratie persoon=a gemeentecode=0824 product_begin=2025-08-01 product_eind=2025-08-31 levering=nieuw`, `
		ranglijst bij=a kosten_wmo_ct=2000`},
	{"18: a spell that runs is cut where coverage ends, one that ends is not", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=h einddatum=2025-12-30
		huishouden persoon=c huis=h einddatum=2030-01-01`, `
		huishouden bij=a personen=2
		huishouden_lid persoon=c
		!huishouden_lid persoon=b`},
	{"21: a later begin cuts the earlier spell", `
		huishouden persoon=a huis=h
		huishouden persoon=a huis=later begindatum=2025-06-01 einddatum=2025-11-30
		huishouden persoon=b huis=h`, `
		!huishouden_lid persoon=a
		bevinding #1 regel_code=verblijf_ingekort
		!bevinding #2 regel_code=verblijf_ingekort
		huishouden bij=b personen=1`},
	{"21: of equal begins the last line stays", `
		huishouden persoon=a huis=h begindatum=2025-01-01
		huishouden persoon=a huis=ander begindatum=2025-01-01
		huishouden persoon=b huis=ander`, `
		uitgesloten #1 regel_code=verblijf_dubbel
		!uitgesloten #2
		huishouden bij=a personen=2`},
	{"21: of equal begins the newest delivery stays", `
		huishouden persoon=a huis=nieuw gemeentecode=0824 begindatum=2025-01-01 levering=nieuw
		huishouden persoon=a huis=oud gemeentecode=0855 begindatum=2025-01-01
		huishouden persoon=b huis=nieuw gemeentecode=0855`, `
		uitgesloten #2 regel_code=verblijf_dubbel
		huishouden bij=a personen=2`},
	{"22: eighteen on the first of the month of birth", `
		huishouden persoon=a huis=h geboortejaar=2007 geboortemaand=12
		huishouden persoon=b huis=h geboortejaar=2008 geboortemaand=1
		huishouden persoon=c huis=h geboortejaar=2008
		huishouden persoon=d huis=h geboortejaar=2007`, `
		huishouden bij=a volwassenen=2 kinderen=2 jongste_geboortejaar=2008`},
	{"23: a minor in an institution", `
		huishouden persoon=moeder huis=h
		huishouden persoon=kind huis=tehuis typhh=8 plhh=10 geboortejaar=2015 ouder1_ps=moeder`, `
		huishouden bij=moeder personen=2 kinderen=1 aangehechte_kinderen=1 typhh=5
		huishouden_lid persoon=kind bij=moeder aangehecht=true`},
	{"23: a minor without a spell at P", `
		huishouden persoon=moeder huis=h
		huishouden persoon=kind huis=h geboortejaar=2015 ouder2_ps=moeder einddatum=2025-03-31 reden_einde=onbekend`, `
		huishouden_lid persoon=kind bij=moeder aangehecht=true`},
	{"23: a minor with grandparents", `
		huishouden persoon=moeder huis=h
		huishouden persoon=oma huis=oma geboortejaar=1950
		huishouden persoon=kind huis=oma geboortejaar=2015 ouder1_ps=moeder`, `
		huishouden_lid persoon=kind bij=moeder aangehecht=true
		huishouden bij=oma personen=1`},
	{"23: a minor with one of the parents stays", `
		huishouden persoon=moeder huis=h
		huishouden persoon=vader huis=vader
		huishouden persoon=kind huis=vader geboortejaar=2015 ouder1_ps=moeder ouder2_ps=vader`, `
		huishouden_lid persoon=kind bij=vader aangehecht=false`},
	{"23: a minor with a parent under 18 stays", `
		huishouden persoon=moeder huis=oma geboortejaar=2009
		huishouden persoon=oma huis=oma geboortejaar=1970
		huishouden persoon=vader huis=vader
		huishouden persoon=kind huis=oma geboortejaar=2025 ouder1_ps=moeder ouder2_ps=vader`, `
		huishouden_lid persoon=kind bij=oma aangehecht=false`},
	{"23: a parent under 18 elsewhere is passed over", `
		huishouden persoon=moeder huis=oma geboortejaar=2009
		huishouden persoon=vader huis=vader
		huishouden persoon=kind huis=pleeg geboortejaar=2025 ouder1_ps=moeder ouder2_ps=vader`, `
		huishouden_lid persoon=kind bij=vader aangehecht=true`},
	{"23: a parent in an institution comes last, but comes", `
		huishouden persoon=moeder huis=kliniek typhh=8 plhh=10
		huishouden persoon=vader huis=vader
		huishouden persoon=kind huis=pleeg geboortejaar=2015 ouder1_ps=moeder ouder2_ps=vader
		huishouden persoon=ander huis=pleeg geboortejaar=2016 ouder1_ps=moeder`, `
		huishouden_lid persoon=kind bij=vader aangehecht=true
		huishouden_lid persoon=ander bij=moeder aangehecht=true
		huishouden bij=moeder typhh=8 personen=2`},
	{"23: own spells decide, not attachments", `
		huishouden persoon=oma huis=oma geboortejaar=1960
		huishouden persoon=moeder huis=tehuis typhh=8 plhh=10 geboortejaar=2009 ouder1_ps=oma
		huishouden persoon=kind huis=oma geboortejaar=2025 ouder1_ps=moeder`, `
		huishouden_lid persoon=moeder bij=oma aangehecht=true
		huishouden_lid persoon=kind bij=oma aangehecht=false`},
	{"23: a minor who died or emigrated is not attached, one who left for somewhere is", `
		huishouden persoon=moeder huis=h
		huishouden persoon=een huis=h geboortejaar=2015 ouder1_ps=moeder einddatum=2025-03-31 reden_einde=overleden
		huishouden persoon=twee huis=h geboortejaar=2015 ouder1_ps=moeder einddatum=2025-03-31 reden_einde=buitenland
		huishouden persoon=drie huis=h geboortejaar=2015 ouder1_ps=moeder einddatum=2025-03-31`, `
		huishouden bij=moeder personen=2
		!huishouden_lid persoon=een
		!huishouden_lid persoon=twee
		huishouden_lid persoon=drie aangehecht=true`},
	{"23: parents are those of the newest line that names one", `
		huishouden persoon=moeder huis=h
		huishouden persoon=voogd huis=voogd
		huishouden persoon=kind huis=h geboortejaar=2015 ouder1_ps=voogd
		huishouden persoon=kind huis=h geboortejaar=2015 ouder1_ps=moeder begindatum=2020-01-01
		huishouden persoon=kind huis=tehuis typhh=8 plhh=10 geboortejaar=2015 begindatum=2025-01-01
		huishouden persoon=kind huis=voogd geboortejaar=2015 ouder1_ps=voogd begindatum=2026-03-01`, `
		huishouden_lid persoon=kind bij=moeder aangehecht=true`},
	{"23: without a parent of 18 with a spell the minor stays", `
		huishouden persoon=kind huis=tehuis typhh=8 plhh=10 geboortejaar=2015 ouder1_ps=onbekend
		huishouden persoon=weg huis=h einddatum=2024-12-31
		huishouden persoon=ander huis=tehuis typhh=8 plhh=10 geboortejaar=2015 ouder1_ps=weg`, `
		huishouden bij=kind personen=1 typhh=8
		huishouden bij=ander personen=1 aangehechte_kinderen=0`},
	{"23: a grown-up child is not attached", `
		huishouden persoon=moeder huis=h
		huishouden persoon=kind huis=tehuis typhh=8 plhh=10 geboortejaar=2007 ouder1_ps=moeder`, `
		huishouden bij=kind personen=1
		huishouden bij=moeder personen=1`},
	{"24: gemeente and type of the first adult who is not attached", `
		huishouden persoon=ouder huis=h gemeentecode=0824 wijkcode=WK2 levering=nieuw
		huishouden persoon=kind huis=h geboortejaar=2015 wijkcode=WK1 gemeentecode=0855 ouder1_ps=ouder
		huishouden persoon=tehuis huis=tehuis typhh=8 plhh=10 geboortejaar=2014 ouder1_ps=ouder wijkcode=WK3`, `
		huishouden bij=ouder gemeentecode=GM0824 wijkcode=WK2 typhh=5 personen=3`},
	{"24: of the first member where no adult is", `
		huishouden persoon=kind huis=h geboortejaar=2009 wijkcode=WK1`, `
		huishouden bij=kind wijkcode=WK1 volwassenen=0 kinderen=1`},
	{"52: everyone in an institution is alone, with a rank", `
		huishouden persoon=a huis=tehuis typhh=8 plhh=10
		huishouden persoon=b huis=tehuis typhh=8 plhh=10`, `
		huishouden bij=a personen=1 typhh=8
		ranglijst bij=b reden_niet=kinderen|domeinen|drempel|instelling`},
	{"48, 57: a household with an excluded member is nowhere", `
		huishouden persoon=a huis=h
		huishouden persoon=b huis=h
		wmo_declaratie persoon=b
		uitsluiting persoon=a einddatum=2025-12-31`, `
		!huishouden_lid persoon=a
		!huishouden_lid persoon=b`},
	{"57: not excluded before the first or after the last day", `
		huishouden persoon=a huis=h
		uitsluiting persoon=a einddatum=2025-12-30
		uitsluiting persoon=a begindatum=2026-01-01`, `
		huishouden_lid persoon=a`},
	{"50: another gemeente than the note names goes to quarantine, a line outside its period is a finding", `
		huishouden persoon=a huis=h gemeentecode=0855 levering=nieuw
		huishouden persoon=c huis=h
		jeugd_toewijzing persoon=c gemeentecode=0824 levering=nieuw ingangsdatum=2024-01-01 einddatum=2025-06-30`, `
		huishouden bij=c personen=1
		bevinding sleutel=jeugd_toewijzing/nieuw.csv regel_code=buiten_periode regels=1 bedrag_ct=(leeg)`},
	{"51: facts from the spell at P, else the newest line", `
		huishouden persoon=a huis=h geboortejaar=1990 plhh=2 einddatum=2019-12-31
		huishouden persoon=a huis=h geboortejaar=1991 plhh=6 begindatum=2020-01-01`, `
		huishouden_lid persoon=a geboortejaar=1991 plhh=6
		bevinding #2 regel_code=geboortejaar_verschilt
		!bevinding #1 regel_code=geboortejaar_verschilt`},
	{"59: pseudonyms are joined in lower case", `
		huishouden PERSOON=a huis=h
		wmo_declaratie persoon=a`, `
		ranglijst bij=a kosten_wmo_ct=1000`},
}
