package nltest

import "testing"

// TestJargon: each word is found where it stands, and plain text has none.
func TestJargon(t *testing.T) {
	for _, text := range []string{"kosten in T0", "Vertrouwelijk, niveau rij", "vol op P", "geprijsd € 3", "1\u00a0regels liggen", "Verw.", "De cellen achter de verwachting",
		"regels én veldmelding", "geen bijstand (zwak aanwezig)", "Werd vol bij gelijke", "2 van 12 maanden van T0 rijp", "waar dat aandeel het zekerst hoog is",
		"aan te tonen niet te bepalen", "het scheidingsteken is ;; gebruik", "nee: zvw_aandeel"} {
		if len(Jargon(text)) == 0 {
			t.Errorf("nothing found in %q", text)
		}
	}
	if found := Jargon("In 2025 kostte 1 huishouden € 21 regels lang; 11 regels, op de peildatum, T05."); len(found) > 0 {
		t.Error(found)
	}
}
