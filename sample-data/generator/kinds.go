package generator

// rhythm is how a supplier delivers a kind.
type rhythm int

const (
	byReceipt rhythm = iota // each month a file with the claims that came in; nothing is replaced
	apart                   // the same in two files: claims of that month, which it covers, and of earlier ones, which says no period
	byMonth                 // each month a file over that month and the one before, which it replaces
	byYear                  // each twelve months a file over those twelve, with everything that overlaps them
	toDate                  // each twelve months a file over everything since the beginning, which replaces all before it
	once                    // one file at the end
	truth                   // no delivery: what was planted
)

// kind is a file kind with its columns: those of the extract contract that the generator fills.
type kind struct {
	name     string
	rhythm   rhythm
	supplier string
	money    bool
	insurer  bool
	partial  bool // gemeente 0785 does not deliver it
	planned  bool // only in a set with a Programme
	header   string
}

const (
	municipal   = "Gemeenten Voorbeeld (synthetisch)"
	insurer     = "Zorgverzekeraar Voorbeeld (synthetisch)"
	maatwerkers = "Maatwerkprogramma Voorbeeld (synthetisch)"

	allocationHeader = "persoon_ps;gemeentecode;toewijzing_nummer;product_categorie;product_code;leveringsvorm;toewijzing_datum;" +
		"ingangsdatum;einddatum;aanbieder_agb;omvang_volume;omvang_eenheid;omvang_frequentie;reden_wijziging;begin_levering;" +
		"einde_levering;reden_beeindiging;wettelijke_vertegenwoordiging;soort_adres"
	claimHeader = "persoon_ps;gemeentecode;referentie_nummer;vorig_referentie_nummer;toewijzing_nummer;product_categorie;product_code;" +
		"product_begin;product_eind;geleverd_volume;eenheid;tarief_ct;bedrag_ct;toegekend_ct;debet_credit;dagtekening;aanbieder_agb"
)

// Numbers of the kinds in the table below.
const (
	kHousehold = iota
	kInsured
	kWmo
	kYouth
	kDebtHelp
	kHousing
	kPgb
	kClaimWmo
	kClaimYouth
	kClaimZvw
	kBenefit
	kRecovery
	kArrears
	kReport
	kExcluded
	kPlan
	kPlanLine
	kMeasure
	kApproval
	kExpense
	kLedger
	kSaving
	kTruthCocktail
	kTruthProgramme
	kTruthEffect
	kindCount
)

