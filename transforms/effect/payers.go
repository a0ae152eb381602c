package effect

// MatrixRow is a row of mart betaler_matrix: who paid for maatwerk, and whom it saved money, over all sets and 12 months; positive is a saving.
type MatrixRow struct {
	PaidBy, SavedBy   string
	Amount, Low, High *float64 // eurocents
	Remark            string
}

// Matrix lays what each payer saved, in rows of Parts over all origins by payer, beside who paid, as shares that sum to 1: each saving is divided as the
// cost was. Without shares there is one payer of cost, empty text, and the reason.
func Matrix(parts []Row, paid map[string]float64) (rows []MatrixRow) {
	total := 0.0
	for _, v := range paid {
		total += v
	}
	shares := map[string]float64{"": 1}
	reason := "niet bekend wie maatwerk betaalde"
	if total > 0 {
		shares, reason = map[string]float64{}, ""
		for name, v := range paid {
			shares[name] = v / total
		}
	}
	for _, by := range sortedKeys(shares) {
		for _, p := range parts {
			if p.Origin != AllOrigin || p.Domain != All || p.Payer == All {
				continue
			}
			r := MatrixRow{PaidBy: by, SavedBy: p.Payer, Remark: reason}
			of := func(v *float64) *float64 {
				if v == nil {
					return nil
				}
				saved := -*v * float64(p.Sets) * shares[by]
				return &saved
			}
			r.Amount, r.Low, r.High = of(p.Value), of(p.High), of(p.Low)
			if p.Remark != "" {
				if r.Remark != "" {
					r.Remark += "; "
				}
				r.Remark += p.Remark
			}
			rows = append(rows, r)
		}
	}
	return rows
}
