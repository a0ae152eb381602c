package gate

import "fmt"

func init() {
	debugFailed = func(failed []*goal) {
		n := 0
		for _, g := range failed {
			if n++; n < 12 {
				fmt.Println("FAILED", g.m.quantity, g.what, "need", g.need, "wide", g.wide, "n", g.n, "val", func() (v int64) {
					for _, t := range g.terms {
						v += t.coef * g.m.value(t.cell)
					}
					return
				}(), len(g.terms), g.up.form(g.terms), g.down.form(g.terms))
			}
		}
		fmt.Println(len(failed))
	}
}
