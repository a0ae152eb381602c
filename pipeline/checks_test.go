package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/models"
	"stapel/pipeline/testrun"
	"stapel/transforms"
)

// runWith runs on a data folder, as far as the marts, with an engine of the test's own.
func runWith(t *testing.T, data string, set map[string]any, wrap func(engine.Engine) engine.Engine) (*pipeline.Result, error) {
	t.Helper()
	opt := testrun.Options(data, configtest.Defaults(t, set))
	opt.Engine = engine.Wrap(opt.Engine, wrap)
	return pipeline.Run(t.Context(), opt)
}

// oneRow gives a column another value in one row, the first by the order given.
func oneRow(column, value, order string) string {
	return fmt.Sprintf("case when row_number() over (order by %s) = 1 then %s else %s end as %[3]s", order, value, column)
}

// oneCent adds a cent to a column in one row, the first by the order given.
func oneCent(column, order string) string { return oneRow(column, column+" + 1", order) }

// emptyRow are the columns of a model, all empty.
func emptyRow(m *transforms.Model) string {
	var empty []string
	for _, c := range m.Columns {
		empty = append(empty, fmt.Sprintf("cast(null as %s) as %s", c.Type.SQLType(), c.Name))
	}
	return strings.Join(empty, ", ")
}

// tampers are, for every check, changes that it has to find: mostly one cent, one line, one day. Of a table that the check does not read,
// what lies between is computed again.
var tampers = map[string][]tamper{
	"cocktail_overlapt": {{table: "cocktail", replace: "van as tot"}, {table: "cocktail", replace: "'cocktail_1' as cocktail_id, date '2026-01-01' as tot"}},
	"aansluiting_telt_op": {{table: "aansluiting", replace: oneCent("verschil_ct", "grootboek_ct is null, feed, gemeentecode, jaar")}, {table: "aansluiting", replace: oneCent("onverklaard_ct", "grootboek_ct is null, feed, gemeentecode, jaar")},
		{table: "aansluiting_verklaring", replace: oneCent("bedrag_ct", "bestand, regel")}, {table: "aansluiting_verklaring", twice: true}, {table: "aansluiting_verklaring", where: "false"}},
	"grootboek_verschil": {{table: "aansluiting", replace: "case when oordeel = 'sluit' then 'verschil' else oordeel end as oordeel"}},
	"waterval_sluit": {{table: "waterval", replace: oneCent("bedrag_ct", "kind, volgnr")}, {table: "waterval", where: "stap <> 'vervangen' and stap <> 'niet_vergeleken'"}, {table: "kosten_breed", replace: oneCent("t0_ct", "huishouden = -1, huishouden, kind, domein")},
		{table: "aansluiting_extract", replace: oneCent("bedrag_ct", "kind, gemeentecode, jaar")}, {table: "controle_lake", replace: oneCent("bedrag_ct", "kind <> 'zvw_declaratie', stap")},
		{table: "levering", replace: oneCent("bedrag_ct", "bedrag_ct is null, kind, bestand")}, {table: "ranglijst", replace: oneCent("kosten_t2_ct", "rang")}},
	"concentratie_is_ranglijst": {{table: "concentratie", replace: "case when maat = 'gini' then 1.01 else waarde end as waarde"}, {table: "concentratie", where: "maat <> 'top_1'"}, {table: "concentratie", replace: "waarde + 1 as waarde"},
		{table: "concentratie", where: "maat <> 'gini'"},
		{table: "concentratie", replace: "case when maat = 'gini' then waarde + 0.00000001 else waarde end as waarde"},
		{table: "concentratie", replace: "case when maat = 'negatief' then waarde + 1 else waarde end as waarde"},
		{table: "kosten", where: "domein <> 'wmo'"}, {table: "kosten", replace: "'T0' as venster"}, {table: "huishouden", where: "typhh <> '1'"},
		{table: "concentratie", replace: "case when maat = 'top_5' then 0 else waarde end as waarde"},
		{table: "concentratie", replace: "case when maat = 'top_1' then 'top_2' else maat end as maat"}},
	"controle_is_levering": {{table: "controle", replace: "case when stap = 'geleverd' then bedrag_ct + 1 else bedrag_ct end as bedrag_ct"},
		{table: "controle", replace: "case when stap = 'quarantaine' then regels + 1 else regels end as regels"},
		{table: "levering", replace: "regels + 1 as regels"}, {table: "levering", replace: "geaccepteerd - 1 as geaccepteerd"},
		{table: "levering", where: "kind <> 'huishouden'"}, {table: "controle", where: "kind <> 'huishouden'"}},
	"controle_is_ranglijst": {{table: "ranglijst", replace: "case when rang = 1 then kosten_t1_ct + 1 else kosten_t1_ct end as kosten_t1_ct"},
		{table: "ranglijst", where: "rang > 1"}, {table: "huishouden", where: "typhh <> '1'"}, {table: "kosten", where: "venster <> 'T1'"},
		{table: "kosten", replace: "case when huishouden_id = 'onbekend' then bedrag_ct - 1 else bedrag_ct end as bedrag_ct"},
		{table: "kosten", replace: "case when huishouden_id = 'onbekend' then regels + 1 else regels end as regels"}},
	"controle_keten": chain(),
	"controle_sluit": {{table: "stg_bijstand", replace: oneCent("persoon_ct", "case when drager and not bedrag_ongelijk then 0 else 1 end, levering, regel")},
		{table: "controle_lake", replace: oneCent("bedrag_ct", "kind desc, stap")}, {table: "controle_lake", replace: oneCent("regels", "kind, stap")},
		{table: "uitgesloten_regel", replace: oneCent("geteld_ct", "case when kind = 'wmo_declaratie' then 0 else 1 end, levering, regel")},
		{table: "kosten_breed", replace: oneCent("t2_ct", "huishouden desc, kind, domein")}, {table: "kosten_breed", replace: oneCent("bron_regels", "huishouden, kind, domein")},
		{table: "rang", replace: oneCent("kosten_t0_ct", "rang")}, {table: "rang", replace: oneCent("kosten_t2_ct", "rang desc")}, {table: "controle", replace: "case when stap = 'geleverd' then 1 else 0 end as verschil_regels"},
		{table: "controle", replace: "case when stap = 'in_vensters' then -1 else 0 end as verschil_ct"}},
	"dagen_in_venster": {{table: "huishouden", replace: "cast(peildatum + 1 as date) as peildatum"}, {table: "dekking", replace: "cast(maand + 1 as date) as maand"},
		{table: "cocktail", replace: "date '2020-01-01' as van"}, {table: "cocktail", replace: "date '2030-01-01' as tot"},
		{table: "cocktail", replace: "not actief as actief"}, {table: "signaal", replace: "van as tot"}},
	"huishouden_is_leden": {{table: "huishouden", replace: oneCent("kinderen", "huishouden_id")}, {table: "huishouden", replace: "personen + 1 as personen"}, {table: "huishouden", replace: "kinderen + 1 as kinderen"},
		{table: "huishouden", replace: "aangehechte_kinderen + 1 as aangehechte_kinderen"}, {table: "huishouden", replace: "jongste_geboortejaar - 1 as jongste_geboortejaar"},
		{table: "huishouden_lid", where: "persoon_id <> (select min(persoon_id) from echt_huishouden_lid)"}, {table: "ranglijst", where: "rang > 1"},
		{table: "huishouden_lid", replace: "(select min(persoon_id) from echt_huishouden_lid) as persoon_id"}},
	"huishouden_onwaarschijnlijk": {{table: "onwaarschijnlijk", instead: "select cast(1 as bigint) as levering, cast(2 as bigint) as regel, 'huishouden_te_groot' as regel_code"}},
	"koppelt_helemaal_niet":       {{table: "koppelgraad", replace: "'geen' as oordeel"}},
	"koppelt_te_weinig": {{table: "koppelgraad", replace: "'te_laag' as oordeel"},
		{table: "koppelgraad", replace: "'geen' as oordeel, cast(19 as bigint) as personen"}},
	"leven_overschreden": {{table: "kosten_bevinding", instead: "select kind, cast(1 as bigint) as levering, cast(2 as bigint) as regel, 'na_overlijden' as regel_code, omvang_ct as geteld_ct from kind_bedrag"},
		{table: "kosten_bevinding", instead: "select kind, cast(1 as bigint) as levering, cast(2 as bigint) as regel, 'voor_geboorte' as regel_code, -omvang_ct as geteld_ct from kind_bedrag"}},
	"oordeel_telt_op": {{table: "cocktail_oordeel", replace: "huishoudens + 1 as huishoudens"}, {table: "cocktail_oordeel", replace: "nee + 1 as nee"},
		{table: "cocktail_oordeel", where: "cocktail_id <> (select min(cocktail_id) from echt_cocktail_oordeel)"},
		{table: "cocktail_oordeel", replace: "vol + 1 as vol, nee - 1 as nee"}, {table: "cocktail_oordeel", replace: "dreigend + 1 as dreigend, nee - 1 as nee"},
		{table: "cocktail_oordeel", replace: "onbekend + 1 as onbekend, nee - 1 as nee"}, {table: "cocktail", replace: "not actief as actief"}},
	"patroon_is_cocktail": {{table: "patroon", where: "cocktail_id = ''"}, {table: "patroon", replace: "huishoudens + 1 as huishoudens"},
		{table: "patroon", replace: "kosten_t0_ct + 1 as kosten_t0_ct"}, {table: "patroon", replace: "huishoudens + 1 as waargenomen"},
		{table: "cocktail", replace: "not actief as actief"}},
	"patronen_tellen_op": {{table: "cocktail_groep", replace: "huishoudens + 1 as huishoudens"}, {table: "cocktail_groep", replace: "kosten_overig_ct + 1 as kosten_overig_ct"},
		{table: "cocktail_groep", replace: "kosten_vol_ct + 1 as kosten_vol_ct, kosten_overig_ct - 1 as kosten_overig_ct"},
		{table: "cocktail_groep", replace: "vol + 1 as vol"}, {table: "cocktail_groep", replace: "nee + 1 as nee"}, {table: "cocktail_groep", where: "groep <> 'GM0855'"},
		{table: "trend", replace: "vol + 1 as vol, nee - 1 as nee"}, {table: "trend_gebied", where: "gemeentecode <> 'GM0855'"},
		{table: "trend", replace: "huishoudens - 1 as huishoudens"}, {table: "pad", where: "pad <> 'onbekend'"}, {table: "pad", twice: true},
		{table: "overgang", where: "van_ingredient <> 'ggz'"}, {table: "overgang", replace: "omgekeerd + 1 as omgekeerd"},
		{table: "overgang", replace: "p75_dagen + 1 as mediaan_dagen"}, {table: "overgang", replace: "mediaan_dagen + 1 as p25_dagen"},
		{table: "fraudefuik", replace: "zonder_vordering + 1 as zonder_vordering"}, {table: "fraudefuik", replace: "-1 as open_ct"},
		{table: "fraudefuik", replace: "huishoudens + 1 as huishoudens, niet_te_beoordelen + 1 as niet_te_beoordelen"}, {table: "fraudefuik", replace: "-1 as vorderingen"}},
	"overlap_spreekt_tegen": {{table: "overlap_verschilt",
		instead: "select kind, min(levering) as levering, cast(2 as bigint) as regel, max(levering) as nieuw, cast(1 as bigint) as geteld_ct from levering_stand group by kind"}},
	"regel_vaak_gelijk": {{table: "regel_gelijk",
		instead: "select k.kind, s.levering, cast(2 as bigint) as regel, omvang_ct as geteld_ct, s.levering as eerder_levering from kind_bedrag k join levering_stand s on s.kind = k.kind"},
		{table: "regel_gelijk", instead: "select k.kind, s.levering, cast(2 as bigint) as regel, -omvang_ct as geteld_ct, s.levering as eerder_levering from kind_bedrag k join levering_stand s on s.kind = k.kind"}},
	"overlap_zonder_brief": {{table: "lake_regel",
		instead: "select 'zvw_declaratie' as kind, range as levering, 2 as regel, 1 as persoon, date '2025-01-01' as tijd_van, date '2025-02-01' as tijd_tot, range as inhoud, 100 as geteld_ct from range(-2, 0)",
		also:    "levering_stand as (select 'zvw_declaratie' as kind, range as levering, concat(range, '.csv') as bestand from range(-2, 0))"}},
	"huishoudens_gevonden": {{table: "huishouden_stand", where: "false"}},
	"kosten_is_regels": {{table: "kosten_breed", replace: oneCent("t0_ct", "case when t0_regels > 0 then 0 else 1 end, huishouden, kind, domein")},
		{table: "kosten", replace: oneCent("bedrag_ct", "huishouden_id desc, venster, domein, betaler, grondslag")},
		{table: "kosten", where: "huishouden_id <> 'onbekend' or venster <> 'T1'"}, {table: "kosten", replace: "bedrag_ct + 1 as bedrag_ct"}, {table: "kosten", replace: "regels + 1 as regels"},
		{table: "kosten", where: "venster <> 'T2'"}, {table: "kosten_persoon", replace: "t1_ct - 1 as t1_ct"}, {table: "kosten_deel", where: "domein <> 'zvw'"},
		{table: "kosten_deel", replace: "t2_ct + 1 as t2_ct"}, {table: "kosten_deel", replace: "bedrag_ct + 1 as bedrag_ct"},
		{table: "kosten_persoon", replace: "t3_ct + 1 as t3_ct"}, {table: "huishouden", where: "typhh <> '1'"},
		{table: "uitloop", replace: "credit_ct + 1 as credit_ct"}, {table: "uitloop", where: "kind <> 'zvw_declaratie'"},
		{table: "parameter", replace: "cast(t1_van + 31 as date) as t1_van"},
		{table: "kosten", replace: "case when huishouden_id = 'onbekend' then bedrag_ct + 1 else bedrag_ct end as bedrag_ct"}},
	"kosten_persoon_telt_op": {{table: "kosten_persoon", replace: oneCent("t0_ct", "persoon, kind, domein")}, {table: "kosten_persoon", replace: oneCent("bedrag_ct", "persoon, kind, domein")}, {table: "kosten_persoon", replace: "t0_ct + 1 as t0_ct"}, {table: "kosten_persoon", replace: "bedrag_ct - 1 as bedrag_ct"}},
	"kosten_regel_telt_op":   {{table: "kosten_deel", replace: "t0_ct + 1 as t0_ct"}, {table: "kosten_deel", replace: "buiten_ct - 1 as buiten_ct"}},
	"eerlijkheid_telt_op": {{table: "eerlijkheid", replace: oneCent("huishoudens", "kenmerk, groep")}, {table: "ijking", replace: oneCent("verwacht_ct", "band")}, {table: "eerlijkheid", replace: "huishoudens + 1 as huishoudens"}, {table: "eerlijkheid", replace: "in_aanmerking + 1 as in_aanmerking"}, {table: "eerlijkheid", replace: "geselecteerd + 1 as geselecteerd"},
		{table: "eerlijkheid", replace: "werkelijk_ct + 1 as werkelijk_ct"}, {table: "ijking", replace: "verwacht_ct + 1 as verwacht_ct"}, {table: "ranglijst", where: "rang > 1"}},
	"lorenz_loopt_op": {{table: "lorenz", where: "aandeel_huishoudens < 0.99"}, {table: "lorenz", replace: "aandeel_kosten + 0.01 as aandeel_kosten"},
		{table: "lorenz", replace: "aandeel_huishoudens / 2 as aandeel_kosten"}, {table: "lorenz", replace: "1 - aandeel_kosten as aandeel_kosten"}},
	"stapeling_telt_op": {{table: "stapeling", where: "maat <> 'twee_of_meer'"}, {table: "stapeling", replace: "per_1000_inwoners / 10 as per_1000_inwoners"}, {table: "stapeling", replace: "per_100_huishoudens * 1.01 as per_100_huishoudens"},
		{table: "ranglijst", replace: "case when rang = 1 then voorzieningen + 1 else voorzieningen end as voorzieningen"},
		{table: "stapeling", replace: oneCent("huishoudens", "moment, gemeentecode, maat")}, {table: "stapeling", replace: "huishoudens + 1 as huishoudens"}, {table: "stapeling", where: "maat <> 'twee_of_meer'"}},
	"verwacht_uit_cel": {{table: "ranglijst", replace: oneCent("verwacht_volgend_jaar_ct", "rang")}, {table: "ranglijst", replace: "verwacht_volgend_jaar_ct + 1 as verwacht_volgend_jaar_ct"}, {table: "ranglijst", replace: "cast(null as bigint) as verwacht_volgend_jaar_ct"}},
	"verwijzing_persoon": {{table: "huishouden_lid", where: "persoon_id <> (select max(persoon_id) from signaal where persoon_id <> 'onbekend')"}, {table: "huishouden_lid", where: "huishouden_id <> (select min(huishouden_id) from signaal where persoon_id <> 'onbekend')"}, {table: "huishouden_lid", where: "persoon_id <> (select max(persoon_id) from signaal where persoon_id <> 'onbekend')"},
		{table: "signaal", replace: "'p-ffffffffffffffff' as persoon_id"}},
	"persoon_zonder_huishouden": {{table: "kosten_deel", replace: "cast(-1 as bigint) as huishouden"}},
	"plan_regel_is_plan": {{table: "plan", replace: oneCent("maatwerk_ct", "casusnummer")}, {table: "plan_regel", replace: oneCent("bedrag_ct", "casusnummer, scenario, betaler")},
		{table: "plan_regel", where: "scenario <> 'huidig'"}, {table: "plan_betaler", replace: "huidig_ct + 1 as huidig_ct"}, {table: "plan_betaler", where: "groep <> 'uitgevoerd'"},
		{table: "plan_betaler", replace: "besparing_ct - 1 as besparing_ct"}, {table: "plan_totaal", replace: "case when meting = 'dreigend_alle' then waarde_ct + 1 else waarde_ct end as waarde_ct"}},
	"preventief_telt_op": {{table: "preventief", where: "volgnr > 1"}, {table: "preventief", replace: "kosten_t0_ct + 1 as kosten_t0_ct"},
		{table: "preventief", replace: "gevolgd + 1 as gevolgd"}, {table: "preventief", replace: "vol + 1 as vol"},
		{table: "preventief", replace: "ondergrens / 2 as ondergrens"}, {table: "preventief", replace: "1 - volgnr as volgnr"},
		{table: "cocktail", where: "status <> 'dreigend'"}, {table: "dreiging_kans", replace: "huishoudens_nu + 1 as huishoudens_nu"},
		{table: "dreiging_kans", replace: "niet_te_zien + 1 as niet_te_zien"}, {table: "dreiging_kans", replace: "gevolgd + 1 as vol"},
		{table: "dreiging_kans", replace: "aandeel / 2 as aandeel"}, {table: "dreiging_kans", replace: "aandeel / 2 as bovengrens"},
		{table: "dreiging_kans", replace: "cast(null as double) as ondergrens"}, {table: "dreiging_kans", where: "huishoudens_nu = 0"}},
	"ranglijst_bereik": {{table: "ranglijst", replace: "domeinen + 1 as domeinen"}, {table: "ranglijst", replace: "jaren_boven_drempel + 1 as jaren_boven_drempel"},
		{table: "ranglijst", replace: "-1 as voorzieningen"}, {table: "ranglijst", replace: "-1 as aanbieders"},
		{table: "ranglijst", replace: "cast(null as double) as aandeel_zvw"}, {table: "ranglijst", replace: "aandeel_zvw + 0.01 as aandeel_zvw"},
		{table: "ranglijst", replace: "cum_aandeel + 0.01 as cum_aandeel"}, {table: "ranglijst", replace: "cast(null as double) as cum_aandeel"},
		{table: "ranglijst", replace: "case when rang = 3 then cum_aandeel + 0.00000001 else cum_aandeel end as cum_aandeel"},
		{table: "kosten", replace: "bedrag_ct - 100 as bedrag_ct"}, {table: "kosten", replace: "'zvw' as domein"}, {table: "kosten", where: "venster <> 'T1'"},
		{table: "parameter", replace: "drempel_ct + 1000000 as drempel_ct"}},
	"ranglijst_domeinen_tellen_op": {{table: "ranglijst", replace: oneCent("kosten_wmo_ct", "rang")}, {table: "ranglijst", replace: oneCent("geprijsd_t0_ct", "rang")}, {table: "ranglijst", replace: "kosten_wmo_ct + 1 as kosten_wmo_ct"}, {table: "ranglijst", replace: "geprijsd_t0_ct - 1 as geprijsd_t0_ct"}},
	"ranglijst_per_huishouden": {{table: "kosten", replace: oneCent("bedrag_ct", "huishouden_id, venster, domein, betaler, grondslag")}, {table: "kosten", replace: "case when grondslag = 'geprijsd' then bedrag_ct + 1 else bedrag_ct end as bedrag_ct"},
		{table: "kosten", replace: "case when venster = 'T2' then bedrag_ct + 1 else bedrag_ct end as bedrag_ct"},
		{table: "ranglijst", replace: "case when rang = 1 then kosten_zvw_ct + 1 else kosten_zvw_ct end as kosten_zvw_ct"}},
	"ranglijst_is_kosten": {{table: "ranglijst", replace: oneCent("kosten_t1_ct", "rang")}, {table: "ranglijst", replace: "case when rang = 1 then kosten_t0_ct + 1 else kosten_t0_ct end as kosten_t0_ct"},
		{table: "kosten", replace: "case when venster = 'T1' then bedrag_ct + 1 else bedrag_ct end as bedrag_ct"}},
	"ranglijst_reden": {{table: "ranglijst", replace: oneRow("in_aanmerking", "not in_aanmerking", "rang")}, {table: "ranglijst", replace: "not in_aanmerking as in_aanmerking"}, {table: "ranglijst", replace: "'' as reden_niet"},
		{table: "ranglijst", replace: "cast(null as varchar) as reden_niet"},
		{table: "lid", replace: "cast(meerderjarig + 6600 as date) as meerderjarig"}, {table: "lid", replace: "date '1990-01-01' as meerderjarig"},
		{table: "lid", replace: "'8' as typhh"}, {table: "lid", where: "false"}, {table: "kosten", where: "domein <> 'jeugd'"},
		{table: "kosten", replace: "'zvw' as domein"}, {table: "kosten", replace: "bedrag_ct - 100 as bedrag_ct"}, {table: "plan", where: "false"},
		{table: "plan", replace: "'ingetrokken' as status"}, {table: "plan", replace: "date '2100-01-01' as datum_aanmelding"},
		{table: "parameter", replace: "not eis_geen_instelling as eis_geen_instelling"}},
	"ranglijst_volgorde": {{table: "ranglijst", replace: "case when rang = 3 then 4 when rang = 4 then 3 else rang end as rang"}, {table: "ranglijst", replace: "rang + 1 as rang"}, {table: "ranglijst", where: "rang <> 7"},
		{table: "ranglijst", replace: "-kosten_t0_ct as kosten_t0_ct"}, {table: "ranglijst", replace: "cast(0 as bigint) as kosten_t0_ct"}},
	"referentie_vaak_herhaald": {{table: "declaratie_bevinding",
		instead: "select 'wmo_declaratie' as kind, s.levering, range as regel, '8021' as regel_code, s.levering as eerder_levering, 1 as geteld_ct from range(2, 2000), (select min(levering) as levering from levering_stand where kind = 'wmo_declaratie') s"}},
	"regel_zonder_kolom": {{table: "code_ingredient", replace: "'anders' as kolom"}, {table: "code_kolom", where: "kind <> 'huishouden'"}},
	"signaal_geldig": {{table: "signaal_bron", replace: "'anders' as ingredient"}, {table: "signaal_bron", replace: "'matig' as sterkte"},
		{table: "signaal_bron", replace: "cast(null as varchar) as sterkte"}, {table: "signaal_bron", replace: "cast(van - 1 as date) as tot"},
		{table: "signaal_bron", replace: "cast(null as date) as van"}, {table: "signaal_bron", replace: "cast(1 as bigint) as levering"},
		{table: "signaal_bron", replace: "cast(null as bigint) as regel"},
		{table: "signaal_bron", replace: "cast(null as bigint) as persoon, cast(null as bigint) as huishouden"},
		{table: "ingredient", where: "ingredient <> 'ggz'"}},
	"verwijzing_bestand": {{table: "levering", where: "kind <> 'huishouden'"}, {table: "uitgesloten", replace: "1 as regel"},
		{table: "quarantaine", replace: "'elders.csv' as bestand"}, {table: "signaal", replace: "'elders.csv' as bron_bestand"},
		{table: "cocktail_bewijs", replace: "1 as bron_regel"}, {table: "bevinding", replace: "concat('x', sleutel) as sleutel"}},
	"verwijzing_huishouden": append(named("huishouden_lid", "kosten", "ranglijst", "signaal", "cocktail", "cocktail_bewijs", "preventief", "plan"),
		tamper{table: "ranglijst", replace: "case when rang = 9 then 'h-0000000000000001' else huishouden_id end as huishouden_id"},
		tamper{table: "huishouden", where: "huishouden_id <> (select min(huishouden_id) from ranglijst)"}),
	"vorm_sleutel": {{table: "huishouden", replace: "upper(huishouden_id) as huishouden_id"}, {table: "huishouden", replace: "substr(gemeentecode, 3) as gemeentecode"},
		{table: "huishouden", replace: "concat('GM', gemeentecode) as gemeentecode"}, {table: "huishouden_lid", replace: "substr(persoon_id, 1, 17) as persoon_id"},
		{table: "kosten", replace: "translate(huishouden_id, '0', 'g') as huishouden_id"}, {table: "dekking", replace: "lower(gemeentecode) as gemeentecode"}},
	"waarden_bekend": {{table: "kosten", replace: "'T3' as venster"}, {table: "kosten", replace: "'rijk' as betaler"}, {table: "kosten", replace: "'geschat' as grondslag"},
		{table: "kosten_kind", where: "domein <> 'zvw'"},
		{table: "ranglijst", replace: "'misschien' as zvw_gedekt"}, {table: "dekking", replace: "cast(null as varchar) as gedekt"}, {table: "levering", replace: "'kwijt' as status"},
		{table: "koppelgraad", replace: "'misschien' as oordeel"}, {table: "bevinding", replace: "'erg' as ernst"}, {table: "plan", replace: "'nieuw' as status"}, {table: "cocktail", replace: "'half' as status"},
		{table: "signaal", replace: "'matig' as sterkte"}},
}

