package onlooker

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Secret is a quantity that is not shown, with what it is.
type Secret struct {
	Name  string
	Truth int64
}

// Told is a secret of which too much can be worked out: the values that it can have.
type Told struct {
	Secret
	Low, High float64
}

func (t Told) String() string {
	return fmt.Sprintf("%s, which is %d, lies between %v and %v", t.Name, t.Truth, t.Low, t.High)
}

// Told are the secrets of which it can be worked out that they are small, or to within the width of the rules. Of eurocents it is that of a tenth of
// their truth. It asks CBC, with files in a folder.
func (o *Onlooker) Told(ctx context.Context, dir string, secrets []Secret) (out []Told, err error) {
	open := map[int]Secret{}
	for _, s := range secrets {
		i, ok := o.at[s.Name]
		if !ok {
			return nil, fmt.Errorf("nothing is published of %s", s.Name)
		}
		open[i] = s
	}
	for _, part := range o.parts() {
		var here []int
		for _, v := range part.quantities {
			if _, ok := open[v]; ok {
				here = append(here, v)
			}
		}
		told, err := o.toldOf(ctx, dir, part, here, open)
		if err != nil {
			return nil, err
		}
		out = append(out, told...)
	}
	return out, nil
}

// enough is where a secret can be that is safe: as far above the truth, which it can also be, as its values have to lie apart.
func (o *Onlooker) enough(v int, s Secret) float64 {
	if o.euro[v] {
		return float64(s.Truth) + max(float64(s.Truth)/10, float64(o.rules.SumsTo))
	}
	return float64(max(s.Truth, 0) + o.rules.Width)
}

func (o *Onlooker) toldOf(ctx context.Context, dir string, p part, secrets []int, of map[int]Secret) (out []Told, err error) {
	if len(secrets) == 0 {
		return nil, nil
	}
	// many can be large at once: of those no more has to be asked
	for len(secrets) > 0 {
		aims := map[int]float64{}
		for _, v := range secrets {
			aims[v] = o.enough(v, of[v])
		}
		values, _, err := o.solve(ctx, dir, p, aims, nil)
		if err != nil {
			return nil, err
		}
		left := slices.DeleteFunc(slices.Clone(secrets), func(v int) bool { return values[v] >= aims[v]-0.5 })
		if len(left) == len(secrets) {
			break
		}
		secrets = left
	}
	for _, v := range secrets {
		_, high, err := o.solve(ctx, dir, p, nil, map[int]float64{v: 1})
		if err != nil {
			return nil, err
		}
		_, low, err := o.solve(ctx, dir, p, nil, map[int]float64{v: -1})
		if err != nil {
			return nil, err
		}
		low = -low
		s := of[v]
		width := o.enough(v, s) - float64(s.Truth)
		if high-low < width-0.5 || !o.euro[v] && high < float64(o.rules.Minimum)-0.5 {
			out = append(out, Told{s, low, high})
		}
	}
	return out, nil
}

// Agrees reports whether everything that is published can be true together with what is known of some quantities: nil if so.
func (o *Onlooker) Agrees(ctx context.Context, dir string, truth map[string]int64) error {
	known := o.Clone()
	for name, n := range truth {
		if i, ok := known.at[name]; ok {
			if float64(n) < known.low[i] || float64(n) > known.high[i] {
				return fmt.Errorf("%s is %d, and is shown as between %v and %v", name, n, known.low[i], known.high[i])
			}
			known.low[i], known.high[i] = float64(n), float64(n)
		}
	}
	for _, p := range known.parts() {
		if _, _, err := known.solve(ctx, dir, p, nil, nil); err != nil {
			return err
		}
	}
	return nil
}

// part is what hangs together.
type part struct {
	quantities []int
	rows       []row
}

// parts are the pieces that have no relation with each other, and have one at all.
func (o *Onlooker) parts() (out []part) {
	root := make([]int, len(o.names))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, r := range o.rows {
		first := find(o.at[r.terms[0].Name])
		for _, t := range r.terms[1:] {
			root[find(o.at[t.Name])] = first
		}
	}
	at := map[int]int{}
	for i := range o.names {
		if _, ok := at[find(i)]; !ok {
			at[find(i)] = len(out)
			out = append(out, part{})
		}
		p := &out[at[find(i)]]
		p.quantities = append(p.quantities, i)
	}
	for _, r := range o.rows {
		p := &out[at[find(o.at[r.terms[0].Name])]]
		p.rows = append(p.rows, r)
	}
	return out
}

