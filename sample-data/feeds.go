package sampledata

import (
	"fmt"
	"slices"
)

// row is one line of an extract by column name; columns that are not in it are empty.
type row map[string]string

// columns of every kind, in the order of the header. They are those of the extract contracts.
var columns = map[string][]string{
	"huishouden": {"persoon_ps", "huishouden_ps", "gemeentecode", "begindatum", "einddatum", "geboortejaar", "geboortemaand",
		"geslacht", "typhh", "plhh", "functie_adres", "wijkcode", "reden_einde", "ouder1_ps", "ouder2_ps", "woonoppervlak_m2"},
	"wmo_toewijzing":   allocationColumns,
	"jeugd_toewijzing": allocationColumns,
	"wmo_declaratie":   claimColumns,
	"jeugd_declaratie": claimColumns,
	"participatie_uitkering": {"persoon_ps", "gemeentecode", "jaarmaand", "registratienummer", "statistiekcode",
		"betaalbaar_gesteld_eur", "leefvorm", "huisvesting", "cluster_bijz_bijstand", "aanvang_uitkering", "einde_uitkering",
		"reden_beeindiging", "bedrag_norm_eur", "aantal_kostendelers"},
	"schuldhulp_traject": {"traject_id", "persoon_ps", "gemeentecode", "startdatum", "einddatum", "totaal_schuld_eur",
		"aantal_schuldeisers", "fase", "oplossing_soort", "uitstroom_reden", "begeleiding_soort", "crisisinterventie", "moratorium"},
	"schuldhulp_signaal": {"signaal_id", "persoon_ps", "gemeentecode", "signaalpartner_type", "signaaldatum", "bedrag_eur",
		"crisissignaal", "zaak_id", "opgepakt_op", "resultaat"},
	"zvw_declaratie": {"persoon_ps", "prestatie_code", "zorgsoort", "begindatum", "einddatum", "bedrag_ct", "debet_credit",
		"declaratiedatum", "uzovi", "aanbieder_agb", "eigen_risico_ct", "wvggz_machtiging"},
	"zvw_verzekerde": {"persoon_ps", "uzovi", "begindatum", "einddatum", "reden_einde"},
	"wonen_signaal":  {"persoon_ps", "gemeentecode", "soort", "datum", "einddatum", "bedrag_eur"},
	"veldmelding":    {"persoon_ps", "gemeentecode", "datum", "melder", "reden"},
	"uitsluiting":    {"persoon_ps", "soort", "begindatum", "einddatum"},
	"maatwerk_plan": {"casusnummer", "persoon_ps", "gemeentecode", "status", "datum_aanmelding", "eindbaas_ps",
		"datum_doorbraaktafel", "datum_akkoord", "datum_start", "datum_gereed", "huidig_eur", "dreigend_eur", "maatwerk_eur",
		"horizon_mnd", "maatwerkbudget_eur", "herkomst", "hindernis", "domein_doorbraak", "onveiligheid", "huiselijk_geweld"},
	"maatwerk_akkoord":    {"casusnummer", "maatwerker_ps", "besluit", "datum", "organisatie"},
	"maatwerk_plan_regel": {"casusnummer", "scenario", "voorziening", "betaler", "bedrag_eur", "inbaar"},
	"maatwerk_meting":     {"casusnummer", "meetmoment_mnd", "datum", "rol", "cijfer"},
	"grootboek_totaal":    {"feed", "gemeentecode", "jaar", "bedrag_eur", "bron", "taakveld", "toelichting", "reden"},
	"maatwerk_uitgave":    {"datum", "soort", "bedrag_eur", "begroot_eur", "casusnummer"},
	"claim": {"claim_id", "omschrijving", "periode_van", "periode_tot", "aantal_huishoudens", "besparing_eur", "soort", "betaler",
		"casusnummers"},
}

var allocationColumns = []string{"persoon_ps", "gemeentecode", "toewijzing_nummer", "product_categorie", "product_code",
	"leveringsvorm", "toewijzing_datum", "ingangsdatum", "einddatum", "aanbieder_agb", "omvang_volume", "omvang_eenheid",
	"omvang_frequentie", "budget_ct", "reden_wijziging", "begin_levering", "einde_levering", "reden_beeindiging",
	"juridische_status", "wettelijke_vertegenwoordiging", "soort_adres"}

var claimColumns = []string{"persoon_ps", "gemeentecode", "referentie_nummer", "product_categorie", "product_begin",
	"product_eind", "bedrag_ct", "debet_credit", "vorig_referentie_nummer", "toewijzing_nummer", "product_code",
	"geleverd_volume", "eenheid", "tarief_ct", "toegekend_ct", "dagtekening", "aanbieder_agb", "declaratie_nummer"}

// set is the demonstration set while it is being made.
type set struct {
	rows    map[string][]row // by kind, in the order of writing
	people  []*person
	cases   map[string]*person // name of a hand-made case -> the person it is known by
	counter map[string]int
	chosen  []*person // parents in drawn households, for the plans
}

func newSet() *set {
	return &set{rows: map[string][]row{}, cases: map[string]*person{}, counter: map[string]int{}}
}

// add appends a line. A column that the kind does not have is a mistake in this package.
func (s *set) add(kind string, r row) row {
	for name := range r {
		if !slices.Contains(columns[kind], name) {
			panic(fmt.Sprintf("sample data: %s has no column %s", kind, name))
		}
	}
	s.rows[kind] = append(s.rows[kind], r)
	return r
}

// number counts 1, 2, … per name.
func (s *set) number(name string) int {
	s.counter[name]++
	return s.counter[name]
}

// known makes a person findable as the hand-made case of that name.
func (s *set) known(name string, p *person) {
	if s.cases[name] != nil {
		panic("sample data: two cases named " + name)
	}
	s.cases[name] = p
}

// build makes the whole set.
func build() *set {
	s := newSet()
	s.handCocktails()
	s.handThreeValued()
	s.handCosts()
	s.handSelection()
	s.handHouseholds()
	s.handSpells()
	s.draw()
	s.plans()
	s.register()
	s.claims()
	s.ledger()
	s.insured()
	return s
}
