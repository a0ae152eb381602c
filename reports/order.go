package reports

import (
	"cmp"
	"slices"
)

// kindOrder is the order in which kinds are shown: as in the extract contracts; others follow by name.
var kindOrder = []string{"huishouden", "wmo_toewijzing", "wmo_declaratie", "jeugd_toewijzing", "jeugd_declaratie",
	"participatie_uitkering", "participatie_vordering", "schuldhulp_traject", "schuldhulp_signaal", "zvw_declaratie",
	"zvw_verzekerde", "pgb_uitputting", "wonen_signaal", "veldmelding", "uitsluiting", "grootboek_totaal", "maatwerk_plan",
	"maatwerk_plan_regel", "maatwerk_meting", "maatwerk_akkoord", "maatwerk_uitgave", "claim"}

// ByKind orders kinds, with totaal last.
func ByKind(a, b string) int { return cmp.Or(cmp.Compare(kindRank(a), kindRank(b)), cmp.Compare(a, b)) }

func kindRank(kind string) int {
	if kind == "totaal" {
		return len(kindOrder) + 1
	}
	return Rank(kindOrder, kind)
}

// Rank is the place of a code in an order; a code that is not in it comes after those that are.
func Rank(order []string, code string) int {
	if i := slices.Index(order, code); i >= 0 {
		return i
	}
	return len(order)
}

// ByFlag orders what is not before what is.
func ByFlag(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}