// solve looks for values of a part that agree with all that is known: as near to the aims as they can be all together, or with the largest weighted sum.
func (o *Onlooker) solve(ctx context.Context, dir string, p part, aims, weights map[int]float64) (values map[int]float64, objective float64, err error) {
	model, answer := filepath.Join(dir, "onlooker.lp"), filepath.Join(dir, "onlooker.txt")
	os.Remove(answer)
	if err := os.WriteFile(model, o.program(p, aims, weights), 0o600); err != nil {
		return nil, 0, err
	}
	said, err := exec.CommandContext(ctx, "cbc", model, "-sec", "60", "-printingOptions", "all", "-solve", "-solution", answer).CombinedOutput()
	if err != nil {
		return nil, 0, fmt.Errorf("cbc: %w\n%s", err, said)
	}
	data, err := os.ReadFile(answer)
	if err != nil {
		return nil, 0, fmt.Errorf("cbc left no answer: %w\n%s", err, said)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	if !lines.Scan() {
		return nil, 0, errors.New("cbc left an empty answer")
	}
	// the first line is of words, and has the objective at its end
	head := strings.Fields(lines.Text())
	if head[0] == "Infeasible" || strings.Contains(lines.Text(), "infeasible") {
		return nil, 0, errors.New("what was published contradicts itself")
	}
	if objective, err = strconv.ParseFloat(head[len(head)-1], 64); err != nil || head[0] != "Optimal" && len(aims) == 0 {
		return nil, 0, fmt.Errorf("cbc: %s", lines.Text())
	}
	values = map[int]float64{}
	for lines.Scan() {
		f := strings.Fields(strings.TrimPrefix(lines.Text(), "**"))
		if len(f) < 3 || f[1][0] != 'q' {
			continue
		}
		i, err1 := strconv.Atoi(f[1][1:])
		v, err2 := strconv.ParseFloat(f[2], 64)
		if err := errors.Join(err1, err2); err != nil {
			return nil, 0, err
		}
		values[i] = v
	}
	return values, -objective, nil
}

// program writes a part as a file of the format that is called after CPLEX: what is to be least is the negative of what is wanted.
func (o *Onlooker) program(p part, aims, weights map[int]float64) []byte {
	var b bytes.Buffer
	n := 0
	term := func(coef float64, name string) {
		if n++; n%8 == 0 {
			b.WriteString("\n ")
		}
		sign := "+"
		if coef < 0 {
			sign, coef = "-", -coef
		}
		fmt.Fprintf(&b, " %s %s %s", sign, strconv.FormatFloat(coef, 'f', -1, 64), name)
	}
	quantity := func(i int) string { return "q" + strconv.Itoa(i) }
	b.WriteString("Minimize\n obj:")
	for _, i := range p.quantities {
		if aim, ok := aims[i]; ok {
			term(-1/max(aim, 1), "y"+strconv.Itoa(i))
		}
		if w, ok := weights[i]; ok {
			term(-w, quantity(i))
		}
	}
	if len(aims)+len(weights) == 0 {
		term(0, quantity(p.quantities[0]))
	}
	b.WriteString("\nSubject To\n")
	limit := func(head string, r row, is string, value float64) {
		fmt.Fprintf(&b, " %s:", head)
		for _, t := range r.terms {
			term(t.Coef, quantity(o.at[t.Name]))
		}
		fmt.Fprintf(&b, " %s %s\n", is, strconv.FormatFloat(value, 'f', -1, 64))
	}
	for k, r := range p.rows {
		switch {
		case r.low == r.high:
			limit(fmt.Sprintf("e%d", k), r, "=", r.low)
		default:
			if !math.IsInf(r.low, -1) {
				limit(fmt.Sprintf("l%d", k), r, ">=", r.low)
			}
			if !math.IsInf(r.high, 1) {
				limit(fmt.Sprintf("h%d", k), r, "<=", r.high)
			}
		}
	}
	for _, i := range p.quantities {
		if _, ok := aims[i]; ok { // y is no more than the quantity
			fmt.Fprintf(&b, " y%d: y%d - %s <= 0\n", i, i, quantity(i))
		}
	}
	b.WriteString("Bounds\n")
	for _, i := range p.quantities {
		fmt.Fprintf(&b, " %s <= %s <= %s\n", strconv.FormatFloat(o.low[i], 'f', -1, 64), quantity(i), strconv.FormatFloat(o.high[i], 'f', -1, 64))
		if aim, ok := aims[i]; ok {
			fmt.Fprintf(&b, " 0 <= y%d <= %s\n", i, strconv.FormatFloat(aim, 'f', -1, 64))
		}
	}
	b.WriteString("General\n")
	for _, i := range p.quantities {
		if !o.euro[i] {
			b.WriteString(" " + quantity(i) + "\n")
		}
	}
	b.WriteString("End\n")
	return b.Bytes()
}
