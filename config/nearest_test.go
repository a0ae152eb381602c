package config

import "testing"

func TestNearest(t *testing.T) {
	kinds := []string{"wmo_declaratie", "wmo_toewijzing", "jeugd_declaratie", "zvw_declaratie", "huishouden"}
	for word, want := range map[string]string{
		"wmo_declaraties": "wmo_declaratie", "wmo-declaratie": "wmo_declaratie", "WMO declaratie": "wmo_declaratie", "huishoudens": "huishouden",
		"jeugd_delcaratie": "jeugd_declaratie", "uhishouden": "huishouden", "toewijzing_wmo": "", "archief": "", "": "",
	} {
		if got := Nearest(word, kinds); got != want {
			t.Errorf("nearest to %q is %q, want %q", word, got, want)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"abc", "acb", 1}, {"abc", "abd", 1}, {"kitten", "sitting", 3}, {"één", "een", 2}} {
		if d, back := distance(c.a, c.b), distance(c.b, c.a); d != c.want || back != c.want {
			t.Errorf("from %q to %q is %d and back %d, want %d", c.a, c.b, d, back, c.want)
		}
	}
}