// chain is a cent and a line too much in every step of the control totals.
func chain() (out []tamper) {
	for _, step := range []string{"geleverd", "quarantaine", "geaccepteerd", "gebruikt", "uitgesloten", "herhaald", "buiten_vensters", "in_vensters",
		"huishoudens", "onbekend", "ranglijst", "niet_getoond", "geprijsd"} {
		out = append(out, tamper{table: "controle", replace: fmt.Sprintf("case when stap = '%s' then bedrag_ct + 1 else bedrag_ct end as bedrag_ct", step)})
	}
	for _, step := range []string{"geleverd", "quarantaine", "vervangen", "dubbel", "ouder", "in_vensters", "ranglijst"} {
		out = append(out, tamper{table: "controle", replace: fmt.Sprintf("case when stap = '%s' then regels + 1 else regels end as regels", step)})
	}
	return out
}

// named gives a household of each mart a name that no household has.
func named(marts ...string) (out []tamper) {
	for _, m := range marts {
		out = append(out, tamper{table: m, replace: "'h-ffffffffffffffff' as huishouden_id"})
	}
	return out
}

// byName are the models of a run.
func byName(t *testing.T) map[string]*transforms.Model {
	t.Helper()
	all, err := models.All(configtest.Defaults(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*transforms.Model{}
	for _, m := range all {
		out[m.Name] = m
	}
	return out
}

// TestEveryCheckCanFail runs the sample, and counts every check again over tables with a cent, a line, a day or a word changed, in any table
// between the source lines and the ranking, and over those that a wrong formula gives: a check that finds nothing then would never find anything.
func TestEveryCheckCanFail(t *testing.T) {
	all, err := models.All(configtest.Defaults(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	e := &tampering{t: t, seen: map[string]int{}, all: all, models: map[string]*transforms.Model{}, queries: map[string]string{}}
	for _, m := range all {
		e.models[m.Name] = m
	}
	if _, err := runWith(t, testrun.Sample(t), nil, func(real engine.Engine) engine.Engine { e.Engine = real; return e }); err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		switch {
		case m.Layer == transforms.Checks:
			if e.seen[m.Name] == 0 {
				t.Errorf("check %s has no change that sets it off; add one to tampers", m.Name)
			}
			for _, w := range tampers[m.Name] {
				if !slices.Contains(m.Reads, w.table) && len(e.between(w.table, m.Name)) == 0 {
					t.Errorf("nothing leads from %s to check %s", w.table, m.Name)
				}
			}
		case !m.View && e.seen["sleutel_"+m.Name] == 0:
			t.Errorf("no change sets off the key of %s", m.Name)
		}
		hasShare := slices.ContainsFunc(m.Columns, func(c transforms.Column) bool { return c.Type == transforms.Aandeel || c.Type == transforms.Getal })
		hasDay := slices.ContainsFunc(m.Columns, func(c transforms.Column) bool { return c.Type == transforms.Datum || c.Type == transforms.Maand })
		if m.Published() && hasDay && e.seen["dagen_"+m.Name] == 0 {
			t.Errorf("no change sets off the days of %s", m.Name)
		}
		if m.Published() && hasShare && e.seen["eindig_"+m.Name] == 0 {
			t.Errorf("no change sets off the shares of %s", m.Name)
		}
	}
	for name := range tampers {
		if m := e.models[name]; m == nil || m.Layer != transforms.Checks {
			t.Errorf("there is no check %s", name)
		}
	}
}

// TestMistakesPublishNothing: a run in which checks fail publishes nothing, and says of each what does not hold.
func TestMistakesPublishNothing(t *testing.T) {
	data := testrun.Sample(t)
	mistakes := map[string]struct{ replace, where, found string }{
		"concentratie": {replace: "case when maat = 'gini' then 1.01 else waarde end as waarde", found: "maten van concentratie"},
		"lorenz":       {where: "aandeel_huishoudens < 0.99", found: "punten van de concentratiekromme"},
		"stapeling":    {replace: oneCent("huishoudens", "moment, gemeentecode, maat"), found: "naar aantal voorzieningen niet op"},
		"eerlijkheid":  {replace: oneCent("huishoudens", "kenmerk, groep"), found: "tellen de groepen niet op"},
		"cocktail":     {replace: "van as tot", found: "overlappen zichzelf of zijn leeg"},
		"huishouden":   {replace: oneCent("kinderen", "huishouden_id"), found: "kloppen de leden niet"},
	}
	result, err := runWith(t, data, nil, func(e engine.Engine) engine.Engine {
		return changing{e, func(name, query string) string {
			if m, ok := mistakes[name]; ok {
				return tamper{table: "(" + query + ") as q", replace: m.replace, where: m.where}.query()
			}
			return query
		}}
	})
	var stop *exit.Error
	if !errors.As(err, &stop) || stop.Code != exit.ChecksFailed || result.Code != exit.ChecksFailed {
		t.Fatalf("%v", err)
	}
	for name, m := range mistakes {
		if !strings.Contains(err.Error(), m.found) {
			t.Errorf("%s: no check says %q: %v", name, m.found, err)
		}
	}
	for _, name := range []string{"latest", "publicaties.jsonl", "runs/2*"} {
		if there, err := filepath.Glob(filepath.Join(data, name)); err != nil || len(there) > 0 {
			t.Errorf("published: %v, %v", there, err)
		}
	}
}

// changing is an engine that computes other queries than it is given.
type changing struct {
	engine.Engine
	change func(name, query string) string
}

func (e changing) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	return e.Engine.Write(ctx, name, e.change(name, query), orderBy, file)
}

// TestMoneyKeepsItsType: an amount that a model gives as HUGEINT (which Parquet gets as DOUBLE, without a word) or as DOUBLE stops
// the run before anything reads it.
func TestMoneyKeepsItsType(t *testing.T) {
	data := testrun.Small(t)
	for _, typ := range []string{"hugeint", "double", "decimal(18, 2)"} {
		_, err := runWith(t, data, testrun.SmallPeil, func(e engine.Engine) engine.Engine {
			return changing{e, func(name, query string) string {
				if name != "kosten_persoon" {
					return query
				}
				return fmt.Sprintf("select * replace (cast(t0_ct as %s) as t0_ct) from (%s)", typ, query)
			}}
		})
		var stop *exit.Error
		if !errors.As(err, &stop) || stop.Code != exit.Failed || !strings.Contains(err.Error(), "kosten_persoon") ||
			!strings.Contains(err.Error(), "as its header says") {
			t.Errorf("an amount as %s: %v", typ, err)
		}
	}
}

// TestEmptyWhereItMayBe: a mart with an empty value in a column that may not be empty stops the run; one in a column that may be does not.
func TestEmptyWhereItMayBe(t *testing.T) {
	data := testrun.Small(t)
	empty := func(table, column string) error {
		_, err := runWith(t, data, testrun.SmallPeil, func(e engine.Engine) engine.Engine {
			return changing{e, func(name, query string) string {
				if name != table {
					return query
				}
				return fmt.Sprintf("select * replace (nullif(%[1]s, %[1]s) as %[1]s) from (%[2]s)", column, query)
			}}
		})
		return err
	}
	var stop *exit.Error
	if err := empty("kosten", "bedrag_ct"); !errors.As(err, &stop) || stop.Code != exit.Failed ||
		!strings.Contains(err.Error(), "model kosten: column bedrag_ct is empty in ") {
		t.Errorf("an empty amount: %v", err)
	}
	if err := empty("huishouden", "wijkcode"); err != nil {
		t.Errorf("a wijk that is not known: %v", err)
	}
}