var kinds = [kindCount]kind{
	kHousehold: {name: "huishouden", rhythm: byYear, supplier: municipal,
		header: "persoon_ps;huishouden_ps;gemeentecode;begindatum;einddatum;geboortejaar;geboortemaand;geslacht;typhh;plhh;functie_adres;wijkcode;reden_einde;ouder1_ps;ouder2_ps"},
	kInsured: {name: "zvw_verzekerde", rhythm: byYear, supplier: insurer, insurer: true,
		header: "persoon_ps;uzovi;begindatum;einddatum;reden_einde"},
	kWmo:   {name: "wmo_toewijzing", rhythm: byYear, supplier: municipal, header: allocationHeader},
	kYouth: {name: "jeugd_toewijzing", rhythm: byYear, supplier: municipal, header: allocationHeader},
	kDebtHelp: {name: "schuldhulp_traject", rhythm: toDate, supplier: municipal,
		header: "traject_id;persoon_ps;gemeentecode;startdatum;einddatum;totaal_schuld_eur;aantal_schuldeisers;fase;oplossing_soort;uitstroom_reden;begeleiding_soort;crisisinterventie;moratorium"},
	kHousing: {name: "wonen_signaal", rhythm: toDate, supplier: municipal,
		header: "persoon_ps;gemeentecode;soort;datum;einddatum;bedrag_eur"},
	kPgb: {name: "pgb_uitputting", rhythm: byYear, supplier: "SVB (synthetisch)", money: true,
		header: "persoon_ps;gemeentecode;wet;toekenning_id;datum;uitgenut_ct;budget_ct"},
	kClaimWmo:   {name: "wmo_declaratie", rhythm: byReceipt, supplier: municipal, money: true, header: claimHeader},
	kClaimYouth: {name: "jeugd_declaratie", rhythm: byReceipt, supplier: municipal, money: true, header: claimHeader},
	kClaimZvw: {name: "zvw_declaratie", rhythm: apart, supplier: insurer, insurer: true, money: true,
		header: "persoon_ps;prestatie_code;zorgsoort;begindatum;einddatum;bedrag_ct;eigen_risico_ct;debet_credit;declaratiedatum;uzovi;aanbieder_agb;wvggz_machtiging"},
	kBenefit: {name: "participatie_uitkering", rhythm: byMonth, supplier: municipal, money: true,
		header: "persoon_ps;gemeentecode;jaarmaand;registratienummer;statistiekcode;betaalbaar_gesteld_eur;leefvorm;huisvesting;cluster_bijz_bijstand;aanvang_uitkering;einde_uitkering;reden_beeindiging;bedrag_norm_eur;aantal_kostendelers"},
	kRecovery: {name: "participatie_vordering", rhythm: byMonth, supplier: municipal,
		header: "persoon_ps;gemeentecode;vordering_nummer;ontstaansdatum;ontstaansgrond;bedrag_eur;status;afgelost_eur;peildatum"},
	kArrears: {name: "schuldhulp_signaal", rhythm: byMonth, supplier: municipal, partial: true,
		header: "signaal_id;persoon_ps;gemeentecode;signaalpartner_type;signaaldatum;bedrag_eur;crisissignaal;zaak_id;opgepakt_op;resultaat"},
	kReport:   {name: "veldmelding", rhythm: byMonth, supplier: municipal, header: "persoon_ps;gemeentecode;datum;melder;reden"},
	kExcluded: {name: "uitsluiting", rhythm: once, supplier: municipal, header: "persoon_ps;soort;begindatum;einddatum"},
	kPlan: {name: "maatwerk_plan", rhythm: once, supplier: maatwerkers,
		header: "casusnummer;persoon_ps;gemeentecode;status;eindbaas_ps;datum_aanmelding;datum_doorbraaktafel;datum_akkoord;datum_start;datum_gereed;huidig_eur;dreigend_eur;maatwerk_eur;horizon_mnd;maatwerkbudget_eur;herkomst;hindernis;domein_doorbraak;onveiligheid;huiselijk_geweld"},
	kPlanLine: {name: "maatwerk_plan_regel", rhythm: once, supplier: maatwerkers, header: "casusnummer;scenario;voorziening;betaler;bedrag_eur"},
	kMeasure:  {name: "maatwerk_meting", rhythm: once, supplier: maatwerkers, header: "casusnummer;meetmoment_mnd;datum;rol;cijfer;persoon_nr"},
	kApproval: {name: "maatwerk_akkoord", rhythm: once, supplier: maatwerkers, header: "casusnummer;maatwerker_ps;besluit;datum;organisatie"},
	kExpense:  {name: "maatwerk_uitgave", rhythm: once, supplier: maatwerkers, money: true, header: "datum;soort;bedrag_eur;casusnummer;begroot_eur"},
	kLedger:   {name: "grootboek_totaal", rhythm: once, supplier: municipal, header: "feed;gemeentecode;jaar;bedrag_eur;bron;taakveld;toelichting"},
	kSaving:   {name: "claim", rhythm: once, supplier: maatwerkers, header: "claim_id;omschrijving;periode_van;periode_tot;aantal_huishoudens;besparing_eur;soort;betaler;casusnummers"},
	kTruthCocktail: {name: "cocktails", rhythm: truth,
		header: "persoon_ps;huishouden_ps;gemeentecode;cocktail_id;status;ontbrekend;volgorde"},
	kTruthProgramme: {name: "maatwerk", rhythm: truth,
		header: "persoon_ps;huishouden_ps;gemeentecode;arm;behandeld;casusnummer;datum_aanmelding;datum_start;kosten_12_mnd_voor_ct;effect_bedoeld_ct;effect_toegepast_ct;maanden_na"},
	kTruthEffect: {name: "effect", rhythm: truth, planned: true, header: "persoon_ps;casusnummer;maand;domein;toegepast_ct"},
}

// gemeenten of the set: real codes, because the formats ask for one; the people are invented.
var (
	gemeenten = [3]string{"0855", "0824", "0785"}
	weights   = [3]float64{60, 20, 20}
)

const (
	silent   = 2      // index of the gemeente that delivers no vroegsignalen
	ownUzovi = "9991" // an insurer that does not exist
)
