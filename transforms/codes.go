package transforms

// CodeColumn is a column of a kind, or a pair of columns (a+b), whose codes the rules of signals.yaml can name. It is a row of the
// input table code_kolom.
type CodeColumn struct {
	Kind   string `parquet:"kind"`
	Column string `parquet:"kolom"`
}

// codeColumns are the columns that model code_regel gives rows of, by kind. A test holds the model to them.
var codeColumns = []struct {
	kind    string
	columns []string
}{
	{"huishouden", []string{"functie_adres"}},
	{"wmo_toewijzing", allocationColumns},
	{"jeugd_toewijzing", allocationColumns},
	{"jeugd_declaratie", []string{"product_categorie"}},
	{"participatie_uitkering", []string{"huisvesting", "cluster_bijz_bijstand", "statistiekcode", "reden_beeindiging"}},
	{"participatie_vordering", []string{"ontstaansgrond"}},
	{"schuldhulp_traject", []string{"crisisinterventie", "moratorium"}},
	{"schuldhulp_signaal", []string{"signaalpartner_type+crisissignaal", "signaalpartner_type", "crisissignaal"}},
	{"wonen_signaal", []string{"soort"}},
	{"zvw_declaratie", []string{"zorgsoort", "prestatie_familie", "wvggz_machtiging"}},
}

// allocationColumns are those of toewijzingen, of both laws.
var allocationColumns = []string{"product_categorie", "wettelijke_vertegenwoordiging", "juridische_status", "soort_adres",
	"reden_beeindiging", "reden_beeindiging+product_categorie"}

// CodeColumns are the columns that rules of signals.yaml can name: a rule about another would never show anything.
func CodeColumns() []CodeColumn {
	var out []CodeColumn
	for _, k := range codeColumns {
		for _, column := range k.columns {
			out = append(out, CodeColumn{k.kind, column})
		}
	}
	return out
}
